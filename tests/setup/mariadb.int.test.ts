import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { loadConfig } from '../../config';
import { startMariaDb, type MariaDb } from '../../tools/servers/mariadb';
import { freePort } from '../../tools/servers/ports';
import { createDatabase, dropDatabase, listDatabases, selectOne, withDatabase } from '../../tools/servers/sql';

jest.setTimeout(180_000);

describe('The embedded database', () => {
  const { cacheDir } = loadConfig();
  let dataDir: string;
  let port: number;
  let running: MariaDb[];
  const start = async (options: { dataDir?: string; extraArgs?: string[] } = {}) => {
    const server = await startMariaDb({ dataDir, cacheDir, port, ...options });
    running.push(server);
    return server;
  };

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'keyturn-mariadb-'));
    port = await freePort();
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((server) => server.kill()));
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('keeps what was committed when it is killed, and when it is stopped', async () => {
    const first = await start();
    await run(first.url, 'CREATE TABLE meter (number INT PRIMARY KEY)', 'INSERT INTO meter VALUES (1)');
    await first.kill();
    expect(await first.exited).toBe('SIGKILL');

    const second = await start();
    expect(second.url).toBe(first.url);
    await run(second.url, 'INSERT INTO meter VALUES (2)');
    await second.stop();
    expect(await second.exited).toBe('exit code 0');

    const third = await start();
    expect(await run(third.url, 'SELECT number FROM meter ORDER BY number')).toEqual([{ number: 1 }, { number: 2 }]);
  });

  it('copies the empty database that this machine made once', async () => {
    const made = () => readdirSync(cacheDir).filter((name) => name.includes('-template-'));
    await start();
    const templates = made();
    const since = templates.map((name) => statSync(join(cacheDir, name)).birthtimeMs);

    await running[0]?.stop();
    rmSync(dataDir, { recursive: true });
    await start();

    expect(made()).toEqual(templates);
    expect(templates.map((name) => statSync(join(cacheDir, name)).birthtimeMs)).toEqual(since);
    expect(readdirSync(cacheDir).filter((name) => name.startsWith('.template-'))).toEqual([]);
  });

  it('lets nobody in without the password that only its owner can read', async () => {
    const { url } = await start();
    const file = join(dataDir, 'root-password');

    expect(url).toContain(readFileSync(file, 'utf8'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(selectOne(`mysql://root@127.0.0.1:${port}/`)).rejects.toThrow('Access denied');
    await expect(selectOne(`mysql://root:guess@127.0.0.1:${port}/`)).rejects.toThrow('Access denied');
  });

  it('starts with an empty database for Keyturn, in utf8mb4', async () => {
    const { url } = await start();

    expect(await listDatabases(url)).toEqual(['keyturn']);
    expect(await run(url, 'SELECT @@character_set_database AS charset, @@collation_database AS collation')).toEqual([
      { charset: 'utf8mb4', collation: 'utf8mb4_unicode_520_ci' },
    ]);
  });

  it('creates and drops databases for tests', async () => {
    const server = withDatabase((await start()).url);

    const url = await createDatabase(server, 'case_1');
    await run(url, 'CREATE TABLE t (a INT)');
    expect(await listDatabases(server)).toEqual(expect.arrayContaining(['case_1', 'keyturn']));
    await dropDatabase(server, 'case_1');
    await dropDatabase(server, 'case_1');

    expect(await listDatabases(server)).toEqual(['keyturn']);
    await expect(createDatabase(server, 'a`b')).rejects.toThrow('not a database name');
  });

  it('serves from a folder too deep for the path of a socket', async () => {
    const deep = join(dataDir, 'a-folder-with-a-rather-long-name'.repeat(4));

    const { url } = await start({ dataDir: deep });

    await expect(selectOne(url)).resolves.toBeUndefined();
  });

  it('ends a transaction that its client has forgotten', async () => {
    const { url } = await start({ extraArgs: ['--idle-write-transaction-timeout=1'] });
    await run(url, 'CREATE TABLE account (id INT PRIMARY KEY, cents INT)', 'INSERT INTO account VALUES (1, 0)');
    const forgotten = await createConnection({ uri: url });
    forgotten.on('error', () => undefined);
    await forgotten.query('BEGIN');
    await forgotten.query('UPDATE account SET cents = 1');

    await run(url, 'UPDATE account SET cents = 2 WHERE id = 1');

    expect(await run(url, 'SELECT cents FROM account')).toEqual([{ cents: 2 }]);
    forgotten.destroy();
  });

  it('says why it cannot start, from its own log', async () => {
    const attempt = start({ extraArgs: ['--no-such-option'] });

    await expect(attempt).rejects.toThrow(/ended while starting[^]*no-such-option/);
  });

  it('can be called off while it starts', async () => {
    const pidFile = join(dataDir, 'pid.json');
    const off = new AbortController();
    off.abort();

    await expect(startMariaDb({ dataDir, cacheDir, port, pidFile, signal: off.signal })).rejects.toThrow('called off');

    expect(readdirSync(dataDir)).not.toContain('pid.json');
  });
});

async function run(url: string, ...statements: string[]): Promise<unknown> {
  const connection = await createConnection({ uri: url });
  let last: unknown;
  for (const statement of statements) [last] = await connection.query(statement);
  await connection.end();
  return last;
}
