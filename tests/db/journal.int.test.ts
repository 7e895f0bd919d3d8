import { QueryTypes } from 'sequelize';
import { JournalWriteError, UnbalancedEntryError } from '../../db/keep-journal';
import { putSetting } from '../../db/records/settings';
import { post } from '../../db/records/journal';
import { inTransaction, type Tx } from '../../db/transaction';
import type { LedgerAccount } from '../../domain/ledger';
import { INVARIANTS } from '../../tools/invariants';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { makeSmallTown, type SmallTown } from '../support/small-town';

let database: FreshDatabase;
let town: SmallTown;
beforeAll(async () => {
  database = await freshDatabase();
  town = await makeSmallTown(database.db);
});
afterAll(() => database.drop());

/** Writes an entry past refuseEntry, as a bug would. */
async function write(tx: Tx, entryKey: string, ...lines: [LedgerAccount, cents: number][]): Promise<number> {
  const { accountId } = town;
  const entry = { entryKey, kind: 'REGULAR_BILL', entryOn: tx.today, accountId, caseId: null, createdAt: tx.now };
  const { id: entryId } = await tx.db.JournalEntry.create(entry);
  await tx.db.Posting.bulkCreate(
    lines.map(([ledgerAccount, amountCents]) => ({
      ...{ entryId, ledgerAccount, accountId, serviceCode: 'WATER', depositId: null, amountCents },
    })),
  );
  return entryId;
}
const acting = <T>(act: (tx: Tx) => Promise<T>) => inTransaction(database.db, 1, act);
const counts = async () => {
  const { JournalEntry, Posting, AuditLog, Customer, Setting } = database.db;
  return [
    await JournalEntry.count(),
    await Posting.count(),
    await AuditLog.count(),
    await Customer.count(),
    await Setting.count(),
  ];
};

describe('an entry that does not balance', () => {
  it.each<[string, ...[LedgerAccount, number][]]>([
    ['is over by a cent', ['RECEIVABLE', 501], ['REVENUE', -500]],
    ['has one posting', ['RECEIVABLE', 500]],
    ['has no posting'],
    ['balances only with another entry', ['RECEIVABLE', 500], ['REVENUE', -400], ['TAX_PAYABLE', -50]],
  ])('%s: rolls back all of its transaction, although it went past refuseEntry', async (_how, ...lines) => {
    const before = await counts();
    const whole = acting(async (tx) => {
      await putSetting(tx, 'finalBillDueDays', 3);
      const row = { customerNumber: 'C-LOST', kind: 'PERSON' as const, displayName: 'Lost', createdAt: tx.now };
      await tx.db.Customer.create({ ...row, lastName: 'Lost' });
      await write(tx, 'test/good', ['RECEIVABLE', 700], ['REVENUE', -700]);
      await write(tx, 'test/bad', ...lines);
      tx.audit({ action: 'test', entity: 'customer', entityId: 'C-LOST' });
    });
    await expect(whole).rejects.toThrow(UnbalancedEntryError);
    await expect(whole).rejects.toThrow('test/bad');
    expect(await counts()).toEqual(before);
  });

  it('is found among many that come in at once, with numbers of their own or without', async () => {
    const many = (tx: Tx, from: number) =>
      Array.from({ length: 2_500 }, (_, i) => ({
        ...{ id: from + i, entryKey: `many/${from + i}`, kind: 'OPENING_BALANCE', entryOn: tx.today },
        ...{ accountId: town.accountId, caseId: null, createdAt: tx.now },
      }));
    const postings = (ids: number[], spoilt: number | null) =>
      ids.flatMap((entryId) =>
        [100, entryId === spoilt ? -101 : -100].map((amountCents) => ({
          ...{ entryId, ledgerAccount: amountCents > 0 ? ('RECEIVABLE' as const) : ('REVENUE' as const), amountCents },
          ...{ accountId: town.accountId, serviceCode: null, depositId: null },
        })),
      );
    const comingIn = (spoilt: number | null) =>
      acting(async (tx) => {
        const entries = await tx.db.JournalEntry.bulkCreate(many(tx, 10_000));
        await tx.db.Posting.bulkCreate(
          postings(
            entries.map(({ id }) => id),
            spoilt,
          ),
        );
      });
    await expect(comingIn(12_499)).rejects.toThrow('many/12499');
    await comingIn(null);
    const numbered = await acting(async (tx) => {
      const rows = many(tx, 20_000).slice(0, 3);
      const entries = await tx.db.JournalEntry.bulkCreate(rows.map(({ id: _id, ...row }) => row));
      await tx.db.Posting.bulkCreate(
        postings(
          entries.map(({ id }) => id),
          null,
        ),
      );
      return entries.map(({ id }) => id);
    });
    expect(numbered).toEqual([12_500, 12_501, 12_502]);
  });

  it('is refused by its rule before anything is written, where code goes by the rule', async () => {
    const unbalanced = acting((tx) =>
      post(tx, {
        ...{ entryKey: 'test/rule', kind: 'PAYMENT', accountId: town.accountId, caseId: null },
        lines: [
          { ledgerAccount: 'CASH_CLEARING', amountCents: 5 },
          { ledgerAccount: 'RECEIVABLE', amountCents: -4 },
        ],
      }),
    );
    await expect(unbalanced).rejects.toMatchObject({ refusal: { code: 'ENTRY_UNBALANCED' } });
  });
});

describe('what is in the journal', () => {
  it('is neither changed nor deleted, row by row or many at once', async () => {
    const { JournalEntry, Posting } = database.db;
    const entry = await JournalEntry.findOne({ rejectOnEmpty: true });
    const posting = await Posting.findOne({ rejectOnEmpty: true });
    const all = { where: {} };
    const acts: (() => Promise<unknown>)[] = [
      () => posting.update({ amountCents: 1 }),
      () => posting.destroy(),
      async () => posting.increment({ amountCents: 1 }),
      () => Posting.update({ amountCents: 1 }, all),
      () => Posting.destroy(all),
      () => Posting.destroy({ truncate: true }),
      async () => Posting.decrement({ amountCents: 1 }, all),
      () => Posting.upsert({ ...posting.get(), amountCents: 1 }),
      () => Posting.bulkCreate([{ ...posting.get(), amountCents: 1 }], { updateOnDuplicate: ['amountCents'] }),
      () => Posting.bulkCreate([posting.get()], { ignoreDuplicates: true }),
      () => entry.update({ entryOn: '2020-01-01' }),
      () => entry.destroy(),
      () => JournalEntry.update({ kind: 'PAYMENT' }, all),
      () => JournalEntry.destroy(all),
    ];
    const before = await sums();
    for (const act of acts) await expect(acting(act)).rejects.toThrow(JournalWriteError);
    expect(await sums()).toEqual(before);
  });

  it('gets no posting later, and nothing outside a transaction that checks it', async () => {
    const id = await acting((tx) => write(tx, 'test/whole', ['RECEIVABLE', 300], ['REVENUE', -300]));
    const row = { entryId: id, accountId: town.accountId, serviceCode: null, depositId: null };
    const pair = [
      { ...row, ledgerAccount: 'CASH_CLEARING' as const, amountCents: 10 },
      { ...row, ledgerAccount: 'RECEIVABLE' as const, amountCents: -10 },
    ];
    await expect(acting((tx) => tx.db.Posting.bulkCreate(pair))).rejects.toThrow(JournalWriteError);
    await expect(acting((tx) => tx.db.Posting.create(pair[0]!))).rejects.toThrow(JournalWriteError);
    const elsewhere = database.db.sequelize.transaction(() =>
      database.db.JournalEntry.create({
        ...{ entryKey: 'test/elsewhere', kind: 'PAYMENT', entryOn: town.today, accountId: town.accountId },
        ...{ caseId: null, createdAt: new Date() },
      }),
    );
    await expect(elsewhere).rejects.toThrow(JournalWriteError);
    expect(await database.db.JournalEntry.count({ where: { entryKey: 'test/elsewhere' } })).toBe(0);
  });

  it('holds the invariants after all of this', async () => {
    const journal = INVARIANTS.filter(({ name }) => ['entries-balance', 'all-money-conserved'].includes(name));
    expect(journal).toHaveLength(2);
    for (const { find } of journal) expect(await find(database.db)).toEqual([]);
  });

  it('takes a bad debt on an account of its own', async () => {
    await acting((tx) => write(tx, 'test/write-off', ['WRITE_OFF', 300], ['RECEIVABLE', -300]));
    const made = acting((tx) => write(tx, 'test/unknown', ['NOBODYS' as LedgerAccount, 300], ['RECEIVABLE', -300]));
    await expect(made).rejects.toThrow(/posting_ledger/);
  });
});

const sums = () => database.db.sequelize.query('CHECKSUM TABLE posting, journal_entry', { type: QueryTypes.SELECT });
