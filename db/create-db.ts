import { AsyncLocalStorage } from 'node:async_hooks';
import { Sequelize } from 'sequelize';
import { guardJournal } from './keep-journal';
import { defineCases } from './models/cases';
import { defineComments } from './models/comments';
import { defineDocuments } from './models/documents';
import { defineFeeds } from './models/feeds';
import { defineMoney } from './models/money';
import { defineOccupancy } from './models/occupancy';
import { defineOffice } from './models/office';
import { defineOperations } from './models/operations';
import { definePeople } from './models/people';
import { definePlaces } from './models/places';
import { defineSettlement } from './models/settlement';

/** Options of a connection pool. `onSql` sees each statement that is run, with its transaction id or 'default'. */
export interface DbOptions {
  maxConnections?: number;
  onSql?: (sql: string) => void;
}

// Sequelize's CLS contract over Node's own async storage: a query inside a transaction cannot miss it.
const storage = new AsyncLocalStorage<Map<string, unknown>>();
Sequelize.useCLS({
  bind: (fn: () => void) => fn,
  get: (key: string) => storage.getStore()?.get(key),
  set: (key: string, value: unknown) => storage.getStore()?.set(key, value),
  run: (fn: (context: unknown) => void) => storage.run(new Map(), () => fn(storage.getStore())),
} as unknown as Parameters<typeof Sequelize.useCLS>[0]);

const SESSION = [
  "SET SESSION sql_mode='STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  "SET SESSION time_zone='+00:00'",
  'SET SESSION innodb_lock_wait_timeout=5',
  // Rows are read under locks or by unique keys; a snapshot taken before the lock would be stale.
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** Opens a pool on a `mysql://` URL (MySQL 8.0, 8.4, 9.x or MariaDB 10.6+) and defines the models on it. */
export function createDb(url: string, options: DbOptions = {}) {
  const sequelize = new Sequelize(url, {
    dialect: 'mysql',
    timezone: '+00:00',
    logging: options.onSql ?? false,
    pool: { max: options.maxConnections ?? 10, min: 0, acquire: 20_000, idle: 10_000 },
    dialectOptions: { charset: 'utf8mb4_unicode_520_ci', connectTimeout: 5_000, decimalNumbers: false },
    define: { freezeTableName: true, timestamps: false, underscored: true },
    retry: { max: 1 },
  });
  sequelize.addHook('afterConnect', async (connection: unknown) => {
    const { promise } = connection as { promise: () => { query: (sql: string) => Promise<unknown> } };
    const client = promise.call(connection);
    for (const statement of SESSION) await client.query(statement);
  });
  const money = defineMoney(sequelize);
  guardJournal(money);
  return {
    sequelize,
    ...defineOffice(sequelize),
    ...definePlaces(sequelize),
    ...definePeople(sequelize),
    ...defineOccupancy(sequelize),
    ...defineCases(sequelize),
    ...defineComments(sequelize),
    ...money,
    ...defineFeeds(sequelize),
    ...defineSettlement(sequelize),
    ...defineOperations(sequelize),
    ...defineDocuments(sequelize),
    close: () => sequelize.close(),
  };
}

/** A pool with the models of this schema. */
export type Db = ReturnType<typeof createDb>;
