import type { ImportStatus } from '../../domain/states';
import { duplicateKeyOf, ensure, RefusedError } from '../errors';
import type { ImportRun } from '../models/imports';
import type { Tx } from '../transaction';

const RUNNING: readonly ImportStatus[] = ['CHECKING', 'LOADING'];
const ENDED: readonly ImportStatus[] = ['LOADED', 'PUT_AWAY'];
const ROWS_IN_A_STATEMENT = 1_000;

/** One check or load of an import: what it says is listened to while it is the latest. */
export interface RunOf {
  importId: string;
  runNo: number;
}

/** What a check or load found and did. */
export interface RunResult {
  /** False: some file could not be read as what it is to be, so that nothing of the folder can be loaded. */
  loadable: boolean;
  /** True: everything that is to be loaded is in the records. */
  loaded: boolean;
  counts: readonly { file: string; read: number; loaded: number; already: number; bad: number }[];
  badRows: readonly { file: string; line: number; field: string; reason: string }[];
}

/** Opens an import without files. Refused: IMPORT_OPEN, with the one that is open. */
export async function openImport(tx: Tx, importId: string): Promise<void> {
  const row = { id: importId, status: 'COLLECTING' as const, createdBy: tx.actorId, createdAt: tx.now };
  await tx.db.ImportRun.create(row).catch(async (error: unknown) => {
    if (duplicateKeyOf(error) !== 'import_run_one_open') throw error;
    const message = 'An import is open: load it or put it away first';
    throw new RefusedError({ code: 'IMPORT_OPEN', message });
  });
  tx.audit({ action: 'import.opened', entity: 'import', entityId: importId });
}

/** Notes that a file is there; what was checked before is no longer true. Refused: NOT_FOUND, IMPORT_RUNS, IMPORT_ENDED. */
export async function noteImportFile(tx: Tx, importId: string, { file, bytes }: { file: string; bytes: number }) {
  const run = await idleImport(tx, importId);
  await tx.db.ImportFile.upsert({ importId, file, bytes });
  await forgetResult(tx, importId);
  await run.update({ status: 'COLLECTING', loadable: null, badCount: null, failure: null });
  tx.audit({ action: 'import.file', entity: 'import', entityId: importId, data: { file, bytes } });
}

/** Begins a check. Refused: NOT_FOUND, IMPORT_RUNS, IMPORT_ENDED, IMPORT_EMPTY. */
export async function beginCheck(tx: Tx, importId: string, asOf: string | null): Promise<RunOf> {
  const run = await idleImport(tx, importId);
  const files = await tx.db.ImportFile.count({ where: { importId } });
  ensure(files > 0, 'IMPORT_EMPTY', 'Send the files first');
  return begin(tx, run, { status: 'CHECKING', asOf });
}

/**
 * Begins to load what was checked. Refused: NOT_FOUND, IMPORT_RUNS, IMPORT_ENDED, IMPORT_UNCHECKED, IMPORT_BAD_ROWS,
 * CASES_OPEN.
 */
export async function beginLoad(tx: Tx, importId: string, { skipBad }: { skipBad: boolean }): Promise<RunOf> {
  const run = await idleImport(tx, importId);
  ensure(run.status === 'CHECKED', 'IMPORT_UNCHECKED', 'Check the files first');
  ensure(run.loadable, 'IMPORT_BAD_ROWS', 'A file is not what it is to be: send it anew, then check again');
  const bad = run.badCount ?? 0;
  ensure(skipBad || bad === 0, 'IMPORT_BAD_ROWS', `There are ${bad} faults: mend the files, or leave bad rows out`);
  const open = await tx.db.Case.count({ where: { closedAt: null } });
  ensure(open === 0, 'CASES_OPEN', `The office is at work: ${open} cases are open. Import when all have ended`);
  return begin(tx, run, { status: 'LOADING' });
}

async function begin(tx: Tx, run: ImportRun, change: { status: ImportStatus; asOf?: string | null }): Promise<RunOf> {
  const runNo = run.runNo + 1;
  await run.update({ ...change, runNo, step: null, stepPercent: null, stepRows: null, failure: null });
  const data = { runNo, ...(change.asOf && { asOf: change.asOf }) };
  tx.audit({ action: `import.${change.status.toLowerCase()}`, entity: 'import', entityId: run.id, data });
  return { importId: run.id, runNo };
}

/** Says how far a check or load is. */
export async function noteStep(
  tx: Tx,
  { importId, runNo }: RunOf,
  { step, percent, rows }: { step: string; percent: number; rows: number },
): Promise<void> {
  const where = { id: importId, runNo, status: [...RUNNING] };
  await tx.db.ImportRun.update({ step, stepPercent: percent, stepRows: rows }, { where });
}

/** Keeps what a check or load found, in the transaction that loads. Throws when somebody has given the run up meanwhile. */
export async function endRun(tx: Tx, { importId, runNo }: RunOf, result: RunResult): Promise<void> {
  const run = await tx.db.ImportRun.findByPk(importId, { lock: true });
  if (run?.runNo !== runNo || !RUNNING.includes(run.status)) throw new Error('This run of the import was given up');
  const { loadable, loaded, counts, badRows } = result;
  await forgetResult(tx, importId);
  for (const { file, read, loaded: loadedRows, already, bad } of counts) {
    const rows = { readRows: read, loadedRows, alreadyRows: already, badRows: bad };
    await tx.db.ImportFile.update(rows, { where: { importId, file } });
  }
  for (let i = 0; i < badRows.length; i += ROWS_IN_A_STATEMENT)
    await tx.db.ImportBadRow.bulkCreate(
      badRows.slice(i, i + ROWS_IN_A_STATEMENT).map(({ file, line, field, reason }, n) => ({
        ...{ importId, seq: i + n + 1, file: file.slice(0, 60), line },
        ...{ field: field.slice(0, 120), reason: reason.slice(0, 500) },
      })),
    );
  const status = loaded ? 'LOADED' : 'CHECKED';
  await run.update({ status, loadable, badCount: badRows.length, step: null, endedAt: loaded ? tx.now : null });
  const data = { runNo, faults: badRows.length };
  tx.audit({ action: `import.${status.toLowerCase()}`, entity: 'import', entityId: importId, data });
}

/** Gives a run up that did not come to its end: nothing of it was loaded. A run that has ended stays as it is. */
export async function failRun(tx: Tx, { importId, runNo }: RunOf, failure: string): Promise<void> {
  const run = await tx.db.ImportRun.findByPk(importId, { lock: true });
  if (run?.runNo !== runNo || !RUNNING.includes(run.status)) return;
  await run.update({ status: 'FAILED', failure: failure.slice(0, 500), step: null });
  tx.audit({ action: 'import.failed', entity: 'import', entityId: importId, data: { runNo } });
}

/** Puts an import away that is not to be loaded. Refused: NOT_FOUND, IMPORT_RUNS, IMPORT_ENDED. */
export async function putImportAway(tx: Tx, importId: string): Promise<void> {
  const run = await idleImport(tx, importId);
  await run.update({ status: 'PUT_AWAY', endedAt: tx.now });
  tx.audit({ action: 'import.put_away', entity: 'import', entityId: importId });
}

/** The import, locked, while nothing runs. Refused: NOT_FOUND, IMPORT_RUNS, IMPORT_ENDED. */
async function idleImport(tx: Tx, importId: string): Promise<ImportRun> {
  const run = await tx.db.ImportRun.findByPk(importId, { lock: true });
  ensure(run, 'NOT_FOUND', 'There is no such import');
  ensure(!RUNNING.includes(run.status), 'IMPORT_RUNS', 'The import is being checked or loaded: wait for its end');
  ensure(!ENDED.includes(run.status), 'IMPORT_ENDED', 'The import has ended');
  return run;
}

/** Takes back what the last check or load said. */
async function forgetResult(tx: Tx, importId: string): Promise<void> {
  await tx.db.ImportBadRow.destroy({ where: { importId } });
  const none = { readRows: null, loadedRows: null, alreadyRows: null, badRows: null };
  await tx.db.ImportFile.update(none, { where: { importId } });
}
