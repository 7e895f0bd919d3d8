import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type WorkerOptions } from '@temporalio/worker';
import pino from 'pino';
import type { Deps } from '../../activities';
import { createWorker, type WorkerParts } from '../../worker/create-worker';
import { freshDatabase, type FreshDatabase } from './database';
import { createDesk } from './desk';
import { inspectHistories, recordHistories } from './histories';
import { testServers } from './servers';

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** The whole back office of one test file: its database, its task queue, a client, and a worker that can be stopped. */
export interface TestSystem extends FreshDatabase {
  client: Client;
  taskQueue: string;
  desk: ReturnType<typeof createDesk>;
  startWorker(
    deps?: Partial<Deps>,
    options?: Partial<WorkerOptions>,
    build?: Pick<WorkerParts, 'version' | 'bundlePath'>,
  ): Promise<{ stop(): Promise<void> }>;
  /** The activities of this system's running cases that Temporal has not seen done. */
  pendingActivities(): Promise<{ attempt: number }[]>;
  /** Whether a running case has a step under way or one to begin at once. */
  isBusy(): Promise<boolean>;
  /** Stops and drops everything; fails when Temporal has seen personal data or a write went outside a transaction. */
  end(): Promise<void>;
}

/** Makes a system on the run's servers, or on another database server; its worker is not started. */
export async function testSystem(databaseServer?: string): Promise<TestSystem> {
  const database = await freshDatabase(databaseServer);
  const address = testServers().temporal;
  const [connection, native] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  const client = new Client({ connection });
  const taskQueue = `test-${randomBytes(6).toString('hex')}`;
  const stops: (() => Promise<void>)[] = [];
  return {
    ...database,
    client,
    taskQueue,
    desk: createDesk({ db: database.db, client, taskQueue }),
    async startWorker(deps = {}, options = {}, build = {}) {
      const worker = await createWorker({
        ...{ connection: native, namespace: 'default', taskQueue, maxCachedWorkflows: 100, drainSeconds: 1 },
        deps: { db: database.db, temporal: client, consoleUrl: 'http://127.0.0.1:8080', ...deps },
        logger: pino({ level: 'silent' }),
        bundlePath: process.env.KEYTURN_TEST_BUNDLE,
        ...build,
        options,
      });
      const running = worker.run();
      const stop = async () => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
        await running;
      };
      stops.push(stop);
      return { stop };
    },
    async pendingActivities() {
      const running = await runningCases();
      return running.flatMap(({ raw }) =>
        (raw.pendingActivities ?? []).map(({ attempt }) => ({ attempt: attempt ?? 0 })),
      );
    },
    async isBusy() {
      const running = await runningCases();
      return running.some(({ raw }) => (raw.pendingActivities ?? []).length > 0 || Boolean(raw.pendingWorkflowTask));
    },
    async end() {
      const { leaks } = await inspect().finally(async () => {
        for (const stop of stops) await stop();
        await Promise.all([connection.close(), native.close()]);
        await database.drop();
      });
      if (leaks.length > 0) throw new Error(`Personal data in Temporal:\n${leaks.join('\n')}`);
    },
  };

  async function runningCases() {
    const query = `TaskQueue='${taskQueue}' AND ExecutionStatus='Running'`;
    const ids = [];
    for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
    return Promise.all(ids.map((id) => client.workflow.getHandle(id).describe()));
  }

  async function inspect(): Promise<{ leaks: string[] }> {
    await recordHistories(database.db, client);
    return inspectHistories(database.db, client);
  }
}
