import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseServer } from './binaries';
import { startServer, type Child } from './child';
import { asRoot, dataFolder, passwordIn, writeInitFile } from './mariadb-data';
import { untilReady } from './ready';
import { selectOne } from './sql';

const DATABASE = 'keyturn';
const SOCKET_PATH_LIMIT = 100;

/** Where an embedded database keeps its data and how it is reached. */
export interface MariaDbOptions {
  dataDir: string;
  cacheDir: string;
  port: number;
  extraArgs?: string[];
  logFile?: string;
  pidFile?: string;
  signal?: AbortSignal;
}

/** A running embedded database; the url names the database "keyturn" and carries the root password. */
export type MariaDb = Child & { url: string; port: number; version: string };

/** Starts MariaDB, or MySQL where that is what was found, on a data folder of its own, and waits until it answers. */
export async function startMariaDb(options: MariaDbOptions): Promise<MariaDb> {
  const { dataDir, cacheDir, port, extraArgs = [], pidFile, signal } = options;
  const { logFile = join(dataDir, 'server.log') } = options;
  const server = databaseServer(cacheDir);
  const data = await dataFolder(server, dataDir, cacheDir);
  const password = passwordIn(dataDir);
  const child = startServer({
    command: server.program,
    args: [
      '--no-defaults',
      `--datadir=${data}`,
      `--init-file=${writeInitFile(dataDir, password, DATABASE)}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${socketFor(dataDir)}`,
      `--pid-file=${join(dataDir, 'server.pid')}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_520_ci',
      '--innodb-buffer-pool-size=128M',
      // A client that was killed in a transaction would hold its locks for hours; only MariaDB can end it.
      ...(server.product === 'mariadb' ? ['--idle-write-transaction-timeout=10'] : ['--mysqlx=OFF']),
      ...asRoot,
      ...extraArgs,
    ],
    logFile,
    pidFile,
  });
  const url = `mysql://root:${password}@127.0.0.1:${port}/${DATABASE}`;
  await untilReady({ name: server.product, child, logFile, signal, answers: () => selectOne(url) });
  return { ...child, url, port, version: `${server.product === 'mysql' ? 'MySQL' : 'MariaDB'} ${server.version}` };
}

// A socket's path has at most 107 characters, and a clone may lie deep.
function socketFor(dataDir: string): string {
  const path = join(dataDir, 'server.sock');
  if (path.length < SOCKET_PATH_LIMIT) return path;
  return join(tmpdir(), `keyturn-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}.sock`);
}
