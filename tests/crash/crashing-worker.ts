import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { createDb } from '../../db/create-db';
import { createWorker } from '../../worker/create-worker';

const exit = () => process.exit();

/**
 * A worker that begins when it is told to. It is killed with SIGKILL right after the commit of each kind of step, once
 * per kind: the work is done and nobody was told. It also writes each step into a ledger without keys, which doubles
 * where the kill hits.
 */
async function main(): Promise<void> {
  const {
    CRASH_DATABASE_URL: url = '',
    CRASH_TEMPORAL: address = '',
    CRASH_QUEUE: taskQueue = '',
    CRASH_BUNDLE: bundlePath,
  } = process.env;
  process.once('SIGTERM', exit);
  await new Promise((resolve) => process.stdin.once('data', resolve));
  process.stdin.unref();
  process.off('SIGTERM', exit);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const db = createDb(url);
  const afterCommit = async (key: string) => {
    await db.sequelize.query('INSERT INTO control_ledger (step_key) VALUES (:key)', { replacements: { key } });
    const [caseId = '', step = ''] = key.split('/');
    // Cases of several types are canceled or get another date, each by an activity of its own.
    const ofType = step === 'cancel' || step === 'reschedule';
    const kind = ofType ? `${step} ${caseId.replace(/-.*/, '')}` : step.replace(/-.*/, '');
    const [, first] = await db.sequelize.query('INSERT IGNORE INTO crash_done (kind) VALUES (:kind)', {
      replacements: { kind },
      type: 'INSERT',
    });
    if (first === 1) process.kill(process.pid, 'SIGKILL');
  };
  const temporal = new Client({ connection: Connection.lazy({ address }) });
  const worker = await createWorker({
    ...{ connection: await NativeConnection.connect({ address }), namespace: 'default', taskQueue, bundlePath },
    ...{ deps: { db, temporal, consoleUrl: 'http://127.0.0.1:8080', afterCommit }, logger: pino({ level: 'silent' }) },
    ...{ maxCachedWorkflows: 100, drainSeconds: 1 },
    // A killed worker's own queue is given up at once, not after ten seconds.
    options: { stickyQueueScheduleToStartTimeout: '500ms' },
  });
  process.on('SIGTERM', () => worker.shutdown());
  await worker.run();
  await db.close();
}

void main();
