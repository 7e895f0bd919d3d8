import { newWorkId } from '../../contract/ids';
import { ensure, RefusedError } from '../../db/errors';
import { recordChunk } from '../../db/records/feed-chunks';
import { nameSubject } from '../../db/records/http-requests';
import { findChunk, listChanges } from '../../db/reads/feeds';
import { ledgerDays } from '../../db/reads/general-ledger';
import type { FeedKind } from '../../domain/states';
import { carryOutWork } from '../carry-out-work';
import { csv } from '../csv';
import type { ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import { ok, route, type Answer, type Call, type Route } from '../route';
import {
  billsBody,
  changes,
  changesQuery,
  chunkParams,
  chunkShown,
  csvText,
  ledgerRange,
  paymentsBody,
  readsBody,
} from '../schemas/feeds';

const chunkAnswers = {
  200: { description: 'Every row had been taken before', schema: chunkShown },
  201: { description: 'Every row is taken', schema: chunkShown },
  202: { description: 'Recorded; whether the rows are taken is not known yet', schema: chunkShown },
};

/** What other systems send, and what they fetch. */
export const feedRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /feeds/bills',
    tag: 'Feeds',
    summary: 'Takes periodic bills, all of them or none',
    body: billsBody,
    large: true,
    answers: chunkAnswers,
    handle: (call) => takeChunk(deps, call, 'BILLS', call.body.rows),
  }),

  route({
    name: 'POST /feeds/reads',
    tag: 'Feeds',
    summary: 'Takes reads of the meter reading round, all of them or none',
    body: readsBody,
    large: true,
    answers: chunkAnswers,
    handle: (call) => takeChunk(deps, call, 'READS', call.body.rows),
  }),

  route({
    name: 'POST /feeds/payments',
    tag: 'Feeds',
    summary: 'Takes payments from cashiering, all of them or none',
    body: paymentsBody,
    large: true,
    answers: chunkAnswers,
    handle: (call) => takeChunk(deps, call, 'PAYMENTS', call.body.rows),
  }),

  route({
    name: 'GET /feeds/chunks/{chunkId}',
    tag: 'Feeds',
    summary: 'What became of a chunk that was sent',
    params: chunkParams,
    answers: { 200: { description: 'The chunk', schema: chunkShown } },
    handle: async ({ params }) => ok(await chunkAnswer(deps, params.chunkId)),
  }),

  route({
    name: 'GET /feeds/changes',
    tag: 'Feeds',
    summary: 'What has changed after a number, in the order in which it was committed',
    query: changesQuery,
    answers: { 200: { description: 'The next changes', schema: changes } },
    handle: async ({ query }) => {
      const data = await listChanges(deps.db, query.after, query.limit);
      return ok({ data, after: data.at(-1)?.seq ?? query.after });
    },
  }),

  route({
    name: 'GET /feeds/general-ledger',
    tag: 'Feeds',
    summary: 'Debits and credits in cents by day, ledger account and service, as CSV',
    query: ledgerRange,
    answers: { 200: { description: 'The days of this range', schema: csvText, type: 'text/csv' } },
    handle: async ({ query }) => {
      const columns = ['entryOn', 'ledgerAccount', 'serviceCode', 'debitCents', 'creditCents'] as const;
      return csv(`general-ledger-${query.from}-${query.to}.csv`, columns, await ledgerDays(deps.db, query));
    },
  }),
];

/** The rows are stored, then work is started that takes all of them or none (design.md section 2). */
function takeChunk(deps: ApiDeps, call: Call, kind: FeedKind, rows: unknown[]): Promise<Answer> {
  return answerInTwoSteps<string>(deps, call, {
    record: async (tx, request) => {
      if (request.subjectId) return request.subjectId;
      const chunkId = newWorkId();
      await recordChunk(tx, { chunkId, kind, rows });
      await nameSubject(tx, request.id, chunkId);
      return chunkId;
    },
    ask: async (chunkId) => {
      const before = await chunkAnswer(deps, chunkId);
      if (before.status === 'RECORDED') await carryOutWork(deps, { workId: chunkId, kind: 'FEED' });
      const chunk = before.status === 'RECORDED' ? await chunkAnswer(deps, chunkId) : before;
      const { status, errors, taken, location } = chunk;
      if (status === 'REFUSED') {
        const message = 'No row is taken: some cannot be';
        throw new RefusedError({ code: 'BAD_ROWS', message }, { chunkId }, errors);
      }
      const answer = { body: chunk, headers: { Location: location } };
      return { ...answer, status: status === 'RECORDED' ? 202 : taken === 0 ? 200 : 201 };
    },
  });
}

async function chunkAnswer({ db }: ApiDeps, chunkId: string) {
  const chunk = await findChunk(db, chunkId);
  ensure(chunk, 'NOT_FOUND', 'There is no such chunk');
  const { badRows: errors, ...shown } = chunk;
  return { ...shown, errors, location: `/api/v1/feeds/chunks/${chunkId}` };
}
