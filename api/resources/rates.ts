import { z } from 'zod';
import { ensure, RefusedError } from '../../db/errors';
import { findRate, findRateVersion, listRates } from '../../db/reads/rates';
import {
  draftVersion,
  publishDraft,
  replaceDraft,
  withdrawDraft,
  type VersionKey,
} from '../../db/records/rate-versions';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Answer, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { rateVersion } from '../schemas/rate-version';
import {
  publishBody,
  rateList,
  rateListQuery,
  rateParams,
  rateSchema,
  rateShown,
  rateVersionParams,
  rateVersionShown,
} from '../schemas/rates';

const TAG = 'Services and rates';
const A_VERSION = { description: 'The version', schema: rateVersionShown };

/** Rates and their versions: drafted by one person, published by another (docs/rates.md). */
export const rateRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /rates',
    tag: TAG,
    summary: 'The rates and the days from which their versions apply',
    query: rateListQuery,
    answers: { 200: { description: 'A page of rates', schema: rateList } },
    handle: async ({ query }) => ok(listAnswer(await listRates(deps.db, pageRequest(query)))),
  }),

  route({
    name: 'GET /rates/schema',
    tag: TAG,
    summary: 'The JSON Schema of a version; docs/rates.md says what each field means',
    answers: { 200: { description: 'JSON Schema 2020-12', schema: rateSchema } },
    handle: async () => ok(z.toJSONSchema(rateVersion, { io: 'input' })),
  }),

  route({
    name: 'GET /rates/{rateCode}',
    tag: TAG,
    summary: 'One rate with all of its versions, drafts too',
    params: rateParams,
    answers: { 200: { description: 'The rate', schema: rateShown } },
    handle: async ({ params }) => {
      const rate = await findRate(deps.db, params.rateCode);
      ensure(rate, 'NOT_FOUND', 'There is no such rate');
      return ok(rate);
    },
  }),

  route({
    name: 'POST /rates/{rateCode}/versions',
    tag: TAG,
    summary: 'Drafts a version; everything that is wrong with it is said at once',
    params: rateParams,
    body: rateVersion,
    answers: { 201: A_VERSION },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { params, body } = call;
        await draftVersion(tx, params.rateCode, body);
        return { ...(await shown(deps, { ...params, effectiveFrom: body.effectiveFrom })), status: 201 };
      }),
  }),

  route({
    name: 'GET /rates/{rateCode}/versions/{effectiveFrom}',
    tag: TAG,
    summary: 'One version; its hash is the ETag',
    params: rateVersionParams,
    answers: { 200: A_VERSION },
    handle: ({ params }) => shown(deps, params),
  }),

  route({
    name: 'PUT /rates/{rateCode}/versions/{effectiveFrom}',
    tag: TAG,
    summary: 'Replaces a draft; who does so has drafted it',
    params: rateVersionParams,
    body: rateVersion,
    ifMatch: true,
    answers: { 200: A_VERSION },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, (tx) => replaceDraft(tx, params, hashIn(ifMatch), body));
      return shown(deps, params);
    },
  }),

  route({
    name: 'DELETE /rates/{rateCode}/versions/{effectiveFrom}',
    tag: TAG,
    summary: 'Withdraws a draft',
    params: rateVersionParams,
    ifMatch: true,
    answers: { 204: { description: 'The draft is withdrawn', schema: null } },
    handle: async ({ params, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, (tx) => withdrawDraft(tx, params, hashIn(ifMatch)));
      return { status: 204 };
    },
  }),

  route({
    name: 'POST /rates/{rateCode}/versions/{effectiveFrom}/publish',
    tag: TAG,
    summary: 'Publishes the draft that was seen; somebody else has drafted it. Bills use it from now on',
    params: rateVersionParams,
    body: publishBody,
    answers: { 200: A_VERSION },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await publishDraft(tx, call.params, call.body.definitionHash);
        return shown(deps, call.params);
      }),
  }),
];

const hashIn = (ifMatch = ''): string => ifMatch.replaceAll('"', '');

async function shown({ db }: ApiDeps, { rateCode, effectiveFrom }: VersionKey): Promise<Answer> {
  const version = await findRateVersion(db, rateCode, effectiveFrom);
  if (!version) throw new RefusedError({ code: 'NOT_FOUND', message: 'There is no such version' });
  return ok(version, { ETag: `"${version.definitionHash}"` });
}
