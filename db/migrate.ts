import { Sequelize } from 'sequelize';
import { SequelizeStorage, Umzug, type MigrationFn } from 'umzug';
import * as foundation from './migrations/2026-11-22-01-foundation';
import * as places from './migrations/2026-11-22-02-places';
import * as cases from './migrations/2026-11-22-03-cases';
import * as occupancy from './migrations/2026-11-22-04-occupancy';
import * as money from './migrations/2026-11-22-05-money';
import * as setUp from './migrations/2026-11-24-01-set-up';
import * as feeds from './migrations/2026-11-24-02-feeds';
import * as imports from './migrations/2026-11-24-03-import';
import * as tasks from './migrations/2026-11-24-04-tasks';
import * as policy from './migrations/2026-11-24-06-policy';
import * as incidents from './migrations/2026-11-24-05-incidents';
import * as comments from './migrations/2026-11-24-07-comments';
import * as classes from './migrations/2026-11-24-08-classes';
import * as customers from './migrations/2026-11-24-09-customers';
import * as placesAndMeters from './migrations/2026-11-24-10-places';
import * as landlords from './migrations/2026-11-24-11-landlords';
import * as people from './migrations/2026-11-24-12-people';
import * as drafts from './migrations/2026-11-24-13-drafts';
import * as ledger from './migrations/2026-11-24-14-ledger';
import * as corrections from './migrations/2026-11-24-15-corrections';
import * as rates from './migrations/2026-11-24-16-rates';
import * as moveOut from './migrations/2026-11-30-01-move-out';
import * as vacancy from './migrations/2026-11-30-02-vacancy';
import * as settlement from './migrations/2026-11-30-03-settlement';
import * as findings from './migrations/2026-12-01-01-findings';
import * as documents from './migrations/2026-12-01-01-documents';

/** One direction of a migration. */
export type Migration = MigrationFn<Sequelize>;

const MIGRATIONS = [
  { name: '2026-11-22-01-foundation', ...foundation },
  { name: '2026-11-22-02-places', ...places },
  { name: '2026-11-22-03-cases', ...cases },
  { name: '2026-11-22-04-occupancy', ...occupancy },
  { name: '2026-11-22-05-money', ...money },
  { name: '2026-11-24-01-set-up', ...setUp },
  { name: '2026-11-24-02-feeds', ...feeds },
  { name: '2026-11-24-03-import', ...imports },
  { name: '2026-11-24-04-tasks', ...tasks },
  { name: '2026-11-24-06-policy', ...policy },
  { name: '2026-11-24-05-incidents', ...incidents },
  { name: '2026-11-24-07-comments', ...comments },
  { name: '2026-11-24-08-classes', ...classes },
  { name: '2026-11-24-09-customers', ...customers },
  { name: '2026-11-24-10-places', ...placesAndMeters },
  { name: '2026-11-24-11-landlords', ...landlords },
  { name: '2026-11-24-12-people', ...people },
  { name: '2026-11-24-13-drafts', ...drafts },
  { name: '2026-11-24-14-ledger', ...ledger },
  { name: '2026-11-24-15-corrections', ...corrections },
  { name: '2026-11-24-16-rates', ...rates },
  { name: '2026-11-30-01-move-out', ...moveOut },
  { name: '2026-11-30-02-vacancy', ...vacancy },
  { name: '2026-11-30-03-settlement', ...settlement },
  { name: '2026-12-01-01-findings', ...findings },
  { name: '2026-12-01-01-documents', ...documents },
];

async function withUmzug<T>(url: string, log: (line: string) => void, act: (umzug: Umzug<Sequelize>) => Promise<T>) {
  const sequelize = new Sequelize(url, {
    dialect: 'mysql',
    logging: false,
    dialectOptions: { charset: 'utf8mb4_unicode_520_ci' },
  });
  const umzug = new Umzug({
    migrations: MIGRATIONS,
    context: sequelize,
    storage: new SequelizeStorage({ sequelize, tableName: 'schema_migration' }),
    logger: undefined,
  });
  umzug.on('migrated', ({ name }) => log(`migrated ${name}`));
  umzug.on('reverted', ({ name }) => log(`reverted ${name}`));
  try {
    return await act(umzug);
  } finally {
    await sequelize.close();
  }
}

/** Brings the schema up to date and returns how many migrations ran. Two at once wait for each other. */
export function migrateUp(databaseUrl: string, log: (line: string) => void = () => {}): Promise<number> {
  return withUmzug(databaseUrl, log, (umzug) => holdingTheLock(databaseUrl, async () => (await umzug.up()).length));
}

/** Takes back the last migration, all down to the one that `to` names, or with 0 all; returns how many were taken back. */
export function migrateDown(
  databaseUrl: string,
  options: { to?: 0 | string } = {},
  log: (line: string) => void = () => {},
) {
  return withUmzug(databaseUrl, log, (umzug) =>
    holdingTheLock(databaseUrl, async () => (await downTo(umzug, options.to)).length),
  );
}

// Its types tell the number from a name.
const downTo = (umzug: Umzug<Sequelize>, to: 0 | string | undefined) =>
  to === 0 ? umzug.down({ to }) : umzug.down(to === undefined ? {} : { to });

/** Several replicas may migrate at their start; a named lock of the server lets one at a time through. */
async function holdingTheLock<T>(url: string, act: () => Promise<T>): Promise<T> {
  const sequelize = new Sequelize(url, { dialect: 'mysql', logging: false, pool: { max: 1, min: 1, idle: 600_000 } });
  try {
    const [rows] = await sequelize.query("SELECT GET_LOCK('keyturn_migrate', 120) AS taken");
    if ((rows as { taken: number }[])[0]?.taken !== 1)
      throw new Error('Another migration runs for more than 2 minutes');
    return await act();
  } finally {
    await sequelize.close();
  }
}
