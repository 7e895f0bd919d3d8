import { createDb, type Db } from '../../db/create-db';
import { RefusedError } from '../../db/errors';
import { endRun, failRun, type RunOf } from '../../db/records/imports';
import { inTransaction } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { FileFault } from './bad-rows';
import { importFolder } from './import-folder';
import type { Progress } from './progress';

/** A check or load for a process of its own. */
export interface ImportJob {
  databaseUrl: string;
  run: RunOf;
  folder: string;
  actorId: number;
  asOf: CivilDate | 'today' | null;
  what: 'CHECK' | 'LOAD';
  skipBad: boolean;
}

/** How far it is. */
export interface ImportStep {
  step: string;
  percent: number;
  rows: number;
}

const TELL_EVERY_MS = 400;

/** Tells the process that started this one, now and then. */
const told: Progress = {
  task(step, total) {
    let last = 0;
    const tell = (percent: number, rows: number) => process.send?.({ step, percent, rows } satisfies ImportStep);
    return {
      at(done, rows) {
        if (performance.now() - last < TELL_EVERY_MS) return;
        last = performance.now();
        tell(Math.floor((100 * done) / Math.max(total, 1)), rows);
      },
      done: (rows) => tell(100, rows),
    };
  },
};

/** Checks or loads the folder; what became of it is in the database, in the same transaction as the rows. */
async function carryOut(db: Db, { run, folder, actorId, asOf, what, skipBad }: ImportJob): Promise<void> {
  const checkOnly = what === 'CHECK';
  try {
    await importFolder(db, {
      ...{ folder, actorId, checkOnly, skipBad, progress: told },
      ...(asOf && { asOf }),
      onResult: (tx, { ok, counts, badRows }) =>
        endRun(tx, run, { loadable: true, loaded: ok && !checkOnly, counts, badRows }),
    });
  } catch (error) {
    await inTransaction(db, actorId, async (tx) => {
      if (error instanceof FileFault)
        return endRun(tx, run, { loadable: false, loaded: false, counts: [], badRows: error.faults });
      if (error instanceof RefusedError) return failRun(tx, run, error.message);
      throw error;
    });
  }
}

// Whoever started this has ended: nobody would tell what became of it, so nothing does.
process.once('disconnect', () => process.exit(1));
process.once('message', (job: ImportJob) => {
  const db = createDb(job.databaseUrl, { maxConnections: 2 });
  carryOut(db, job)
    .finally(() => db.close())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        process.send?.({ error: error instanceof Error ? error.name : 'Error' });
        process.exit(1);
      },
    );
});
