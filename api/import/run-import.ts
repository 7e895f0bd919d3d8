import { fork, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { isServerLockHeld, takeServerLock, type ServerLock } from '../../db/server-lock';
import { failRun, noteStep, type RunOf } from '../../db/records/imports';
import { ensure } from '../../db/errors';
import { inTransaction, type Tx } from '../../db/transaction';
import { SYSTEM_USER_ID } from '../../domain/roles';
import type { ApiDeps } from '../deps';
import { loggable } from '../loggable';
import type { ImportJob, ImportStep } from './import-process';
import { folderOf, removeFolder } from './upload';

const PROCESS = require.resolve('./import-process');
// Under the tests it is not compiled.
const AS_SOURCE = extname(PROCESS) === '.ts' ? ['--import', 'tsx'] : [];

const STOPPED = 'The server stopped in the middle. Nothing was loaded: check again';

/**
 * Checks and loads in a process of their own, so that the API goes on answering: hundreds of thousands of rows are read
 * and compared without a pause. A lock of the database server says whether one runs, however a process ends.
 */
export function importRunner(deps: ApiDeps) {
  const { db, stopping, logger } = deps;
  const importDir = deps.config.importDir;

  /** Refused: IMPORT_RUNS. To be released by whoever does not start a run under it. */
  async function lock(): Promise<ServerLock> {
    const taken = await takeServerLock(db, 'import');
    ensure(taken, 'IMPORT_RUNS', 'An import is being checked or loaded: wait for its end');
    return taken;
  }

  /** Starts a run that was begun under the lock; it goes on after the request. */
  function start(held: ServerLock, job: Omit<ImportJob, 'databaseUrl' | 'folder'>): void {
    const { importId } = job.run;
    const child = fork(PROCESS, [], { execArgv: AS_SOURCE, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const stop = () => child.kill();
    stopping?.addEventListener('abort', stop, { once: true });
    ended(child, { ...job, databaseUrl: db.url, folder: folderOf(importDir, importId) })
      .then(() => tidy(importId))
      .catch((error: unknown) => logger.error({ err: loggable.err(error) }, 'import'))
      .finally(() => {
        stopping?.removeEventListener('abort', stop);
        return held.release();
      })
      .catch((error: unknown) => logger.error({ err: loggable.err(error) }, 'import'));
  }

  async function ended(child: ChildProcess, job: ImportJob): Promise<void> {
    let failure = STOPPED;
    // One after the other, so that the last one that is told is the last one that is kept.
    let telling = Promise.resolve();
    const told = (message: ImportStep | { error: string }) => {
      if ('error' in message) failure = `${message.error} in the middle. Nothing was loaded: check again`;
      else telling = telling.then(() => asSystem((tx) => noteStep(tx, job.run, message))).catch(() => undefined);
    };
    await new Promise<void>((resolve) => {
      child.on('message', told).once('exit', () => resolve());
      child.once('error', () => resolve());
      child.send(job);
    });
    await telling;
    await asSystem((tx) => failRun(tx, job.run, failure));
  }

  const asSystem = (act: (tx: Tx) => Promise<void>): Promise<void> => inTransaction(db, SYSTEM_USER_ID, act);

  /** The files are of no more use once they are loaded, and people are named in them. */
  async function tidy(importId: string): Promise<void> {
    const run = await db.ImportRun.findByPk(importId);
    if (run?.status === 'LOADED') await removeFolder(importDir, importId);
  }

  /** Gives a run up whose process is gone: its transaction was rolled back with it. */
  async function settleAbandoned(importId: string): Promise<void> {
    const run = await db.ImportRun.findByPk(importId);
    if (run?.status !== 'CHECKING' && run?.status !== 'LOADING') return;
    if (await isServerLockHeld(db, 'import')) return;
    const of: RunOf = { importId, runNo: run.runNo };
    await asSystem((tx) => failRun(tx, of, STOPPED));
  }

  return { lock, start, settleAbandoned };
}
