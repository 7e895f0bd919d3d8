import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { loadConfig } from '../../config';
import { startMariaDb, type MariaDb } from '../../tools/servers/mariadb';
import { freePort } from '../../tools/servers/ports';
import { withDatabase } from '../../tools/servers/sql';

/** A way in which the database cannot be used for a while. */
export interface Outage {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** A database server that this test alone uses, and may take away. */
export interface PrivateDatabase {
  /** Of an ordinary user, whom read_only binds, as it does not bind root. */
  url: string;
  outages: Record<'killed' | 'stopped' | 'read only', Outage>;
  close(): Promise<void>;
}

const PASSWORD = 'of-this-test-alone';

/** Starts the server. What was committed outlives its process, not the machine. */
export async function privateDatabase(): Promise<PrivateDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'keyturn-outage-'));
  const { cacheDir } = loadConfig();
  const port = await freePort();
  const extraArgs = ['--innodb-flush-log-at-trx-commit=2', '--max-connections=200'];
  const start = () => startMariaDb({ dataDir, cacheDir, port, extraArgs });
  let server: MariaDb = await start();
  await asRoot(
    server.url,
    `CREATE USER 'office'@'127.0.0.1' IDENTIFIED BY '${PASSWORD}'`,
    "GRANT ALL PRIVILEGES ON `keyturn\\_t\\_%`.* TO 'office'@'127.0.0.1'",
  );
  const url = new URL(withDatabase(server.url));
  [url.username, url.password] = ['office', PASSWORD];
  const begins = async () => {
    server = await start();
  };
  return {
    url: url.href,
    outages: {
      killed: { begin: () => server.kill(), end: begins },
      stopped: { begin: () => server.stop(), end: begins },
      'read only': {
        begin: () => asRoot(server.url, 'SET GLOBAL read_only = 1'),
        end: () => asRoot(server.url, 'SET GLOBAL read_only = 0'),
      },
    },
    close: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function asRoot(uri: string, ...statements: string[]): Promise<void> {
  const connection = await createConnection({ uri });
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}
