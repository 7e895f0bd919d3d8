import { QueryTypes } from 'sequelize';
import type { Db } from '../create-db';

/** Runs one SELECT with named replacements; columns are named in the statement as the rows are to be. */
export async function select<T extends object>(
  db: Db,
  sql: string,
  replacements: Record<string, unknown> = {},
): Promise<T[]> {
  return db.sequelize.query<T>(sql, { replacements: withMilliseconds(replacements), type: QueryTypes.SELECT });
}

/** The first row of a SELECT, or null. */
export async function selectOne<T extends object>(
  db: Db,
  sql: string,
  replacements: Record<string, unknown> = {},
): Promise<T | null> {
  const [row] = await select<T>(db, sql, replacements);
  return row ?? null;
}

/** SQL for a sum of cents as an integer: a plain SUM of BIGINT is a DECIMAL, which the driver gives as text. */
export const sumOf = (column: string): string => `CAST(COALESCE(SUM(${column}), 0) AS SIGNED)`;

/** A JSON column, or a text that holds JSON: MariaDB's JSON is text and may come back unparsed. */
export function parsedJson<T = unknown>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T;
}

/** A LIKE pattern for texts that contain these words as they were typed. */
export const containing = (text: string): string => `%${startingWith(text)}`;

/** A LIKE pattern for texts that start with this one. */
export const startingWith = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`;

// Sequelize writes a Date of the MySQL dialect without its milliseconds.
function withMilliseconds(replacements: Record<string, unknown>): Record<string, unknown> {
  const text = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, -1).replace('T', ' ') : value);
  return Object.fromEntries(Object.entries(replacements).map(([name, value]) => [name, text(value)]));
}
