import { QueryTypes } from 'sequelize';
import type { Db } from '../../db/create-db';

/** Something that must always hold (design.md section 7). `find` names each row that breaks it, without personal data. */
export interface Invariant {
  name: string;
  says: string;
  find(db: Db): Promise<string[]>;
}

/** An invariant that is one query: each row that it returns breaks it. */
export function byQuery(name: string, says: string, sql: string): Invariant {
  return {
    name,
    says,
    find: async (db) => {
      const rows = await db.sequelize.query<Record<string, unknown>>(sql, { type: QueryTypes.SELECT });
      return rows.map((row) =>
        Object.entries(row)
          .map(([key, value]) => `${key} ${String(value)}`)
          .join(', '),
      );
    },
  };
}
