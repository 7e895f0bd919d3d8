import { parse } from 'csv-parse/sync';
import { post, type NewEntry } from '../../db/records/journal';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { flatStories, invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'sam' | 'sue' | 'fred' | 'olive' | 'ada', string>;
const flat = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db, { openingCents: 4000, depositCents: 200, landlordDecision: 'ALWAYS' });
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, ada: await addUser(system.db, 'ada', ['admin']) });
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const ago = (days: number) => addDays(town.today, -days);
const account = () => `/accounts/${town.accountNumber}`;
const balance = async (query = '') => (await api.get(`${account()}/balance${query}`, token.cora)).body;
const statement = async (from: string, to = town.today) =>
  (await api.get(`${account()}/statement?from=${from}&to=${to}`, token.cora)).body;
const csvRows = (body: unknown): Record<string, string>[] => parse(body as string, { columns: true });

/** A periodic bill of 12.08 for water and 2.80 for refuse, due in 20 days, and 5.00 paid at the counter. */
async function billedAndPaid(): Promise<void> {
  const read = { sourceId: 'S-1', meterSerial: 'M-900001', readOn: ago(3), value: '1500', source: 'ACTUAL' };
  expect((await api.post('/feeds/reads', { rows: [read] }, token.ada)).status).toBe(201);
  const lines = [
    { serviceCode: 'WATER', amountCents: 1150, taxCents: 58 },
    { serviceCode: 'REFUSE', amountCents: 280 },
  ];
  const about = { accountNumber: town.accountNumber, billedThrough: ago(3), dueOn: addDays(town.today, 20) };
  const bill = { sourceId: 'B-1', ...about, lines };
  expect((await api.post('/feeds/bills', { rows: [bill] }, token.ada)).status).toBe(201);
  await pay('R-1', 500);
}

async function pay(receiptNumber: string, amountCents: number): Promise<void> {
  const payment = { receiptNumber, amountCents, receivedOn: town.today, method: 'CASH', applyTo: 'ACCOUNT' };
  expect((await api.post(`${account()}/payments`, payment, token.cora)).status).toBe(201);
}

/** 1.60 for water and 1.20 for refuse; the deposit of 2.00 goes to water. */
async function finalBilled(): Promise<void> {
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  await flat.report(caseId, '1700');
  await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await system.desk.ended(caseId);
}

const posted = (entry: Omit<NewEntry, 'accountId' | 'caseId'>) =>
  inTransaction(system.db, 1, (tx) => post(tx, { ...entry, accountId: town.accountId, caseId: null }));
const charged = (amountCents: number, serviceCode = 'WATER'): NewEntry['lines'] => [
  { ledgerAccount: 'RECEIVABLE', serviceCode, amountCents },
  { ledgerAccount: 'REVENUE', serviceCode, amountCents: -amountCents },
];

describe('GET /accounts/{accountNumber}/balance', () => {
  it('tells by service how old the debt is on a day, and pays the oldest first', async () => {
    await billedAndPaid();
    const now = await balance();
    expect(now).toMatchObject({ accountNumber: town.accountNumber, on: town.today });
    expect(now.services).toEqual([
      expect.objectContaining({ serviceCode: 'REFUSE', currentCents: 280, balanceCents: 280 }),
      expect.objectContaining({ serviceCode: 'WATER', currentCents: 1208, over90DaysCents: 3500, balanceCents: 4708 }),
    ]);
    expect(now.total).toEqual({
      ...{ currentCents: 1488, days1To30Cents: 0, days31To60Cents: 0, days61To90Cents: 0, over90DaysCents: 3500 },
      ...{ unappliedCreditCents: 0, balanceCents: 4988 },
    });
    expect((await api.get(account(), token.cora)).body.balanceCents).toBe(4988);

    const ages = async (days: number) => {
      const { total } = await balance(`?on=${addDays(town.today, 20 + days)}`);
      return [
        total.currentCents,
        total.days1To30Cents,
        total.days31To60Cents,
        total.days61To90Cents,
        total.over90DaysCents,
      ];
    };
    expect(await ages(0)).toEqual([1488, 0, 0, 0, 3500]);
    expect(await ages(1)).toEqual([0, 1488, 0, 0, 3500]);
    expect(await ages(31)).toEqual([0, 0, 1488, 0, 3500]);
    expect(await ages(61)).toEqual([0, 0, 0, 1488, 3500]);
    expect(await ages(91)).toEqual([0, 0, 0, 0, 4988]);
    expect((await balance(`?on=${ago(1)}`)).total).toMatchObject({ over90DaysCents: 4000, balanceCents: 4000 });
    expect((await balance(`?on=${ago(500)}`)).services).toEqual([]);
  });

  it('shows a credit that pays nothing beside the debts, and takes a fee back itself', async () => {
    await pay('R-1', 4300);
    expect((await balance()).services).toEqual([
      expect.objectContaining({ serviceCode: null, unappliedCreditCents: 300, balanceCents: -300 }),
    ]);
    await posted({ entryKey: 'opening/2', kind: 'OPENING_BALANCE', entryOn: ago(45), lines: charged(700) });
    await posted({ entryKey: 'reversion-fee/99', kind: 'REVERSION_FEE', entryOn: ago(2), lines: charged(1000) });
    await posted({ entryKey: 'reversion-fee/99/undone', kind: 'REVERSION_FEE_UNDONE', lines: charged(-1000) });
    expect((await balance()).total).toMatchObject({
      ...{ days31To60Cents: 700, days1To30Cents: 0, unappliedCreditCents: 300, balanceCents: 400 },
    });
    await invariantsHold(system);
  });
});

describe('GET /accounts/{accountNumber}/statement', () => {
  it('runs from the opening to the closing balance, with what each entry was and its document', async () => {
    await billedAndPaid();
    await finalBilled();
    const { lines, ...about } = await statement(ago(30));
    expect(about).toEqual({
      ...{ accountNumber: town.accountNumber, from: ago(30), to: town.today, openingCents: 4000, closingCents: 5068 },
    });
    const [regular, final] = await system.db.Bill.findAll({ order: ['id'], raw: true });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- lines of the answer
    expect(lines.map((line: any) => [line.what, line.document, line.amountCents, line.balanceCents])).toEqual([
      ['Bill', regular?.billNumber, 1488, 5488],
      ['Payment', 'R-1', -500, 4988],
      ['Final bill', final?.billNumber, 280, 5268],
      ['Deposit applied', final?.billNumber, -200, 5068],
    ]);
    expect((await balance()).total.balanceCents).toBe(5068);
    const before = await statement(ago(500), ago(31));
    expect([before.openingCents, before.lines.length, before.closingCents]).toEqual([0, 1, 4000]);

    const file = await api.get(`${account()}/statement?from=${ago(30)}&to=${town.today}&format=csv`, token.cora);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toContain(`statement-${town.accountNumber}-${ago(30)}`);
    const rows = csvRows(file.body).map(({ what, amountCents, balanceCents }) => [what, amountCents, balanceCents]);
    expect(rows).toEqual([
      ['Opening balance', '', '4000'],
      ['Bill', '1488', '5488'],
      ['Payment', '-500', '4988'],
      ['Final bill', '280', '5268'],
      ['Deposit applied', '-200', '5068'],
      ['Closing balance', '', '5068'],
    ]);
  });
});

describe('GET /journal/trial-balance', () => {
  it('has every ledger account, by service too, and two equal sides', async () => {
    await billedAndPaid();
    await finalBilled();
    await pay('R-2', 6000);
    const { body } = await api.get('/journal/trial-balance', token.sam);
    expect(body).toMatchObject({ on: town.today, debitCents: body.creditCents });
    const balanceOf = Object.fromEntries(
      (body.accounts as { ledgerAccount: string; balanceCents: number }[]).map((each) => [
        each.ledgerAccount,
        each.balanceCents,
      ]),
    );
    expect(balanceOf).toEqual({
      ...{ CASH_CLEARING: 6700, RECEIVABLE: -932, DEPOSITS_HELD: 0, TAX_PAYABLE: 58, REFUNDS_PAYABLE: 0 },
      UNCLAIMED_PROPERTY: 0,
      ...{ OPENING_BALANCE: 4000, REVENUE: 1430 + 280, INTEREST_EXPENSE: 0, WRITE_OFF: 0 },
    });
    const revenue = body.accounts.find(({ number }: { number: string }) => number === '4000');
    expect(revenue.byService).toEqual([
      { serviceCode: 'REFUSE', debitCents: 0, creditCents: 400 },
      { serviceCode: 'WATER', debitCents: 0, creditCents: 1310 },
    ]);
    const early = (await api.get(`/journal/trial-balance?on=${ago(30)}`, token.ada)).body;
    expect([early.debitCents, early.creditCents]).toEqual([4200, 4200]);

    const file = csvRows((await api.get('/journal/trial-balance?format=csv', token.ada)).body);
    const sum = (column: string) => file.reduce((total, row) => total + Number(row[column]), 0);
    expect([sum('debitCents'), sum('creditCents')]).toEqual([body.debitCents, body.creditCents]);
    expect(file.filter(({ number }) => number === '5200')).toEqual([
      expect.objectContaining({ name: 'Bad debts written off', serviceCode: '', debitCents: '0', creditCents: '0' }),
    ]);
  });
});

describe('GET /journal/general-ledger', () => {
  const ledger = (from: string, to = town.today, by = token.ada) =>
    api.get(`/journal/general-ledger?from=${from}&to=${to}`, by);

  it('has every posting under the numbers of the chart, and agrees with the trial balance', async () => {
    await billedAndPaid();
    await finalBilled();
    const file = await ledger(ago(30), town.today, token.sue);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = csvRows(file.body);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      ...['entryId', 'entryOn', 'ledgerNumber', 'ledgerName', 'serviceCode', 'accountNumber', 'debitCents'],
      ...['creditCents', 'memo', 'kind', 'entryKey'],
    ]);
    const paid = rows.filter(({ entryKey }) => entryKey === 'payment/R-1');
    expect(paid.map(({ entryId: _id, ...row }) => row)).toEqual([
      {
        ...{ entryOn: town.today, ledgerNumber: '1010', ledgerName: 'Cash clearing', serviceCode: '' },
        ...{ accountNumber: town.accountNumber, debitCents: '500', creditCents: '0' },
        ...{ memo: 'Payment R-1', kind: 'PAYMENT', entryKey: 'payment/R-1' },
      },
      expect.objectContaining({ ledgerNumber: '1200', serviceCode: 'WATER', debitCents: '0', creditCents: '500' }),
    ]);
    const overOf = new Map<string, number>();
    for (const { entryId = '', debitCents, creditCents } of rows)
      overOf.set(entryId, (overOf.get(entryId) ?? 0) + Number(debitCents) - Number(creditCents));
    expect([...overOf.values()].every((over) => over === 0)).toBe(true);
    expect(overOf.size).toBe(await system.db.JournalEntry.count({ where: { entryOn: town.today } }));

    const daily = csvRows((await api.get(`/feeds/general-ledger?from=${ago(30)}&to=${town.today}`, token.ada)).body);
    const debits = (all: Record<string, string>[]) => all.reduce((sum, row) => sum + Number(row.debitCents), 0);
    expect(debits(rows)).toBe(debits(daily));
    expect((await ledger(ago(300), ago(31))).body).toBe(`${Object.keys(rows[0] ?? {}).join(',')}\n`);
  });

  it('is written in parts, with no posting twice or left out, and with nothing that a spreadsheet runs', async () => {
    const { accountId } = town;
    await inTransaction(system.db, 1, async (tx) => {
      const entry = { kind: 'OPENING_BALANCE', entryOn: ago(10), accountId, caseId: null, createdAt: tx.now };
      const keys = Array.from({ length: 2_000 }, (_, i) => (i === 0 ? '=1+1' : `many/${i}`));
      const entries = await tx.db.JournalEntry.bulkCreate(keys.map((entryKey) => ({ ...entry, entryKey })));
      const line = { accountId, serviceCode: null, depositId: null };
      await tx.db.Posting.bulkCreate(
        entries.flatMap(({ id: entryId }) => [
          { ...line, entryId, ledgerAccount: 'RECEIVABLE' as const, amountCents: 7 },
          { ...line, entryId, ledgerAccount: 'OPENING_BALANCE' as const, amountCents: -4 },
          { ...line, entryId, ledgerAccount: 'REVENUE' as const, amountCents: -3 },
        ]),
      );
    });
    const rows = csvRows((await ledger(ago(10), ago(10))).body);
    expect(rows).toHaveLength(6_000);
    expect(new Set(rows.map(({ entryId, ledgerNumber }) => `${entryId} ${ledgerNumber}`)).size).toBe(6_000);
    expect(rows[0]).toMatchObject({ entryKey: `'=1+1`, memo: 'Balance brought forward', debitCents: '7' });
  });
});

describe('who may read the journal, and of what', () => {
  it('an account’s is for the office, the office’s for supervisors and administrators', async () => {
    const range = `from=${ago(1)}&to=${town.today}`;
    const statuses = async (path: string) => {
      const all: Record<string, number> = {};
      for (const [name, by] of Object.entries(token)) all[name] = (await api.get(path, by)).status;
      return all;
    };
    const office = { cora: 200, cliff: 200, sam: 200, sue: 200, fred: 403, olive: 403, ada: 403 };
    expect(await statuses(`${account()}/balance`)).toEqual(office);
    expect(await statuses(`${account()}/statement?${range}`)).toEqual(office);
    const above = { cora: 403, cliff: 403, sam: 200, sue: 200, fred: 403, olive: 403, ada: 200 };
    expect(await statuses('/journal/trial-balance')).toEqual(above);
    expect(await statuses(`/journal/general-ledger?${range}`)).toEqual(above);
  });

  it('refuses an account that nobody has, a day that is none, and a range that is backwards or too long', async () => {
    const answer = async (path: string) => {
      const { status, body } = await api.get(path, token.sam);
      return [status, body.code];
    };
    expect(await answer('/accounts/A-NONE/balance')).toEqual([404, 'NOT_FOUND']);
    expect(await answer(`/accounts/A-NONE/statement?from=${ago(1)}&to=${town.today}`)).toEqual([404, 'NOT_FOUND']);
    for (const path of [
      `${account()}/balance?on=2026-02-30`,
      `${account()}/statement?from=${town.today}`,
      `${account()}/statement?from=${town.today}&to=${ago(1)}`,
      `${account()}/statement?from=2001-01-01&to=2026-01-01`,
      `/journal/trial-balance?on=yesterday`,
      `/journal/general-ledger?from=2024-01-01&to=2026-01-01`,
    ])
      expect(await answer(path)).toEqual([400, 'MALFORMED']);
  });
});
