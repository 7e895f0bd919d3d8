import { ensure } from '../../db/errors';
import { findNoShutOff, listNoShutOff } from '../../db/reads/no-shut-off';
import { addNoShutOff, endNoShutOff } from '../../db/records/no-shut-off';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { noShutOff, noShutOffBody, noShutOffList, noShutOffParams, noShutOffQuery } from '../schemas/no-shut-off';
import { locationParams } from '../schemas/places';

const TAG = 'Customers and places';

/** Which places are not to be shut off, why and how long (domain.md section 4, landlordReversionCase). */
export const noShutOffRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /locations/{locationNumber}/no-shut-off',
    tag: TAG,
    summary: 'Why a place is or was not to be shut off, the newest first',
    params: locationParams,
    query: noShutOffQuery,
    answers: { 200: { description: 'A page of them', schema: noShutOffList } },
    handle: async ({ params: { locationNumber }, query }) => {
      const location = await deps.db.Location.findOne({ where: { locationNumber }, raw: true });
      ensure(location, 'NOT_FOUND', 'There is no such location');
      return ok(listAnswer(await listNoShutOff(deps.db, location.id, pageRequest(query))));
    },
  }),

  route({
    name: 'POST /locations/{locationNumber}/no-shut-off',
    tag: TAG,
    summary: 'Says that a place is not to be shut off through a day, for one of its accounts or whoever lives there',
    params: locationParams,
    body: noShutOffBody,
    answers: { 201: { description: 'It holds from now on', schema: noShutOff } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { id } = await addNoShutOff(tx, call.params.locationNumber, call.body);
        return { status: 201, body: await findNoShutOff(tx.db, id) };
      }),
  }),

  route({
    name: 'POST /locations/{locationNumber}/no-shut-off/{noShutOffId}/end',
    tag: TAG,
    summary: 'Ends it before its day; it stays in the list',
    params: noShutOffParams,
    answers: { 200: { description: 'It holds no more', schema: noShutOff } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { locationNumber, noShutOffId } = call.params;
        await endNoShutOff(tx, locationNumber, noShutOffId);
        return ok(await findNoShutOff(tx.db, noShutOffId));
      }),
  }),
];
