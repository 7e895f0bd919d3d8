import { listChanges } from '../../db/reads/feeds';
import { inTransaction } from '../../db/transaction';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { makeSmallTown } from '../support/small-town';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('numbers changes in the order of commits: a reader that goes on from the last one misses none', async () => {
  const { db } = database;
  const { accountId, today } = await makeSmallTown(db);
  const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  let writing = true;
  const write = (n: number) =>
    inTransaction(db, 1, async (tx) => {
      for (const part of [1, 2]) tx.change({ kind: 'ACTIVATED', accountId, onDate: today, data: { n, part } });
      if (n % 3 === 0) tx.audit({ action: 'test', entity: 'account', entityId: accountId });
      await pause();
      if (n % 10 === 0) throw new Error('rolled back');
    }).catch(() => {});
  const seen: { seq: number; n: unknown }[] = [];
  const read = async () => {
    for (;;) {
      const last = !writing;
      const more = await listChanges(db, seen.at(-1)?.seq ?? 0, 7);
      seen.push(...more.map(({ seq, data }) => ({ seq, n: data.n })));
      if (last && more.length === 0) return;
    }
  };
  const reader = read();
  await Promise.all(Array.from({ length: 60 }, (_, n) => write(n)));
  writing = false;
  await reader;
  expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 108 }, (_, i) => i + 1));
  expect(new Set(seen.map(({ n }) => n)).size).toBe(54);
});
