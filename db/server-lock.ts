import { QueryTypes, Sequelize } from 'sequelize';
import type { Db } from './create-db';
import { selectOne } from './reads/select';

/** Something that one process at a time holds, until it lets go or ends. */
export interface ServerLock {
  release(): Promise<void>;
}

// Names are the server's, which may hold several offices.
const nameOf = (name: string): string => `CONCAT(DATABASE(), '/${name}')`;

/** Takes a named lock of the database server on a connection of its own, or null where somebody has it. */
export async function takeServerLock({ url }: Db, name: 'import'): Promise<ServerLock | null> {
  const sequelize = new Sequelize(url, {
    dialect: 'mysql',
    logging: false,
    pool: { max: 1, min: 1, idle: 86_400_000 },
  });
  try {
    const sql = `SELECT GET_LOCK(${nameOf(name)}, 0) AS taken`;
    // Not on the connection of a transaction that is open here: the lock outlives it.
    const options = { type: QueryTypes.SELECT, transaction: null } as const;
    const [row] = await sequelize.query<{ taken: number | null }>(sql, options);
    if (row?.taken === 1) return { release: () => sequelize.close() };
  } catch (error) {
    await sequelize.close();
    throw error;
  }
  await sequelize.close();
  return null;
}

/** Whether some process holds the lock now. */
export async function isServerLockHeld(db: Db, name: 'import'): Promise<boolean> {
  const row = await selectOne<{ isFree: number | null }>(db, `SELECT IS_FREE_LOCK(${nameOf(name)}) AS isFree`);
  return row?.isFree === 0;
}
