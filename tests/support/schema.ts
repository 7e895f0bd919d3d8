import { createConnection, escape, escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';

/**
 * The statements that make an empty database like this one, with the rows that its migrations wrote: a schema is then
 * made in one round trip. Two dozen migrations would take half of a short test's time.
 */
export async function schemaScript(url: string): Promise<string> {
  const connection = await createConnection({
    uri: url,
    dateStrings: true,
    jsonStrings: true,
    charset: 'utf8mb4_unicode_520_ci',
  });
  try {
    const tables = await tablesOf(connection);
    const made = [];
    for (const table of tables) made.push(await createStatement(connection, table));
    const filled = [];
    for (const table of tables) filled.push(...(await insertStatement(connection, table)));
    return ['SET SESSION foreign_key_checks = 0', ...made, ...filled, 'SET SESSION foreign_key_checks = 1'].join(';\n');
  } finally {
    await connection.end();
  }
}

/** Runs the statements of a script in a database that is empty. */
export async function runScript(url: string, script: string): Promise<void> {
  const options = { uri: url, multipleStatements: true, charset: 'utf8mb4_unicode_520_ci' };
  const connection = await createConnection(options);
  try {
    await connection.query(script);
  } finally {
    await connection.end();
  }
}

async function tablesOf(connection: Connection): Promise<string[]> {
  const rows = await select(connection, 'SHOW FULL TABLES');
  return rows.map((row) => {
    const [name, type] = Object.values(row).map(String);
    if (name === undefined || type !== 'BASE TABLE') throw new Error(`${name} is a ${type}: only tables are copied`);
    return name;
  });
}

async function createStatement(connection: Connection, table: string): Promise<string> {
  const [row] = await select(connection, `SHOW CREATE TABLE ${escapeId(table)}`);
  return String(row?.['Create Table']);
}

async function insertStatement(connection: Connection, table: string): Promise<string[]> {
  const rows = await select(connection, `SELECT * FROM ${escapeId(table)}`);
  if (rows.length === 0) return [];
  const described = await select(connection, `SHOW COLUMNS FROM ${escapeId(table)}`);
  const stored = described.filter(({ Extra }) => !/GENERATED/i.test(String(Extra))).map(({ Field }) => String(Field));
  const columns = stored.map((name) => escapeId(name)).join(', ');
  const values = rows.map((row) => `(${stored.map((name) => escape(row[name])).join(', ')})`).join(', ');
  return [`INSERT INTO ${escapeId(table)} (${columns}) VALUES ${values}`];
}

async function select(connection: Connection, sql: string): Promise<RowDataPacket[]> {
  return (await connection.query<RowDataPacket[]>(sql))[0];
}
