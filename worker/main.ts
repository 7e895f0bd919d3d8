import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { loadServiceConfig, temporalConnection } from '../config';
import { createDb } from '../db/create-db';
import { builtBundle, createWorker } from './create-worker';
import { createLogger } from './log';
import { ensureSchedules } from './schedules';

/** The worker process: config, connections, worker, and a clean stop on SIGTERM or when the supervisor is gone. */
async function main(): Promise<void> {
  const config = loadServiceConfig();
  const logger = createLogger(config.logLevel, config.worker.metricsAddress);
  let stopping = false;
  let stop = () => {
    stopping = true;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  process.on('disconnect', () => stop());

  const connection = await connect(config, logger, () => stopping);
  if (!connection) return;
  const db = createDb(config.database.url, { maxConnections: config.database.pool });
  const asking = Connection.lazy(temporalConnection(config));
  const temporal = new Client({ connection: asking, namespace: config.temporal.namespace });
  const worker = await createWorker({
    connection,
    namespace: config.temporal.namespace,
    deps: { db, temporal, consoleUrl: config.api.url },
    logger,
    ...config.worker,
    bundlePath: builtBundle(),
  });
  stop = () => {
    stopping = true;
    if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  void keepSchedules(temporal, logger, () => stopping);
  const running = worker.run();
  process.send?.({ ready: true });
  logger.info('worker is polling');
  if (stopping) stop();
  await running;
  await connection.close();
  await asking.close();
  await db.close();
  if (process.connected) process.disconnect();
  logger.info('worker has stopped');
}

/** The cases do not wait for the Schedules: where they cannot be made now it is tried again. */
async function keepSchedules(
  temporal: Client,
  logger: ReturnType<typeof createLogger>,
  isStopping: () => boolean,
): Promise<void> {
  for (let pauseMs = 1_000; !isStopping(); pauseMs = Math.min(pauseMs * 2, 60_000)) {
    try {
      return await ensureSchedules(temporal);
    } catch (error) {
      logger.warn({ err: error }, 'the reconciler or the detector has no Schedule yet; trying again');
      await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    }
  }
}

/** Temporal may come up after the worker: it is waited for, not given up. */
async function connect(
  config: ReturnType<typeof loadServiceConfig>,
  logger: ReturnType<typeof createLogger>,
  isStopping: () => boolean,
) {
  for (let pauseMs = 500; !isStopping(); pauseMs = Math.min(pauseMs * 2, 10_000)) {
    try {
      return await NativeConnection.connect(temporalConnection(config));
    } catch (error) {
      logger.warn({ err: error }, 'Temporal cannot be reached; trying again');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return null;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
