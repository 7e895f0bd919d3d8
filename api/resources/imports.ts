import { newImportId } from '../../contract/ids';
import { ensure } from '../../db/errors';
import { listImportFaults, listImports, type ImportFault } from '../../db/reads/imports';
import { beginCheck, beginLoad, noteImportFile, openImport, putImportAway, type RunOf } from '../../db/records/imports';
import type { ServerLock } from '../../db/server-lock';
import { inTransaction, type Tx } from '../../db/transaction';
import { csvInParts } from '../csv';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import type { ImportJob } from '../import/import-process';
import { importRunner } from '../import/run-import';
import {
  assertKnownFile,
  folderOf,
  missingFiles,
  receiveFile,
  removeFolder,
  removeOtherFolders,
} from '../import/upload';
import { LIMITS } from '../limits';
import { ok, route, type Answer, type Call, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { csvText } from '../schemas/feeds';
import {
  checkBody,
  faultList,
  faultsQuery,
  importFileParams,
  importList,
  importListQuery,
  importParams,
  importShown,
  loadBody,
} from '../schemas/imports';

const TAG = 'Import';
const AN_IMPORT = { description: 'The import', schema: importShown };
const FAULTS_AT_ONCE = 1_000;

/** Importing the records of another system: files are sent, checked, and loaded all at once or not (docs/import.md). */
export function importRoutes(deps: ApiDeps): Route[] {
  const { db } = deps;
  const { importDir } = deps.config;
  const runner = importRunner(deps);

  /** Begins a check or load in the transaction of the key, and starts it once that is committed. */
  async function run(
    call: Call<{ importId: string }>,
    job: Pick<ImportJob, 'what' | 'skipBad'>,
    begin: (tx: Tx) => Promise<RunOf>,
  ): Promise<Answer> {
    const { importId } = call.params;
    await runner.settleAbandoned(importId);
    const mine: { lock?: ServerLock; run?: RunOf } = {};
    try {
      const answer = await answerInTransaction(deps, call, async (tx) => {
        mine.lock ??= await runner.lock();
        mine.run = await begin(tx);
        await assertFilesThere(tx, importId);
        return { ...(await shown(importId)), status: 202 };
      });
      if (!mine.lock || !mine.run || answer.status !== 202) return answer;
      const { asOf } = await db.ImportRun.findByPk(importId, { rejectOnEmpty: true });
      runner.start(mine.lock, { ...job, run: mine.run, actorId: call.actor.id, asOf });
      delete mine.lock;
      return answer;
    } finally {
      await mine.lock?.release();
    }
  }

  async function assertFilesThere(tx: Tx, importId: string): Promise<void> {
    const files = await tx.db.ImportFile.findAll({ where: { importId }, raw: true });
    const sizes = files.map(({ file, bytes }) => ({ file, bytes: Number(bytes) }));
    const missing = await missingFiles(folderOf(importDir, importId), sizes);
    ensure(missing.length === 0, 'IMPORT_FILES_GONE', `No longer there, send them again: ${missing.join(', ')}`);
  }

  async function shown(importId: string): Promise<Answer> {
    const [found] = (await listImports(db, { limit: 1, after: null }, importId)).rows;
    ensure(found, 'NOT_FOUND', 'There is no such import');
    return ok(found);
  }

  return [
    route({
      name: 'GET /imports',
      tag: TAG,
      summary: 'The imports, the newest first',
      query: importListQuery,
      answers: { 200: { description: 'A page of imports', schema: importList } },
      handle: async ({ query }) => ok(listAnswer(await listImports(db, pageRequest(query)))),
    }),

    route({
      name: 'POST /imports',
      tag: TAG,
      summary: 'Opens an import, to send its files to; one is open at a time',
      answers: { 201: AN_IMPORT },
      handle: (call) =>
        answerInTransaction(deps, call, async (tx) => {
          const importId = newImportId();
          await openImport(tx, importId);
          await removeOtherFolders(importDir, importId);
          return { ...(await shown(importId)), status: 201, headers: { Location: `/api/v1/imports/${importId}` } };
        }),
    }),

    route({
      name: 'GET /imports/{importId}',
      tag: TAG,
      summary: 'How far an import is, and what became of each file',
      params: importParams,
      answers: { 200: AN_IMPORT },
      handle: async ({ params: { importId } }) => {
        await runner.settleAbandoned(importId);
        return shown(importId);
      },
    }),

    route({
      name: 'DELETE /imports/{importId}',
      tag: TAG,
      summary: 'Puts an import away that is not to be loaded, and removes its files',
      params: importParams,
      answers: { 204: { description: 'It is put away', schema: null } },
      handle: async ({ params: { importId }, actor }) => {
        await runner.settleAbandoned(importId);
        await inTransaction(db, actor.id, (tx) => putImportAway(tx, importId));
        await removeFolder(importDir, importId);
        return { status: 204 };
      },
    }),

    route({
      name: 'PUT /imports/{importId}/files/{fileName}',
      tag: TAG,
      summary: 'Sends a file of the folder, in the place of one of the same name; it is checked later',
      params: importFileParams,
      upload: { types: ['text/csv', 'application/json'], limit: LIMITS.importFileSize },
      answers: { 200: AN_IMPORT },
      handle: async ({ params: { importId, fileName }, actor, upload }) => {
        assertKnownFile(fileName);
        await runner.settleAbandoned(importId);
        ensure(await db.ImportRun.findByPk(importId), 'NOT_FOUND', 'There is no such import');
        const folder = folderOf(importDir, importId);
        const file = await receiveFile(folder, fileName, upload, { limit: LIMITS.importFileSize });
        try {
          await inTransaction(db, actor.id, async (tx) => {
            await noteImportFile(tx, importId, { file: fileName, bytes: file.bytes });
            await file.keep();
          });
        } finally {
          await file.drop();
        }
        return shown(importId);
      },
    }),

    route({
      name: 'POST /imports/{importId}/check',
      tag: TAG,
      summary: 'Has every row checked; nothing is loaded',
      params: importParams,
      body: checkBody,
      answers: { 202: AN_IMPORT },
      handle: (call) =>
        run(call, { what: 'CHECK', skipBad: false }, (tx) =>
          beginCheck(tx, call.params.importId, call.body.asOf ?? null),
        ),
    }),

    route({
      name: 'POST /imports/{importId}/load',
      tag: TAG,
      summary: 'Loads what was checked, in one transaction; rows are checked once more in it',
      params: importParams,
      body: loadBody,
      answers: { 202: AN_IMPORT },
      handle: (call) =>
        run(call, { what: 'LOAD', skipBad: call.body.skipBad }, (tx) => beginLoad(tx, call.params.importId, call.body)),
    }),

    route({
      name: 'GET /imports/{importId}/bad-rows',
      tag: TAG,
      summary: 'What is wrong with the files: file, line, column and reason; line 0 is the file as a whole',
      params: importParams,
      query: faultsQuery,
      answers: { 200: { description: 'A page of faults, or a file of all', schema: faultList, csv: csvText } },
      handle: async ({ params: { importId }, query }) => {
        await shown(importId);
        if (query.format === 'json') return ok(listAnswer(await listImportFaults(db, importId, pageRequest(query))));
        return csvInParts(`bad-rows-${importId}.csv`, ['file', 'line', 'field', 'reason'], allFaults(deps, importId));
      },
    }),
  ];
}

async function* allFaults({ db }: ApiDeps, importId: string): AsyncGenerator<ImportFault[]> {
  let after: (string | number)[] | null = null;
  do {
    const page = await listImportFaults(db, importId, { limit: FAULTS_AT_ONCE, after });
    yield page.rows;
    after = page.next;
  } while (after);
}
