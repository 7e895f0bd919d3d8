import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config';
import { programIn } from '../../tools/servers/binaries';
import { startMariaDb } from '../../tools/servers/mariadb';
import { freePort } from '../../tools/servers/ports';
import { withDatabase } from '../../tools/servers/sql';
import { startTemporal } from '../../tools/servers/temporal';
import { lockDataDir } from '../../tools/supervisor/data-lock';
import { endOrphans } from '../../tools/supervisor/orphans';

const PREFIX = 'keyturn-tests-';

// Nothing here outlives the run, so nothing waits for the disk.
const UNSAFE_BUT_FAST = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-lock-wait-timeout=10',
  '--max-connections=500',
  // Hundreds of databases are made and dropped, and a file for each table costs more than the table.
  '--innodb-file-per-table=OFF',
];

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 * 1024 ** 3;

// Making and dropping tables waits for the disk whatever the server is told; in memory it takes a fifth of the time.
function folderForRuns(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= ENOUGH_BYTES) return MEMORY;
  } catch {
    // Not every system has it.
  }
  return tmpdir();
}

/** The servers that all int and e2e tests of a run share. */
export interface TestServers {
  /** Names no database: each test file creates and drops its own. */
  databaseUrl: string;
  temporal: string;
}

/** Where the servers of this run are; global-setup has started them. */
export function testServers(): TestServers {
  const { KEYTURN_TEST_DATABASE_URL: databaseUrl, KEYTURN_TEST_TEMPORAL: temporal } = process.env;
  if (!databaseUrl || !temporal)
    throw new Error('No test servers: jest.config.js must name tests/support/global-setup.ts');
  return { databaseUrl, temporal };
}

/** Where the statements lie that make the schema; global-setup has written them. */
export function schemaFile(): string {
  const { KEYTURN_TEST_SCHEMA: file } = process.env;
  if (!file) throw new Error('No schema: jest.config.js must name tests/support/global-setup.ts');
  return file;
}

/** Starts an empty MariaDB, unless DATABASE_URL names a server, and a Temporal server in memory. */
export async function startTestServers(): Promise<TestServers & { folder: string; stop(): Promise<void> }> {
  await clearAfterKilledRuns();
  const { cacheDir, database } = loadConfig();
  const folder = mkdtempSync(join(folderForRuns(), PREFIX));
  const unlock = lockDataDir(folder);
  const traces = (name: string) => ({
    logFile: join(folder, `${name}.log`),
    pidFile: join(folder, 'run', `${name}.json`),
  });
  const temporalPort = await freePort();
  const started = await Promise.allSettled([
    startTemporal({
      binary: programIn(cacheDir, 'temporal'),
      port: temporalPort,
      headless: true,
      ...traces('temporal'),
    }),
    database.url
      ? Promise.resolve({ url: database.url, stop: async () => undefined })
      : startMariaDb({
          dataDir: join(folder, 'database'),
          cacheDir,
          port: await freePort({ not: [temporalPort] }),
          extraArgs: UNSAFE_BUT_FAST,
          ...traces('database'),
        }),
  ]);
  const stop = async () => {
    await Promise.all(started.map(async (server) => server.status === 'fulfilled' && server.value.stop()));
    unlock();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const [temporal, mariaDb] = started;
  if (temporal.status === 'fulfilled' && mariaDb.status === 'fulfilled') {
    return { databaseUrl: withDatabase(mariaDb.value.url), temporal: temporal.value.address, folder, stop };
  }
  await stop();
  throw (started.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason;
}

// A run that was killed had no teardown; its servers would pile up.
async function clearAfterKilledRuns(): Promise<void> {
  const left = [tmpdir(), MEMORY].filter(existsSync).flatMap((parent) =>
    readdirSync(parent)
      .filter((each) => each.startsWith(PREFIX))
      .map((name) => join(parent, name)),
  );
  for (const folder of left) {
    try {
      lockDataDir(folder);
    } catch {
      continue;
    }
    await endOrphans(join(folder, 'run'), () => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
