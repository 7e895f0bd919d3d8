import { QueryTypes, type Sequelize } from 'sequelize';
import { createDb, type Db } from '../../db/create-db';
import { freshDatabase } from '../support/database';
import { runScript } from '../support/schema';

/** A database that only its test knows. */
export interface Copy {
  db: Db;
  url: string;
  drop(): Promise<void>;
}

/** A database of its own with the rows of another, in which a test may break anything. */
export async function copyOf(source: Db): Promise<Copy> {
  const { url, db: unused, strayWrites, drop } = await freshDatabase();
  await unused.sequelize.query('SELECT 1');
  const db = createDb(url, { maxConnections: 1 });
  const from = source.sequelize.getDatabaseName();
  const copied = (await storedColumns(db.sequelize)).flatMap(([table, columns]) => [
    `DELETE FROM ${table}`,
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM \`${from}\`.${table}`,
  ]);
  await runScript(url, ['SET FOREIGN_KEY_CHECKS = 0', 'START TRANSACTION', ...copied, 'COMMIT'].join('; '));
  // One connection, so that this holds for all that follows: rows are broken against their foreign keys.
  await db.sequelize.query('SET FOREIGN_KEY_CHECKS = 0');
  strayWrites.length = 0;
  return {
    db,
    url,
    drop: async () => {
      await db.close();
      await drop();
    },
  };
}

/** What comes of the act, whose writes are then taken back. Only for a copy, which has one connection. */
export async function takenBack<T>({ sequelize }: Db, act: () => Promise<T>): Promise<T> {
  await sequelize.query('START TRANSACTION');
  try {
    return await act();
  } finally {
    await sequelize.query('ROLLBACK');
  }
}

async function storedColumns(sequelize: Sequelize): Promise<[table: string, columns: string][]> {
  const rows = await sequelize.query<{ tableName: string; columnName: string }>(
    `SELECT c.table_name AS tableName, c.column_name AS columnName FROM information_schema.columns c
     WHERE c.table_schema = DATABASE() AND c.table_name <> 'schema_migration' AND COALESCE(c.generation_expression, '') = ''
     ORDER BY c.table_name, c.ordinal_position`,
    { type: QueryTypes.SELECT },
  );
  const columns = new Map<string, string[]>();
  for (const { tableName, columnName } of rows)
    columns.set(tableName, [...(columns.get(tableName) ?? []), `\`${columnName}\``]);
  return [...columns].map(([table, names]) => [table, names.join(', ')]);
}
