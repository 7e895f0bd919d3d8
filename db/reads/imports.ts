import type { ImportStatus } from '../../domain/states';
import type { Db } from '../create-db';
import { afterPosition, pageOf, withInstant, type Page, type PageRequest } from './page';
import { personOf, type Person } from './people';
import { select } from './select';

/** An import as it is shown. */
export interface ImportShown {
  importId: string;
  status: ImportStatus;
  /** How far the check or load is; null when none runs. */
  progress: { step: string | null; percent: number; rows: number } | null;
  asOf: string | null;
  loadable: boolean | null;
  faults: number | null;
  failure: string | null;
  startedBy: Person | null;
  createdAt: Date;
  endedAt: Date | null;
  files: ImportFileShown[];
}

export interface ImportFileShown {
  file: string;
  bytes: number;
  read: number | null;
  loaded: number | null;
  already: number | null;
  bad: number | null;
}

interface RunRow {
  importId: string;
  status: ImportStatus;
  step: string | null;
  percent: number | null;
  rows: number | null;
  asOf: string | null;
  loadable: number | null;
  faults: number | null;
  failure: string | null;
  createdAt: Date;
  endedAt: Date | null;
  username: string;
  displayName: string;
}

/** Imports, the newest first; one alone when its id is given. */
export async function listImports(db: Db, page: PageRequest, importId?: string): Promise<Page<ImportShown>> {
  const after = afterPosition(['r.created_at', 'r.id'], '<', withInstant(page.after));
  const runs = await select<RunRow>(
    db,
    `SELECT r.id importId, r.status status, r.step step, r.step_percent percent, r.step_rows \`rows\`, r.as_of asOf,
       r.loadable loadable, r.bad_count faults, r.failure failure, r.created_at createdAt, r.ended_at endedAt,
       u.username username, u.display_name displayName
     FROM import_run r JOIN app_user u ON u.id = r.created_by
     WHERE ${importId === undefined ? after.sql : 'r.id = :importId'} ORDER BY r.created_at DESC, r.id DESC LIMIT :limit`,
    { ...after.replacements, importId, limit: page.limit + 1 },
  );
  const { rows, next } = pageOf(runs, page.limit, (run) => [run.createdAt.toISOString(), run.importId]);
  const files = rows.length === 0 ? [] : await filesOf(db, rows);
  const filesHere = ({ importId: id }: RunRow) =>
    files.filter((file) => file.importId === id).map(({ importId: _of, ...file }) => file);
  return { rows: rows.map((run) => ({ ...shown(run), files: filesHere(run) })), next };
}

const filesOf = (db: Db, runs: RunRow[]) =>
  select<ImportFileShown & { importId: string }>(
    db,
    `SELECT import_id importId, file, CAST(bytes AS SIGNED) bytes, read_rows \`read\`, loaded_rows loaded,
       already_rows already, bad_rows bad
     FROM import_file WHERE import_id IN (:ids) ORDER BY file`,
    { ids: runs.map(({ importId }) => importId) },
  );

function shown({ step, percent, rows, username, displayName, loadable, ...run }: RunRow): Omit<ImportShown, 'files'> {
  const isRunning = run.status === 'CHECKING' || run.status === 'LOADING';
  return {
    ...run,
    progress: isRunning ? { step, percent: percent ?? 0, rows: rows ?? 0 } : null,
    loadable: loadable === null ? null : Boolean(loadable),
    startedBy: personOf(username, displayName),
  };
}

/** A fault of an uploaded file; line 0 is the file as a whole. */
export interface ImportFault {
  seq: number;
  file: string;
  line: number;
  field: string;
  reason: string;
}

/** The faults that the last check or load found, file by file. */
export async function listImportFaults(db: Db, importId: string, page: PageRequest): Promise<Page<ImportFault>> {
  const rows = await select<ImportFault>(
    db,
    `SELECT seq, file, line, field, reason FROM import_bad_row
     WHERE import_id = :importId AND seq > :after ORDER BY seq LIMIT :limit`,
    { importId, after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  return pageOf(rows, page.limit, ({ seq }) => [seq]);
}
