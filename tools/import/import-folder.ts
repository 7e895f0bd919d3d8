import { readdir } from 'node:fs/promises';
import { hashPassword } from '../../api/passwords';
import { civilNow, civilDateOf, officeNow } from '../../db/clock';
import type { Db } from '../../db/create-db';
import { ensure, isLostRace, RefusedError } from '../../db/errors';
import { readSettings } from '../../db/records/settings';
import { inTransaction, type Tx } from '../../db/transaction';
import { daysBetween, type CivilDate } from '../../domain/dates';
import { SYSTEM_USER_ID } from '../../domain/roles';
import { readAbout, type About } from './about';
import { BadRows, FileFault, type BadRow } from './bad-rows';
import { checkRows, type Checked } from './check';
import { fresh, type Check } from './check/check';
import { FILES, type FileName, type Row, type Rows } from './files';
import { silent, type Progress } from './progress';
import { readRows } from './read-file';
import { checkSettings, writeSettings, type NewSettings } from './settings';
import { writeRows } from './write';

const ALL = Object.keys(FILES) as FileName[];

/** How a folder is to be imported. */
export interface ImportOptions {
  folder: string;
  /** The day that the folder's dates are moved to from the day that it describes; absent: they stay as they are. */
  asOf?: CivilDate | 'today';
  /** Leaves bad rows out, and what depends on them, instead of loading nothing. */
  skipBad?: boolean;
  progress?: Progress;
  /** More to do in the same transaction, once rows were loaded. */
  onLoaded?: (tx: Tx) => void;
}

/** Rows of one file. */
export interface FileCounts {
  file: string;
  read: number;
  loaded: number;
  already: number;
  bad: number;
}

/** What became of a folder. */
export interface ImportResult {
  /** False: nothing was loaded because of bad rows. */
  ok: boolean;
  counts: FileCounts[];
  badRows: BadRow[];
}

/**
 * Imports a folder of CSV files into the office in one transaction, all of it or nothing (docs/import.md). Throws
 * FileFault where a file cannot be read as what it is to be; refused: CASES_OPEN, OFFICE_BUSY.
 */
export async function importFolder(db: Db, options: ImportOptions): Promise<ImportResult> {
  const { folder, progress = silent } = options;
  await refuseStrangers(folder);
  const about = await readAbout(folder);
  const shiftDays = await shiftOf(db, about, options.asOf);
  const bad = new BadRows();
  const rows = {} as Rows;
  for (const file of ALL) await read(file);
  const passwordHashes = await hashPasswords(rows);
  const loading = { rows, bad, about, passwordHashes, options };
  return inTransaction(db, SYSTEM_USER_ID, (tx) => load(tx, loading)).catch((error: unknown) => {
    if (!isLostRace(error)) throw error;
    const message = 'Another import runs, or the office is at work: try again when it is done';
    throw new RefusedError({ code: 'OFFICE_BUSY', message });
  });

  async function read<N extends FileName>(file: N): Promise<void> {
    rows[file] = await readRows(folder, file, { bad, shiftDays, progress });
  }
}

async function refuseStrangers(folder: string): Promise<void> {
  const known = Object.values(FILES).map(({ name }) => name as string);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
  const fault = (file: string, reason: string): BadRow => ({ file, line: 0, field: '', reason });
  const faults = names.filter((name) => !known.includes(name)).map((name) => fault(name, 'There is no such file'));
  if (names.length === 0) faults.push(fault('*.csv', 'The folder has no file to import'));
  if (faults.length > 0) throw new FileFault(faults);
}

async function shiftOf(db: Db, { describes, zone }: About, asOf?: CivilDate | 'today'): Promise<number> {
  if (asOf === undefined) return 0;
  if (describes === null)
    throw new FileFault([
      { file: 'about.json', line: 0, field: 'describes', reason: 'Is needed to move the dates with --as-of' },
    ]);
  const { clock } = await readSettings(db);
  return daysBetween(describes, asOf === 'today' ? civilNow({ ...clock, ...(zone ? { zone } : {}) }) : asOf);
}

/** Slow by design, so before the transaction. */
async function hashPasswords({ users }: Rows): Promise<Map<string, string>> {
  const given = users.flatMap(({ values }) => (values?.password ? [[values.username, values.password] as const] : []));
  const hashes = await Promise.all(
    given.map(async ([name, password]) => [name, await hashPassword(password)] as const),
  );
  return new Map(hashes);
}

interface Loading {
  rows: Rows;
  bad: BadRows;
  about: About;
  passwordHashes: Map<string, string>;
  options: ImportOptions;
}

/** May run more than once, where it lost a race for a lock: it begins from the rows as they were read. */
async function load(tx: Tx, loading: Loading): Promise<ImportResult> {
  // Of two imports at once, one waits here until the other is done.
  await tx.db.NumberCounter.findAll({ order: [['name', 'ASC']], lock: true });
  const { rows, bad, about, options } = loading;
  const { skipBad = false, progress = silent } = options;
  const newSettings = await checkSettings({ ...tx, settings: await readSettings(tx.db) }, about);
  const { settings, faults } = newSettings;
  const today = civilDateOf(settings.clock, officeNow(settings.clock));
  const task = progress.task('checked', 1);
  const checked = await checkRows(tx.db, rows, { bad: bad.copy(), today, settings });
  task.done(ALL.reduce((sum, file) => sum + rows[file].length, 0));
  const badRows = [...faults, ...checked.c.bad.inOrder()];
  const ok = faults.length === 0 && (badRows.length === 0 || skipBad);
  const loaded = ok ? await write({ ...tx, settings, today }, loading, checked, newSettings) : {};
  return { ok, counts: ALL.map((file) => countsOf(checked.c, file, loaded[file] ?? 0)), badRows };
}

async function write(
  tx: Tx,
  { passwordHashes, options: { progress = silent, onLoaded } }: Loading,
  checked: Checked,
  newSettings: NewSettings,
): Promise<Partial<Record<FileName, number>>> {
  const { c } = checked;
  const wanted = ALL.reduce((sum, file) => sum + fresh(c, file).length, 0);
  if (wanted + newSettings.fresh.length === 0) return {};
  const open = await tx.db.Case.count({ where: { closedAt: null } });
  ensure(open === 0, 'CASES_OPEN', `The office is at work: ${open} cases are open. Import when all have ended`);
  // A row is written as what it is, and noted as imported.
  const task = progress.task('written', 2 * wanted);
  let written = 0;
  const wrote = (more: number) => {
    written = Math.min(written + more, 2 * wanted);
    task.at(written, Math.round(written / 2));
  };
  await writeSettings(tx, newSettings);
  const loaded = await writeRows({ tx, c, wrote }, checked, passwordHashes);
  task.done(wanted);
  onLoaded?.(tx);
  return loaded;
}

function countsOf(c: Check, file: FileName, loaded: number): FileCounts {
  const rows = c.rows[file] as Row[];
  const already = rows.filter((row) => row.already).length;
  return {
    file: FILES[file].name,
    read: rows.length,
    loaded,
    already,
    bad: rows.filter((row) => c.bad.has(row)).length,
  };
}
