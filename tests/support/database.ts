import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createDb, type Db } from '../../db/create-db';
import { createDatabase, dropDatabase } from '../../tools/servers/sql';
import { runScript } from './schema';
import { schemaFile, testServers } from './servers';

/** A migrated database of one test file. `drop` fails when anything was written outside a transaction. */
export interface FreshDatabase {
  url: string;
  db: Db;
  /** Statements that wrote outside a transaction; a test that plants rows on purpose may empty it. */
  strayWrites: string[];
  drop(): Promise<void>;
}

const WRITES = /^Executing \(default\): (INSERT|UPDATE|DELETE|REPLACE)\b/i;

/** Makes a database with the whole schema, as the migrations leave it, on the run's server, or on another. */
export async function freshDatabase(server = testServers().databaseUrl): Promise<FreshDatabase> {
  const name = `keyturn_t_${randomBytes(6).toString('hex')}`;
  const url = await createDatabase(server, name);
  await runScript(url, readFileSync(schemaFile(), 'utf8'));
  const strayWrites: string[] = [];
  const onSql = (sql: string) => {
    if (WRITES.test(sql)) strayWrites.push(sql);
  };
  const db = createDb(url, { onSql });
  return {
    url,
    db,
    strayWrites,
    drop: async () => {
      await db.close();
      await dropDatabase(server, name);
      if (strayWrites.length > 0) throw new Error(`Written outside a transaction:\n${strayWrites.join('\n')}`);
    },
  };
}
