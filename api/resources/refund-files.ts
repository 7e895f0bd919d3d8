import { ensure } from '../../db/errors';
import { makeRefundFile } from '../../db/records/refund-files';
import { listRefundFiles, refundLinesOf } from '../../db/reads/refund-files';
import { csv } from '../csv';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { csvText, refundFile, refundFileList, refundFileParams, refundFileQuery } from '../schemas/feeds';

const COLUMNS = [
  ...(['refundNumber', 'accountNumber', 'payee', 'line1', 'line2', 'city', 'state', 'postalCode'] as const),
  'amountCents' as const,
];

/** Issued refunds on their way to whoever pays them out. */
export const refundFileRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /refund-files',
    tag: 'Feeds',
    summary: 'The refund files, the newest first',
    query: refundFileQuery,
    answers: { 200: { description: 'A page of files', schema: refundFileList } },
    handle: async ({ query }) => ok(listAnswer(await listRefundFiles(deps.db, pageRequest(query)))),
  }),

  route({
    name: 'POST /refund-files',
    tag: 'Feeds',
    summary: 'Puts every issued refund that is in no file yet into a new one',
    answers: { 201: { description: 'The file', schema: refundFile } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const id = await makeRefundFile(tx);
        const [body] = (await listRefundFiles(deps.db, { limit: 1, after: null }, id)).rows;
        return { status: 201, body, headers: { Location: `/api/v1/refund-files/${body?.fileNumber}` } };
      }),
  }),

  route({
    name: 'GET /refund-files/{fileNumber}',
    tag: 'Feeds',
    summary: 'One refund file as CSV; it reads the same for ever',
    params: refundFileParams,
    answers: { 200: { description: 'Its refunds', schema: csvText, type: 'text/csv' } },
    handle: async ({ params: { fileNumber } }) => {
      const lines = await refundLinesOf(deps.db, fileNumber);
      ensure(lines, 'NOT_FOUND', 'There is no such file');
      // Files from before countries were kept read as they did.
      const columns = lines.some(({ country }) => country) ? [...COLUMNS, 'country' as const] : COLUMNS;
      return csv(`refunds-${fileNumber}.csv`, columns, lines);
    },
  }),
];
