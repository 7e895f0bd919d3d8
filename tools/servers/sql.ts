import { createConnection, type RowDataPacket } from 'mysql2/promise';

const CONNECT_MS = 5_000;

/** Whether a server answers at this url; rejects with its word when not. */
export async function selectOne(url: string): Promise<void> {
  await withConnection(url, (query) => query('SELECT 1'));
}

/** The server's own name for its version. */
export async function versionAt(url: string): Promise<string> {
  const [row] = await withConnection(url, (query) => query('SELECT version() AS version'));
  return String(row?.version);
}

/** The databases on a server other than its own, by name. */
export async function listDatabases(url: string): Promise<string[]> {
  const rows = await withConnection(url, (query) =>
    query('SELECT schema_name AS name FROM information_schema.schemata'),
  );
  const own = ['information_schema', 'performance_schema', 'mysql', 'sys'];
  return rows.map(({ name }) => String(name)).filter((name) => !own.includes(name));
}

/** Creates a database and returns the url that names it. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await withConnection(serverUrl, (query) =>
    query(`CREATE DATABASE \`${safe(name)}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`),
  );
  return withDatabase(serverUrl, name);
}

/** Drops a database that may be gone already. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withConnection(serverUrl, (query) => query(`DROP DATABASE IF EXISTS \`${safe(name)}\``));
}

/** The same server and user with another database in the url, or with none. */
export function withDatabase(url: string, name = ''): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

type Query = (sql: string) => Promise<RowDataPacket[]>;

async function withConnection<T>(uri: string, work: (query: Query) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri, connectTimeout: CONNECT_MS });
  try {
    return await work(async (sql) => (await connection.query<RowDataPacket[]>(sql))[0]);
  } finally {
    await connection.end();
  }
}

function safe(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`${name} is not a database name`);
  return name;
}
