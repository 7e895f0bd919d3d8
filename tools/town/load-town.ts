import { loadConfig } from '../../config';
import { createDb, type Db } from '../../db/create-db';
import { putSetting } from '../../db/records/settings';
import { inTransaction, type Tx } from '../../db/transaction';
import { SYSTEM_USER_ID } from '../../domain/roles';
import { openAccounts } from './accounts';
import { registerCustomers } from './customers';
import { signLandlords } from './landlord-agreements';
import { bookMoney } from './money';
import { occupanciesAt } from './occupancies';
import { buildHomes } from './places';
import { createRandom } from './random';
import { publishRates } from './rates';
import { readMeters } from './reads';
import { hashPasswords, hireOffice, LOGINS, type Login } from './users';

const SEED = 1911;
const LOADED = 'town.loaded';

/** What became of the town, and who can sign in; nobody where the office has records of its own. */
export interface Town {
  loaded: boolean;
  logins: Login[];
}

/**
 * Loads the demo town into an empty office, all of it or nothing; where it was loaded before, nothing is done. Its dates
 * are counted from the office's today. Records that are not the town's are left alone: no demo logins for them.
 */
export async function loadTown(databaseUrl: string): Promise<Town> {
  const db = createDb(databaseUrl, { maxConnections: 2 });
  try {
    if (await isLoaded(db)) return { loaded: false, logins: LOGINS };
    if (!(await isEmptyOffice(db))) return { loaded: false, logins: [] };
    const passwordHashes = await hashPasswords();
    return await inTransaction(db, SYSTEM_USER_ID, async (tx) => {
      // Of two that load at once, one waits here until the other is done.
      await tx.db.NumberCounter.findByPk('location', { lock: true, rejectOnEmpty: true });
      if (await isLoaded(db)) return { loaded: false, logins: LOGINS };
      await layOut(tx, passwordHashes);
      return { loaded: true, logins: LOGINS };
    });
  } finally {
    await db.close();
  }
}

async function layOut(tx: Tx, passwordHashes: string[]): Promise<void> {
  const random = createRandom(SEED);
  const occupancies = occupanciesAt(tx.today);
  await hireOffice(tx, passwordHashes);
  await putSetting(tx, 'utility', { name: 'Millbrook Utilities' });
  await putSetting(tx, 'clock', tx.settings.clock);
  await publishRates(tx);
  await buildHomes(tx, random);
  const customerIdOf = await registerCustomers(tx, occupancies);
  const readIdOf = await readMeters(tx, occupancies, random);
  await openAccounts(tx, occupancies, { customerIdOf, readIdOf });
  await signLandlords(tx, customerIdOf);
  await bookMoney(tx, occupancies);
  tx.audit({ action: LOADED, entity: 'settings', entityId: 'town', data: { seed: SEED } });
}

const isLoaded = async (db: Db): Promise<boolean> => (await db.AuditLog.count({ where: { action: LOADED } })) > 0;

async function isEmptyOffice(db: Db): Promise<boolean> {
  const [users, ...records] = await Promise.all([
    db.AppUser.count(),
    db.Customer.count(),
    db.Location.count(),
    db.Service.count(),
    db.Meter.count(),
  ]);
  return users === 1 && records.every((count) => count === 0);
}

async function main(): Promise<string> {
  const { database, production } = loadConfig();
  if (!database.url) throw new Error('DATABASE_URL: is needed to load the town');
  if (production) throw new Error('The demo town is not for production: everybody knows its passwords');
  const { loaded, logins } = await loadTown(database.url);
  if (loaded) return `The town is loaded; its people sign in as ${logins.map(({ username }) => username).join(', ')}`;
  return logins.length > 0 ? 'The town is there already' : 'The office has records of its own: the town was not loaded';
}

if (require.main === module) {
  main().then(console.log, (error: Error) => {
    console.error(error.message || error);
    process.exitCode = 1;
  });
}
