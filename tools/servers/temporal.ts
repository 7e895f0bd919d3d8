import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { startServer, type Child } from './child';
import { ensureNamespace } from './namespace';
import { untilReady } from './ready';
import { ensureSearchAttributes } from './search-attributes';

const CONNECT_MS = 1_000;

/** How to run a development server; without a dbFile its cases live in memory. */
export interface TemporalOptions {
  binary: string;
  port: number;
  logFile: string;
  dbFile?: string;
  uiPort?: number;
  headless?: boolean;
  namespace?: string;
  /** Days that closed cases stay readable. */
  retention?: number;
  pidFile?: string;
  signal?: AbortSignal;
}

/** A running development server. */
export type Temporal = Child & { address: string; uiUrl: string | undefined };

/** Starts a development server, waits until it answers, and registers what Keyturn needs of its namespace. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const { binary, port, logFile, dbFile, uiPort = port + 1000, headless, namespace = 'default', signal } = options;
  if (dbFile) mkdirSync(dirname(dbFile), { recursive: true });
  const child = startServer({
    command: binary,
    args: ['server', 'start-dev', ...serverArguments({ ...options, namespace, uiPort })],
    logFile,
    pidFile: options.pidFile,
  });
  const address = `127.0.0.1:${port}`;
  const answers = () =>
    withConnection(address, (connection) => ensureNamespace(connection, namespace, options.retention));
  await untilReady({ name: 'Temporal', child, logFile, signal, answers });
  try {
    await withConnection(address, (connection) => ensureSearchAttributes(connection, namespace));
  } catch (error) {
    await child.kill();
    throw error;
  }
  return { ...child, address, uiUrl: headless ? undefined : `http://127.0.0.1:${uiPort}` };
}

function serverArguments({ port, uiPort, dbFile, headless, namespace }: TemporalOptions & { namespace: string }) {
  return [
    '--ip=127.0.0.1',
    `--port=${port}`,
    `--namespace=${namespace}`,
    headless ? '--headless' : `--ui-port=${uiPort}`,
    '--log-level=warn',
    // The file would be opened without a write-ahead log: twice the server's work for a third of the cases.
    ...(dbFile ? [`--db-filename=${dbFile}`, '--sqlite-pragma=journal_mode=wal', '--sqlite-pragma=synchronous=2'] : []),
    ...DYNAMIC_CONFIG.map((setting) => `--dynamic-config-value=${setting}`),
  ];
}

// By default the one shard's queues are polled 20 times a second, 50 ms for each step of an idle case.
const DYNAMIC_CONFIG = [
  'history.transferProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxPollRPS=2000',
  'history.visibilityProcessorMaxPollRPS=2000',
  'system.enableActivityEagerExecution=true',
  'frontend.WorkerHeartbeatsEnabled=true',
  'frontend.ListWorkersEnabled=true',
];

async function withConnection<T>(address: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_MS });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
