import type { Db } from '../../db/create-db';
import { ensure } from '../../db/errors';
import type { Meter } from '../../db/models/places';
import { findMeter, listMeters } from '../../db/reads/meters';
import { addToStock, changeMeter, deleteMeter } from '../../db/records/meters';
import { inTransaction, type Tx } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Answer, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { meterDetail, meterList, meterListQuery, meterParams, meterPatch, newMeterBody } from '../schemas/meters';

const TAG = 'Meters';

/** The meters, in stock and installed (domain.md row S10). */
export const meterRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /meters',
    tag: TAG,
    summary: 'The meters, by status or by the beginning of the serial number',
    query: meterListQuery,
    answers: { 200: { description: 'A page of meters', schema: meterList } },
    handle: async ({ query }) => ok(listAnswer(await listMeters(deps.db, query, pageRequest(query)))),
  }),

  route({
    name: 'POST /meters',
    tag: TAG,
    summary: 'Puts a new meter into the stock',
    body: newMeterBody,
    answers: { 201: { description: 'The meter', schema: meterDetail } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { id } = await addToStock(tx, call.body);
        return { ...(await shown(tx.db, id)), status: 201 };
      }),
  }),

  route({
    name: 'GET /meters/{meterId}',
    tag: TAG,
    summary: 'One meter with its places and reads; its version is the ETag',
    params: meterParams,
    answers: { 200: { description: 'The meter', schema: meterDetail } },
    handle: ({ params }) => shown(deps.db, params.meterId),
  }),

  route({
    name: 'PATCH /meters/{meterId}',
    tag: TAG,
    summary: 'Corrects what is on record of a meter, or moves one in stock to testing or retires it',
    params: meterParams,
    body: meterPatch,
    ifMatch: true,
    answers: { 200: { description: 'The meter', schema: meterDetail } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, async (tx) => {
        await changeMeter(tx, await lockUnchanged(tx, params.meterId, ifMatch), body);
      });
      return shown(deps.db, params.meterId);
    },
  }),

  route({
    name: 'DELETE /meters/{meterId}',
    tag: TAG,
    summary: 'Takes a meter that never was anywhere out of the stock',
    params: meterParams,
    ifMatch: true,
    answers: { 204: { description: 'It is gone', schema: null } },
    handle: async ({ params, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, async (tx) => {
        await deleteMeter(tx, await lockUnchanged(tx, params.meterId, ifMatch));
      });
      return { status: 204 };
    },
  }),
];

async function lockUnchanged(tx: Tx, meterId: number, ifMatch: string | undefined): Promise<Meter> {
  const meter = await tx.db.Meter.findByPk(meterId, { lock: true });
  ensure(meter, 'NOT_FOUND', 'There is no such meter');
  ensure(ifMatch === `"${meter.version}"`, 'PRECONDITION_FAILED', 'The meter has changed since it was read');
  return meter;
}

async function shown(db: Db, meterId: number): Promise<Answer> {
  const meter = await findMeter(db, meterId);
  ensure(meter, 'NOT_FOUND', 'There is no such meter');
  return ok(meter, { ETag: `"${meter.version}"` });
}
