import { ensure } from '../../db/errors';
import { listMoneyFiles, moneyFileLines } from '../../db/reads/money-files';
import { makeCollectionsFile } from '../../db/records/money-files';
import type { MoneyFileKind } from '../../domain/states';
import { csv } from '../csv';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Answer, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { csvText } from '../schemas/feeds';
import { moneyFile, moneyFileList, moneyFileParams, moneyFileQuery, unclaimedBody } from '../schemas/settlement';
import { takeRequest, workAnswers } from './field-work';

const ADDRESS = ['line1', 'line2', 'city', 'state', 'postalCode', 'country'];
const COLUMNS: Record<MoneyFileKind, string[]> = {
  COLLECTIONS: [
    ...['lineNumber', 'kind', 'accountNumber', 'debtor', 'cosigner', ...ADDRESS],
    ...['handedOverOn', 'toldOn', 'balanceCents'],
  ],
  UNCLAIMED: ['refundNumber', 'accountNumber', 'payee', ...ADDRESS, 'issuedOn', 'amountCents'],
};

/** Files for collections, and for the state that unclaimed money goes to. */
export const moneyFileRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /collections-files',
    tag: 'Feeds',
    summary: 'The files for collections, the newest first',
    query: moneyFileQuery,
    answers: { 200: { description: 'A page of files', schema: moneyFileList } },
    handle: async ({ query }) => ok(listAnswer(await listMoneyFiles(deps.db, 'COLLECTIONS', pageRequest(query)))),
  }),

  route({
    name: 'POST /collections-files',
    tag: 'Feeds',
    summary: 'Puts everything that collections were not told yet into a new file: hand-overs, changes, what is paid',
    answers: { 201: { description: 'The file', schema: moneyFile } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const id = await makeCollectionsFile(tx);
        const [body] = (await listMoneyFiles(deps.db, 'COLLECTIONS', { limit: 1, after: null }, id)).rows;
        return { status: 201, body, headers: { Location: `/api/v1/collections-files/${body?.fileNumber}` } };
      }),
  }),

  route({
    name: 'GET /collections-files/{fileNumber}',
    tag: 'Feeds',
    summary: 'One file for collections as CSV; it reads the same for ever',
    params: moneyFileParams,
    answers: { 200: { description: 'Its lines', schema: csvText, type: 'text/csv' } },
    handle: ({ params }) => asCsv(deps, 'COLLECTIONS', params.fileNumber),
  }),

  route({
    name: 'GET /unclaimed-files',
    tag: 'Feeds',
    summary: 'The files of unclaimed refunds for the state, the newest first',
    query: moneyFileQuery,
    answers: { 200: { description: 'A page of files', schema: moneyFileList } },
    handle: async ({ query }) => ok(listAnswer(await listMoneyFiles(deps.db, 'UNCLAIMED', pageRequest(query)))),
  }),

  route({
    name: 'POST /unclaimed-files',
    tag: 'Feeds',
    summary: 'Puts every refund that nobody has cashed for years into a file: the money is the state’s from then on',
    body: unclaimedBody,
    answers: workAnswers,
    handle: (call) => takeRequest(deps, call, 'UNCLAIMED_FILE', async () => ({ ...call.body })),
  }),

  route({
    name: 'GET /unclaimed-files/{fileNumber}',
    tag: 'Feeds',
    summary: 'One file of unclaimed refunds as CSV; it reads the same for ever',
    params: moneyFileParams,
    answers: { 200: { description: 'Its refunds', schema: csvText, type: 'text/csv' } },
    handle: ({ params }) => asCsv(deps, 'UNCLAIMED', params.fileNumber),
  }),
];

async function asCsv({ db }: ApiDeps, kind: MoneyFileKind, fileNumber: string): Promise<Answer> {
  const lines = await moneyFileLines(db, kind, fileNumber);
  ensure(lines, 'NOT_FOUND', 'There is no such file');
  return csv(`${kind.toLowerCase()}-${fileNumber}.csv`, COLUMNS[kind], lines);
}
