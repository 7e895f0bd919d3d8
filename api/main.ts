import { once } from 'node:events';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { loadServiceConfig, temporalConnection } from '../config';
import { createDb } from '../db/create-db';
import { correlation } from './correlation';
import { createApi } from './create-api';
import { createMetrics } from './metrics/metrics';
import { serveMetrics } from './metrics/serve';
import { impatientRetries } from './temporal';

const STOP_WITHIN_MS = 10_000;
// From dist/api, where this file runs.
const CONSOLE_DIR = resolve(__dirname, '../../web/dist');

async function main(): Promise<void> {
  const config = loadServiceConfig();
  const { production, temporal: at } = config;
  const logger = pino({ level: config.logLevel, base: { service: 'api' } });
  const db = createDb(config.database.url, { maxConnections: config.database.pool });
  const connection = Connection.lazy({ ...temporalConnection(config), interceptors: impatientRetries });
  const temporal = new Client({ connection, namespace: at.namespace, interceptors: { workflow: [correlation] } });
  const allowedOrigin = new URL(config.api.url).origin;
  const stopping = new AbortController();
  const { metricsAddress } = config.api;
  const metrics = metricsAddress ? createMetrics({ db, temporal }) : undefined;
  const app = createApi({
    db,
    temporal,
    logger,
    metrics,
    consoleDir: CONSOLE_DIR,
    stopping: stopping.signal,
    config: { production, allowedOrigin, temporalUiUrl: at.uiUrl ?? null, namespace: at.namespace },
  });

  const server = app.listen(config.api.port, config.api.host);
  await once(server, 'listening');
  const measuring = metrics && metricsAddress ? await serveMetrics(metrics, metricsAddress) : undefined;
  logger.info({ url: config.api.url }, 'listening');
  process.send?.({ ready: true });

  await stopAsked();
  stopping.abort();
  await closed(server);
  if (measuring) await closed(measuring);
  await connection.close();
  await db.close();
  logger.info('stopped');
}

/** A signal, or the end of the supervisor that started this process. */
function stopAsked(): Promise<unknown> {
  return Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), once(process, 'disconnect')]);
}

/** Takes no new requests and lets the running ones finish, for a while. */
async function closed(server: Server): Promise<void> {
  const patience = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
  clearTimeout(patience);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
