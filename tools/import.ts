import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { createDb } from '../db/create-db';
import { isCivilDate } from '../domain/dates';
import { FileFault, type BadRow } from './import/bad-rows';
import { importFolder, type ImportResult } from './import/import-folder';
import { createProgress, rate } from './import/progress';
import { badRowLines, countLines, writeReport } from './import/report';
import { runningSystem } from './running-system';

const USAGE = `npm run import -- FOLDER          imports a folder of CSV files (docs/import.md), all of it or nothing
  --as-of DATE|today   moves every date by whole days, from the day that about.json names to this one
  --skip-bad           leaves bad rows out, and what depends on them, and loads the rest
  --report FILE        writes every bad row to this file, as CSV`;

const OPTIONS = {
  'as-of': { type: 'string' },
  'skip-bad': { type: 'boolean' },
  report: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Imports into the database at DATABASE_URL, or of the running system; the exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [folder, ...more] = positionals;
  const { 'as-of': asOf, 'skip-bad': skipBad, report } = values;
  if (values.help || !folder || more.length > 0 || (asOf && asOf !== 'today' && !isCivilDate(asOf))) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const config = loadConfig();
  const db = createDb(config.database.url ?? runningSystem(config).databaseUrl, { maxConnections: 2 });
  const began = performance.now();
  try {
    const progress = createProgress(process.stdout);
    const result = await importFolder(db, { folder, asOf, skipBad, progress });
    return await tell(result, (performance.now() - began) / 1000, report);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return await tell({ ok: false, counts: [], badRows: error.faults }, 0, report);
  } finally {
    await db.close();
  }
}

async function tell({ ok, counts, badRows }: ImportResult, seconds: number, report?: string): Promise<number> {
  for (const line of countLines(counts)) console.log(line);
  for (const line of badRowLines(badRows)) console.log(line);
  if (report) await writeReport(report, badRows);
  console.log(summary({ ok, counts, badRows }, seconds));
  return ok ? 0 : 1;
}

function summary({ ok, counts, badRows }: ImportResult, seconds: number): string {
  const total = (of: 'read' | 'loaded' | 'bad') => counts.reduce((sum, each) => sum + each[of], 0);
  if (!ok) return `Nothing was loaded: ${faults(badRows)}`;
  const left = total('bad') > 0 ? `, ${total('bad')} bad rows left out` : '';
  return `${total('loaded')} rows loaded${left} (${seconds.toFixed(1)} s, ${rate(total('read'), seconds)})`;
}

const faults = ({ length }: readonly BadRow[]): string => (length === 1 ? '1 fault' : `${length} faults`);

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message || error);
    process.exitCode = 1;
  },
);
