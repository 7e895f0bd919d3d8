import { addDays } from '../../domain/dates';
import { INVARIANTS } from '../../tools/invariants';
import { eventually } from '../support/eventually';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'ada' | 'cora' | 'sue' | 'olive', string>;

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  api = await testApi(system);
  const { cora, sue, olive } = town.users;
  const ids = { ada: await addUser(system.db, 'ada', ['admin']), cora, sue, olive };
  token = await api.allSignedIn(ids);
}

afterEach(async () => {
  try {
    // Cases may still be at work: what is looked at in two statements holds once they rest.
    await eventually(async () => {
      for (const { name, find } of INVARIANTS)
        expect({ name, rows: await find(system.db) }).toEqual({ name, rows: [] });
    });
  } finally {
    await api.close();
    await system.end();
  }
});

const ago = (days: number) => addDays(town.today, -days);
const send = (kind: 'bills' | 'reads' | 'payments', rows: object[], key?: string) =>
  api.post(`/feeds/${kind}`, { rows }, token.ada, key);
const read = (more: object = {}) => ({
  ...{ sourceId: 'S-1', meterSerial: 'M-900001', readOn: ago(3), value: '1500', source: 'ACTUAL', ...more },
});
const bill = (more: object = {}) => ({
  ...{ sourceId: 'B-1', accountNumber: town.accountNumber, billedThrough: ago(3), dueOn: addDays(town.today, 20) },
  lines: [
    { serviceCode: 'WATER', amountCents: 1150, taxCents: 58 },
    { serviceCode: 'REFUSE', amountCents: 280 },
  ],
  ...more,
});
const payment = (more: object = {}) => ({
  ...{ receiptNumber: 'R-1', accountNumber: town.accountNumber, amountCents: 500 },
  ...{ receivedOn: town.today, method: 'ACH', ...more },
});
const codesOf = ({ body }: Answered) =>
  (body.errors as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`);
const account = async (number = town.accountNumber) => (await api.get(`/accounts/${number}`, token.cora)).body;
const changes = async (query = '') => (await api.get(`/feeds/changes${query}`, token.ada)).body;

/** The move-out up to where its final bill waits for approval, or before the field has read. */
async function moveOut(more: object = {}): Promise<string> {
  const dates = { stopDate: town.today, vacateDate: town.today };
  const body = { accountNumber: town.accountNumber, ...dates, forwardingAddress: null, newTenant: 'NO', ...more };
  return (await api.post('/cases/move-out', body, token.cora)).body.caseId;
}
async function fieldReads(caseId: string, value = '4500', readOn = town.today): Promise<void> {
  const { orderNumber } = await system.db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
  await system.desk.report(town.users.fred, orderNumber, { meterId: town.meterId, value, readOn });
}
async function finalBilled(more: object = {}): Promise<string> {
  const caseId = await moveOut(more);
  await fieldReads(caseId);
  await system.desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
  await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await system.desk.ended(caseId);
  return caseId;
}

describe('a feed of reads', () => {
  beforeEach(async () => {
    await setUp();
    await system.startWorker();
  });

  it('is taken once however often it is sent, and a row is never taken with other content', async () => {
    const rows = [read(), read({ sourceId: 'S-2', readOn: ago(1), value: '1700' })];
    const taken = await send('reads', rows, 'k1');
    expect(taken.status).toBe(201);
    expect(taken.body).toMatchObject({ kind: 'READS', status: 'APPLIED', taken: 2, unchanged: 0, errors: [] });
    expect(taken.headers.get('location')).toBe(`/api/v1/feeds/chunks/${taken.body.chunkId}`);
    expect((await send('reads', rows, 'k1')).headers.get('idempotent-replayed')).toBe('true');
    expect(await send('reads', rows)).toMatchObject({ status: 200, body: { taken: 0, unchanged: 2 } });
    const more = [...rows, read({ sourceId: 'S-3', readOn: town.today, value: '1800' })];
    expect(await send('reads', more)).toMatchObject({ status: 201, body: { taken: 1, unchanged: 2 } });
    const other = await send('reads', [read({ value: '1501' })]);
    expect([other.status, other.body.code, ...codesOf(other)]).toEqual([
      ...[422, 'BAD_ROWS', '#/rows/0/sourceId SOURCE_ID_REUSED'],
    ]);
    expect(await system.db.MeterRead.count()).toBe(5);
    const shown = (await api.get(`/feeds/chunks/${taken.body.chunkId}`, token.ada)).body;
    expect(shown).toEqual(taken.body);
  });

  it('with bad rows is answered all of them, by their places, and takes none', async () => {
    const answer = await send(
      'reads',
      [
        read(),
        read({ sourceId: 'S-2', meterSerial: 'M-0' }),
        read({ sourceId: 'S-3', readOn: addDays(town.today, 1) }),
        read({ sourceId: 'S-4', readOn: ago(10), value: '1100' }),
        read({ sourceId: 'S-5', readOn: town.today, value: '900' }),
        read({ sourceId: 'S-6', readOn: town.today, value: '99999999' }),
        read({ value: '1' }),
      ],
      'k1',
    );
    expect([answer.status, answer.body.code]).toEqual([422, 'BAD_ROWS']);
    expect(codesOf(answer)).toEqual([
      '#/rows/1/meterSerial METER_UNKNOWN',
      '#/rows/2/readOn READ_IN_FUTURE',
      '#/rows/3/readOn READ_BEFORE_LAST',
      '#/rows/4/value READ_BELOW_LAST',
      '#/rows/5/value READ_TOO_MANY_DIGITS',
      '#/rows/6/sourceId SOURCE_ID_REUSED',
    ]);
    expect(await system.db.MeterRead.count()).toBe(2);
    expect(await system.db.FeedRow.count()).toBe(0);
    const { chunkId } = answer.body.details;
    expect((await api.get(`/feeds/chunks/${chunkId}`, token.ada)).body).toMatchObject({ status: 'REFUSED' });
    expect((await send('reads', [read()])).body).toMatchObject({ taken: 1 });
    expect((await api.post('/feeds/reads', { rows: [read({ value: 'x' }), {}] }, token.ada)).body).toMatchObject({
      code: 'MALFORMED',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '#/rows/0/value' })]),
    });
  });

  it('takes a register that passed its end, and comes neither after a stop whose read is missing nor before it', async () => {
    await system.db.sequelize.transaction(() =>
      system.db.MeterRead.update({ value: '999000' }, { where: { meterId: town.meterId } }),
    );
    expect((await send('reads', [read({ value: '500' })])).body).toMatchObject({ taken: 1 });
    expect(await system.db.MeterRead.findOne({ where: { value: '500' } })).toMatchObject({ rollover: true });
    const caseId = await moveOut({ stopDate: ago(1), vacateDate: ago(1) });
    const late = await send('reads', [read({ sourceId: 'S-2', readOn: town.today, value: '700' })]);
    expect(codesOf(late)).toEqual(['#/rows/0/readOn READ_AFTER_STOP']);
    await fieldReads(caseId, '600');
    const stopRead = await system.db.MeterRead.findOne({ where: { source: 'SYSTEM_PRORATED' }, rejectOnEmpty: true });
    const same = await send('reads', [read({ sourceId: 'S-3', readOn: stopRead.readOn, value: '9999' })]);
    expect(codesOf(same)).toEqual(['#/rows/0/readOn READ_BEFORE_LAST']);
    expect(await system.db.MeterRead.findByPk(stopRead.id)).toEqual(stopRead);
  });

  it('after a stop read holds its correction below what the meter showed then', async () => {
    const caseId = await moveOut({ stopDate: ago(1), vacateDate: ago(1) });
    await fieldReads(caseId, '4500', ago(1));
    expect((await send('reads', [read({ readOn: town.today, value: '4600' })])).status).toBe(201);
    await system.desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    const correct = (value: string) =>
      system.desk.decide(town.users.cora, 'CORRECT_FINAL_BILL', 'CORRECT_READ', {
        reads: [{ meterId: town.meterId, value, readOn: ago(1), source: 'ACTUAL' }],
      });
    await expect(correct('4700')).rejects.toMatchObject({ cause: { type: 'READ_ABOVE_NEXT' } });
    expect(await correct('4550')).toMatchObject({ status: 'APPLIED' });
    await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
  });

  it('sent several times at once, in any order, is taken once', async () => {
    const rows = Array.from({ length: 6 }, (_, i) =>
      read({ sourceId: `S-${i}`, readOn: ago(6 - i), value: String(1100 + i) }),
    );
    const answers = await Promise.all([rows, rows, rows, [...rows.slice(0, 3)]].map((each) => send('reads', each)));
    expect(answers.map(({ status }) => status < 300)).toEqual([true, true, true, true]);
    expect(answers.reduce((sum, { body }) => sum + body.taken, 0)).toBe(6);
    expect(await system.db.MeterRead.count()).toBe(2 + 6);
    const [one, two] = await Promise.all(
      ['1900', '1901'].map((value) => send('reads', [read({ sourceId: 'T', readOn: town.today, value })])),
    );
    expect([one?.status, two?.status].sort()).toEqual([201, 422]);
    const same = await Promise.all([1, 2, 3].map(() => send('reads', rows, 'k1')));
    expect(new Set(same.map(({ body }) => body.chunkId)).size).toBe(1);
  });
});

describe('a feed of bills', () => {
  beforeEach(async () => {
    await setUp();
    await system.startWorker();
  });

  it('issues the bill, moves what is billed, and shows it', async () => {
    expect(codesOf(await send('bills', [bill()]))).toEqual(['#/rows/0/billedThrough BILL_READ_MISSING']);
    await send('reads', [read()]);
    expect(await send('bills', [bill()])).toMatchObject({ status: 201, body: { taken: 1 } });
    expect(await send('bills', [bill()])).toMatchObject({ status: 200, body: { unchanged: 1 } });
    const now = await account();
    expect(now).toMatchObject({ balanceCents: 1150 + 58 + 280, bills: [{ kind: 'REGULAR', totalCents: 1488 }] });
    expect(now.agreements.map(({ lastBilledThrough }: { lastBilledThrough: string }) => lastBilledThrough)).toEqual([
      ...[ago(3), ago(3)],
    ]);
    const shown = (await api.get(`/bills/${now.bills[0].billNumber}`, token.cora)).body;
    expect(shown).toMatchObject({
      ...{ kind: 'REGULAR', periodFrom: ago(9), periodThrough: ago(3), caseId: null, revision: null, approvedBy: null },
      lines: [
        { serviceCode: 'WATER', kind: 'SERVICE', amountCents: 1150 },
        { serviceCode: 'WATER', kind: 'TAX', amountCents: 58 },
        { serviceCode: 'REFUSE', kind: 'SERVICE', amountCents: 280 },
      ],
    });
    const ledger = (await api.get(`/accounts/${town.accountNumber}/ledger`, token.cora)).body.data[0];
    expect(ledger).toMatchObject({ kind: 'REGULAR_BILL', receivableCents: 1488 });
    const gas = {
      sourceId: 'B-4',
      lines: [
        { serviceCode: 'REFUSE', amountCents: 1 },
        { serviceCode: 'GAS', amountCents: 1 },
      ],
    };
    const twice = await send('bills', [
      bill({ sourceId: 'B-2' }),
      bill({ sourceId: 'B-3', accountNumber: 'A0' }),
      bill({ ...gas, billedThrough: town.today }),
    ]);
    expect(codesOf(twice)).toEqual([
      '#/rows/0/billedThrough DAY_BILLED_TWICE',
      '#/rows/1/accountNumber ACCOUNT_UNKNOWN',
      '#/rows/2/lines/1/serviceCode SERVICE_UNKNOWN',
    ]);
  });

  it('during an open move-out shortens the final bill, and no day is billed twice', async () => {
    const caseId = await moveOut();
    await send('reads', [read()]);
    const past = await send('bills', [bill({ billedThrough: addDays(town.today, 1) })]);
    expect(codesOf(past)).toEqual(['#/rows/0/billedThrough BILLED_IN_FUTURE']);
    expect((await send('bills', [bill()])).status).toBe(201);
    await fieldReads(caseId);
    await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
    const draft = (await api.get(`/cases/${caseId}/final-bill`, token.cora)).body;
    // 3 of 30 days of $10 and $12, and 3,000 gallons since the read of the bill.
    expect(draft).toMatchObject({ periodFrom: ago(2), periodThrough: town.today, totalCents: 100 + 900 + 120 });

    const blocked = await send('bills', [bill({ sourceId: 'B-2', billedThrough: town.today })]);
    expect(codesOf(blocked)).toEqual(['#/rows/0/accountNumber FINAL_BILL_DRAFTED']);
    expect(blocked.body.errors[0].detail).toContain(caseId);
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.ended(caseId);
    const bills = (await account()).bills.map(({ billNumber }: { billNumber: string }) => billNumber);
    const periods = await Promise.all(
      bills.map(async (number: string) => (await api.get(`/bills/${number}`, token.cora)).body),
    );
    expect(periods.map(({ kind, periodFrom, periodThrough }) => [kind, periodFrom, periodThrough])).toEqual([
      ['FINAL', ago(2), town.today],
      ['REGULAR', ago(9), ago(3)],
    ]);
    await system.desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    const after = await send('bills', [bill({ sourceId: 'B-3', billedThrough: town.today })]);
    expect(codesOf(after)).toEqual(['#/rows/0/accountNumber ACCOUNT_NOT_BILLED']);
  });

  it('is not taken past the stop date', async () => {
    await moveOut({ stopDate: ago(5), vacateDate: ago(5) });
    expect(codesOf(await send('bills', [bill()]))).toEqual(['#/rows/0/billedThrough BILLED_PAST_STOP']);
  });
});

describe('a feed of payments', () => {
  it('posts to the account, each receipt once, as at the desk', async () => {
    await setUp({ openingCents: 2000 });
    await system.startWorker();
    const rows = [payment(), payment({ receiptNumber: 'R-2', amountCents: 700 })];
    expect(await send('payments', rows)).toMatchObject({ status: 201, body: { taken: 2 } });
    expect(await send('payments', rows)).toMatchObject({ status: 200, body: { taken: 0, unchanged: 2 } });
    expect((await account()).balanceCents).toBe(2000 - 500 - 700);
    const { chunkId } = (await send('payments', rows)).body;
    const cases = (await api.get('/cases?type=PAYMENT', token.cora)).body.data;
    expect(cases).toHaveLength(2);
    expect(cases[0]).toMatchObject({ status: 'COMPLETED', step: 'POSTED', startedBy: { username: 'ada' } });
    expect(cases[0].links.temporal).toContain('/workflows/field-');
    expect(chunkId).not.toBe(cases[0].startedByCase);

    const atDesk = { receiptNumber: 'R-9', amountCents: 1, receivedOn: town.today, method: 'CASH', applyTo: 'ACCOUNT' };
    await api.post(`/accounts/${town.accountNumber}/payments`, atDesk, token.cora);
    const answer = await send('payments', [
      payment({ receiptNumber: 'R-3' }),
      payment({ receiptNumber: 'R-9' }),
      payment({ amountCents: 501 }),
      payment({ receiptNumber: 'R-4', receivedOn: addDays(town.today, 1) }),
      payment({ receiptNumber: 'R-5', accountNumber: 'A0' }),
    ]);
    expect(codesOf(answer)).toEqual([
      '#/rows/1/receiptNumber RECEIPT_USED',
      '#/rows/2/receiptNumber SOURCE_ID_REUSED',
      '#/rows/3/receivedOn PAYMENT_IN_FUTURE',
      '#/rows/4/accountNumber ACCOUNT_UNKNOWN',
    ]);
    expect((await account()).balanceCents).toBe(2000 - 500 - 700 - 1);
  });

  it('sent at once in opposite orders is posted once', async () => {
    await setUp({ openingCents: 2000 });
    await system.startWorker();
    const rows = Array.from({ length: 8 }, (_, i) => payment({ receiptNumber: `R-${i}`, amountCents: 10 }));
    const answers = await Promise.all(
      [rows, [...rows].reverse(), rows, [...rows].reverse()].map((each) => send('payments', each)),
    );
    expect(answers.reduce((sum, { body }) => sum + body.taken, 0)).toBe(8);
    expect((await account()).balanceCents).toBe(2000 - 80);
  });

  it('wakes the settlement that waits for it, and opens one on a closed account', async () => {
    await setUp({ depositCents: 0 });
    await system.startWorker();
    await finalBilled();
    const settlement = await eventually(() =>
      system.db.Case.findOne({ where: { type: 'SETTLEMENT', step: 'BALANCE_DUE' }, rejectOnEmpty: true }),
    );
    const { balanceCents } = await account();
    const halves = [payment({ amountCents: balanceCents - 100 }), payment({ receiptNumber: 'R-2', amountCents: 100 })];
    expect((await send('payments', halves)).status).toBe(201);
    expect(await system.desk.ended(settlement.caseId)).toMatchObject({ step: 'PAID' });
    expect((await account()).status).toBe('CLOSED');

    const late = [3, 4].map((n) => payment({ receiptNumber: `R-${n}`, amountCents: 250 }));
    expect((await send('payments', late)).status).toBe(201);
    const task = await system.desk.openTask('APPROVE_REFUND');
    expect(task.amountCents).toBe(500);
    await system.desk.decide(town.users.sue, 'APPROVE_REFUND', 'APPROVE');
    expect(await system.desk.ended(task.caseId)).toMatchObject({ step: 'REFUND_ISSUED' });
  });
});

describe('a feed that cannot be taken now', () => {
  beforeEach(() => setUp());

  it('is answered 202 without a worker, and taken when one comes', async () => {
    const waiting = await send('reads', [read()], 'k1');
    expect(waiting).toMatchObject({ status: 202, body: { status: 'RECORDED', taken: null } });
    await system.startWorker();
    expect(await send('reads', [read()], 'k1')).toMatchObject({ status: 201, body: { status: 'APPLIED', taken: 1 } });
  });

  it('stands in an incident for what time does not heal, until an operator has it run again', async () => {
    await system.startWorker();
    await system.db.sequelize.query('ALTER TABLE meter_read RENAME TO meter_read_gone');
    const waiting = await send('reads', [read()], 'k1');
    expect(waiting).toMatchObject({ status: 202, body: { status: 'RECORDED' } });
    const { chunkId } = waiting.body;
    const incident = { where: { caseId: chunkId, status: 'OPEN' as const }, rejectOnEmpty: true as const };
    expect(await eventually(() => system.db.Incident.findOne(incident))).toMatchObject({ code: 'UNEXPECTED' });
    await system.db.sequelize.query('ALTER TABLE meter_read_gone RENAME TO meter_read');
    const retry = { action: 'RETRY', reason: 'the table is back' };
    expect(await api.post(`/cases/${chunkId}/incident`, retry, token.olive)).toMatchObject({ status: 200 });
    expect(await send('reads', [read()], 'k1')).toMatchObject({ status: 201, body: { taken: 1 } });
    expect(await system.db.Incident.count({ where: { status: 'OPEN' } })).toBe(0);
    expect(await api.post(`/cases/${chunkId}/incident`, retry, token.olive)).toMatchObject({ status: 404 });
  });
});

describe('the changes', () => {
  beforeEach(async () => {
    await setUp();
    await system.startWorker();
  });

  it('tell a move-out, its final bill and the landlord in the order of their commits, and name nobody', async () => {
    const forwardingAddress = { line1: '1 New Street', city: 'Millbrook', state: 'CO', postalCode: '80001' };
    expect(await changes()).toEqual({ data: [], after: 0 });
    const caseId = await moveOut({ forwardingAddress });
    await fieldReads(caseId);
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    const all = await eventually(async () => {
      const found = await changes();
      expect(found.data).toHaveLength(6);
      return found;
    });
    type Told = { seq: number; kind: string; accountNumber: string; onDate: string; data: Record<string, unknown> };
    const told = all.data as Told[];
    expect(told.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told.map(({ kind, data }) => [kind, data.accountStatus])).toEqual([
      ['ADDRESS_CHANGED', undefined],
      ['STOPPED', expect.stringMatching('PENDING_STOP')],
      ['STOPPED', 'FINAL_PENDING'],
      ['FINAL_BILLED', undefined],
      ['ACTIVATED', 'PENDING_START'],
      ['ACTIVATED', 'ACTIVE'],
    ]);
    expect(new Set(told.slice(0, 4).map(({ accountNumber }) => accountNumber))).toEqual(new Set([town.accountNumber]));
    expect(told[5]).toMatchObject({ onDate: town.today, customerNumber: 'C900002', locationNumber: 'L900001' });
    expect(JSON.stringify(told)).not.toMatch(/Ottoline|Quackenbush|Featherstonehaugh|Zephyrine|New Street/);
    expect(await changes('?after=2&limit=2')).toMatchObject({ data: [{ seq: 3 }, { seq: 4 }], after: 4 });
    expect(await changes('?after=6')).toEqual({ data: [], after: 6 });
  });

  it('tell what was undone when a move-out is canceled after the landlord took over', async () => {
    const caseId = await moveOut();
    await fieldReads(caseId);
    await system.desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await eventually(async () => expect((await changes()).data).toHaveLength(4));
    await system.desk.command(town.users.cora, caseId, 'CANCEL');
    const { data } = await changes('?after=4');
    expect(data.map(({ kind, data: more }: { kind: string; data: object }) => ({ kind, ...more }))).toMatchObject([
      { kind: 'STOPPED', undone: true, serviceCode: 'WATER' },
      { kind: 'ACTIVATED', undone: true, serviceCode: 'WATER' },
      { kind: 'STOPPED', undone: true, serviceCode: 'REFUSE' },
      { kind: 'ACTIVATED', undone: true, serviceCode: 'REFUSE' },
    ]);
  });
});

describe('what finance fetches', () => {
  beforeEach(async () => {
    await setUp({ openingCents: 300 });
    await system.startWorker();
  });
  const linesOf = (csv: string) =>
    csv
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));

  it('is the general ledger by day, account and service, which balances', async () => {
    await finalBilled();
    const answer = await api.get(`/feeds/general-ledger?from=${ago(300)}&to=${town.today}`, token.ada);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="general-ledger-/);
    const [head, ...lines] = linesOf(answer.body);
    expect(head).toEqual(['entryOn', 'ledgerAccount', 'serviceCode', 'debitCents', 'creditCents']);
    expect(lines).toContainEqual([town.today, 'REVENUE', 'REFUSE', '0', '400']);
    const sum = (column: number) => lines.reduce((total, line) => total + Number(line[column]), 0);
    expect(sum(3)).toBe(sum(4));
    expect(sum(3)).toBeGreaterThan(0);
    for (const range of [`from=${town.today}&to=${ago(1)}`, `from=${ago(400)}&to=${town.today}`, 'from=2026-01-01']) {
      expect((await api.get(`/feeds/general-ledger?${range}`, token.ada)).status).toBe(400);
    }
  });

  it('is each issued refund in one file, even when two are made at once', async () => {
    const make = () => api.post('/refund-files', {}, token.cora);
    expect(await make()).toMatchObject({ status: 422, body: { code: 'NO_REFUNDS' } });
    await finalBilled({
      forwardingAddress: { line1: '=1 New Street', city: 'Millbrook', state: 'CO', postalCode: '80001' },
    });
    await system.desk.decide(town.users.sue, 'APPROVE_REFUND', 'APPROVE');
    const answers = await Promise.all([make(), make(), make()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    const { fileNumber, totalCents } = answers.find(({ status }) => status === 201)!.body;
    const refund = await system.db.Refund.findOne({ where: { status: 'ISSUED' }, rejectOnEmpty: true });
    expect([totalCents, refund.refundFileId]).toEqual([refund.amountCents, 1]);
    const list = (await api.get('/refund-files', token.sue)).body;
    expect(list).toMatchObject({
      data: [{ fileNumber, refundCount: 1, madeBy: { username: 'cora' } }],
      nextCursor: null,
    });
    const file = await api.get(`/refund-files/${fileNumber}`, token.sue);
    expect(linesOf(file.body)[1]).toEqual([
      ...[refund.refundNumber, town.accountNumber, 'Ottoline Quackenbush', "'=1 New Street", ''],
      ...['Millbrook', 'CO', '80001', String(totalCents), 'US'],
    ]);
    expect((await api.get('/refund-files/RF000002', token.sue)).status).toBe(404);
    expect((await api.get('/refund-files/RF0000001', token.sue)).status).toBe(404);
  });
});
