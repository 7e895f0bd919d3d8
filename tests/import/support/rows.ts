import { QueryTypes } from 'sequelize';
import type { Db } from '../../../db/create-db';

/** A checksum of every table. */
export async function checksums(db: Db): Promise<Record<string, string>> {
  const tables = await tablesOf(db);
  const rows = await db.sequelize.query<{ Table: string; Checksum: string }>(
    `CHECKSUM TABLE ${tables.map((table) => `\`${table}\``).join(', ')} EXTENDED`,
    { type: QueryTypes.SELECT },
  );
  return Object.fromEntries(rows.map(({ Table, Checksum }) => [Table.split('.')[1] ?? '', String(Checksum)]));
}

async function tablesOf(db: Db): Promise<string[]> {
  const rows = await db.sequelize.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1',
    { type: QueryTypes.SELECT },
  );
  return rows.map(({ name }) => name);
}
