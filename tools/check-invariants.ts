import { loadConfig } from '../config';
import { createDb } from '../db/create-db';
import { INVARIANTS } from './invariants';
import { runningSystem } from './running-system';

/** Checks every invariant of the database at DATABASE_URL, or of the running system; the number that is broken. */
async function main(): Promise<number> {
  const config = loadConfig();
  const db = createDb(config.database.url ?? runningSystem(config).databaseUrl);
  let broken = 0;
  try {
    for (const { name, says, find } of INVARIANTS) {
      const rows = await find(db);
      console.log(`${rows.length === 0 ? 'ok    ' : 'BROKEN'} ${name}: ${says}`);
      for (const row of rows) console.log(`         ${row}`);
      if (rows.length > 0) broken += 1;
    }
  } finally {
    await db.close();
  }
  return broken;
}

main().then(
  (broken) => {
    process.exitCode = broken === 0 ? 0 : 1;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
