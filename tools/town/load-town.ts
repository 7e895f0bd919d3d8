import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../config';
import { createDb, type Db } from '../../db/create-db';
import { importFolder } from '../import/import-folder';
import { badRowLines } from '../import/report';
import { DEMO_PASSWORD, OFFICE } from '../make-town/users';

const LOADED = 'town.loaded';

/** A person of the demo office, as the supervisor's greeting names them. */
export interface Login {
  username: string;
  password: string;
  roles: string[];
}

/** The people of the demo office. */
const LOGINS: Login[] = OFFICE.map(({ username, role }) => ({ username, password: DEMO_PASSWORD, roles: [role] }));

/** What became of the town, and who can sign in; nobody where the office has records of its own. */
export interface Town {
  loaded: boolean;
  logins: Login[];
}

/**
 * Imports the demo town, examples/town, into an empty office, all of it or nothing; where it was loaded before, nothing
 * is done. Its dates are counted from the office's today. Records that are not the town's are left alone: no demo logins
 * for them.
 */
export async function loadTown(databaseUrl: string): Promise<Town> {
  const db = createDb(databaseUrl, { maxConnections: 2 });
  try {
    if (await isLoaded(db)) return { loaded: false, logins: LOGINS };
    if (!(await isEmptyOffice(db))) return { loaded: false, logins: [] };
    let loaded = false;
    const { badRows } = await importFolder(db, {
      ...{ folder: townFolder(), asOf: 'today' },
      onLoaded: (tx) => {
        loaded = true;
        tx.audit({ action: LOADED, entity: 'settings', entityId: 'town' });
      },
    });
    if (badRows.length > 0) throw new Error(['The demo town has bad rows:', ...badRowLines(badRows)].join('\n'));
    return { loaded, logins: LOGINS };
  } finally {
    await db.close();
  }
}

/** Beside the sources, wherever this file runs from. */
function townFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const town = join(folder, 'examples', 'town');
    if (existsSync(town)) return town;
    if (folder === dirname(folder)) throw new Error('The demo town is missing: examples/town is part of the sources');
  }
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
