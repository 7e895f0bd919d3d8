import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateUp } from '../../db/migrate';
import { createDatabase, dropDatabase } from '../../tools/servers/sql';
import { bundleForTests } from './bundle';
import { schemaScript } from './schema';
import { startTestServers } from './servers';

/** Starts the servers of a run. Jest calls it once, and only when a test of a project that names it is to run. */
export default async function globalSetup(): Promise<void> {
  const [servers, bundle] = await Promise.all([startTestServers(), bundleForTests()]);
  process.env.KEYTURN_TEST_DATABASE_URL = servers.databaseUrl;
  process.env.KEYTURN_TEST_TEMPORAL = servers.temporal;
  process.env.KEYTURN_TEST_BUNDLE = bundle;
  process.env.KEYTURN_TEST_SCHEMA = join(servers.folder, 'schema.sql');
  Object.assign(globalThis, { stopTestServers: servers.stop });
  try {
    writeFileSync(process.env.KEYTURN_TEST_SCHEMA, await migratedSchema(servers.databaseUrl));
  } catch (error) {
    // Jest calls no teardown for a set-up that failed.
    await servers.stop();
    throw error;
  }
}

/** What all migrations make, as statements: each test's database is made by them. */
async function migratedSchema(server: string): Promise<string> {
  const name = `keyturn_t_${randomBytes(6).toString('hex')}`;
  const url = await createDatabase(server, name);
  try {
    await migrateUp(url);
    return await schemaScript(url);
  } finally {
    await dropDatabase(server, name);
  }
}
