import { join } from 'node:path';
import { INVARIANTS } from '../../tools/invariants';
import { importFolder } from '../../tools/import/import-folder';
import { freshDatabase, type FreshDatabase } from '../support/database';

const TOWN = join(__dirname, '..', '..', 'examples', 'town');
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('imports', async () => {
  const t = Date.now();
  const result = await importFolder(database.db, { folder: TOWN, asOf: 'today' });
  console.log(Date.now() - t, result.counts, result.badRows.slice(0, 30), result.badRows.length);
  for (const { name, find } of INVARIANTS) expect([name, await find(database.db)]).toEqual([name, []]);
  const again = await importFolder(database.db, { folder: TOWN, asOf: 'today' });
  console.log(again.counts, again.badRows.slice(0, 30));
});
