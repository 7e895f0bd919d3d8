import { canonicalJson, sha256 } from '../../db/canonical';
import { correctRead } from '../../db/records/meter-reads';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<keyof SmallTown['users'], string>;
const flat = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
});
afterEach(async () => {
  await api.close();
  await system.end();
});

/** The tenant was final billed for 3,500 gallons, $17.83: base $3.33, usage $10.50, refuse $4.00. */
async function finalBilled(options: SmallTownOptions = {}): Promise<string> {
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  await flat.report(caseId, '4500');
  await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await system.desk.ended(caseId);
  const [bill] = (await accountNow()).bills;
  expect(bill).toMatchObject({ status: 'POSTED', totalCents: 1783 });
  return bill.billNumber;
}

async function refundPaid(amountCents: number): Promise<void> {
  const task = await eventually(async () => {
    const found = await system.desk.openTask('APPROVE_REFUND');
    expect(found.amountCents).toBe(amountCents);
    return found;
  });
  await system.desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE', {}, task.caseId);
  await system.desk.ended(task.caseId);
}

const pay = (receiptNumber: string, amountCents: number) =>
  system.desk.pay(town.users.cora, {
    ...{ accountId: town.accountId, accountNumber: town.accountNumber, receiptNumber, amountCents },
    ...{ receivedOn: town.today, method: 'CASH', applyTo: 'ACCOUNT' },
  });

const readOf = (value: string) => ({ meterId: town.meterId, value, readOn: town.today, source: 'ACTUAL' });
const ask = (
  billNumber: string,
  better: object | string,
  who: keyof SmallTown['users'] = 'cora',
  key?: string,
): Promise<Answered> => {
  const said = typeof better === 'string' ? { reads: [readOf(better)] } : better;
  return api.post(
    `/bills/${billNumber}/cancel`,
    { reason: 'The read was of the next meter', ...said },
    token[who],
    key,
  );
};
const decide = async (who: keyof SmallTown['users'], outcome: string, comment?: string): Promise<Answered> => {
  const { id, version } = await system.desk.openTask('APPROVE_CORRECTION');
  return api.post(`/tasks/${id}/complete`, { version, outcome, comment }, token[who]);
};
async function corrected(billNumber: string, better: object | string): Promise<string> {
  const { status, body } = await ask(billNumber, better);
  expect([status, body.status, body.step]).toEqual([201, 'OPEN', 'AWAITING_APPROVAL']);
  expect((await decide('sam', 'APPROVE')).status).toBe(200);
  return (await billNow(billNumber)).canceledBy.replacement as string;
}
const billNow = async (billNumber: string) => (await api.get(`/bills/${billNumber}`, token.cora)).body;
const accountNow = async () => (await api.get(`/accounts/${town.accountNumber}`, token.cora)).body;
const standsAt = (status: string, balanceCents: number, held = 0) =>
  eventually(async () => expect(await accountNow()).toMatchObject({ status, balanceCents, depositsHeldCents: held }));
const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];

/** Every row of these tables, as the database has it. */
async function rowsOf(...tables: string[]): Promise<Record<string, unknown[]>> {
  const dumped: Record<string, unknown[]> = {};
  for (const table of tables)
    [dumped[table] = []] = (await system.db.sequelize.query(`SELECT * FROM ${table}`)) as [unknown[], unknown];
  return dumped;
}
/** What an entry moved, by ledger account and service. */
async function movedBy(entryKey: string): Promise<string[]> {
  const entry = await system.db.JournalEntry.findOne({ where: { entryKey }, rejectOnEmpty: true });
  const postings = await system.db.Posting.findAll({ where: { entryId: entry.id }, order: ['id'] });
  return postings.map(
    ({ ledgerAccount, serviceCode, amountCents }) => `${ledgerAccount} ${serviceCode} ${amountCents}`,
  );
}

describe('rule 20: cancel and rebill', () => {
  it('keeps the issued bill as it was, moves the difference alone and pays a second refund', async () => {
    const billNumber = await finalBilled();
    await refundPaid(10_000 - 1783);
    await standsAt('CLOSED', 0);
    const before = await rowsOf('bill', 'bill_line', 'bill_revision', 'journal_entry', 'posting', 'meter_read');

    const asked = await ask(billNumber, '3500');
    expect(codeOf(asked)).toEqual([201, 'OPEN']);
    const { caseId } = asked.body;
    // Nothing but the draft is there before the second person has approved.
    const waiting = await rowsOf('bill', 'bill_line', 'journal_entry', 'posting', 'meter_read');
    expect(waiting).toEqual({ ...before, bill_revision: undefined });
    const draft = (await api.get(`/cases/${caseId}/final-bill`, token.sam)).body;
    expect(draft).toMatchObject({
      totalCents: 1483,
      status: 'DRAFT',
      content: { replaces: { billNumber, totalCents: 1783 } },
    });
    const task = await system.desk.openTask('APPROVE_CORRECTION');
    expect((await api.get(`/tasks/${task.id}`, token.sam)).body).toMatchObject({
      amountCents: -300,
      subject: {
        billNumber,
        fromCents: 1783,
        totalCents: 1483,
        differenceCents: -300,
        reason: 'The read was of the next meter',
      },
    });
    expect((await api.get(`/cases/${caseId}`, token.cora)).body.waitsFor).toMatch(
      /^Waits for a supervisor to approve the corrected bill/,
    );
    expect(codeOf(await decide('sam', 'APPROVE'))).toEqual([200, 'APPLIED']);

    const canceled = await billNow(billNumber);
    const link = {
      ...{ canceled: billNumber, caseId, differenceCents: -300, reason: 'The read was of the next meter' },
      ...{ requestedBy: { username: 'cora' }, approvedBy: { username: 'sam' }, correctedOn: town.today },
    };
    expect(canceled).toMatchObject({ status: 'CANCELED', totalCents: 1783, replaces: null, canceledBy: link });
    const replacement = await billNow(canceled.canceledBy.replacement);
    expect(replacement).toMatchObject({ status: 'POSTED', totalCents: 1483, canceledBy: null, replaces: link });

    // The rows of before are byte for byte what they were, but for the status of the bill.
    const after = await rowsOf('bill', 'bill_line', 'bill_revision', 'journal_entry', 'posting');
    for (const [table, rows] of Object.entries(after)) {
      const was = before[table]!.map((row) =>
        table === 'bill' ? { ...(row as object), status: 'CANCELED', final_key: null } : row,
      );
      expect(rows.slice(0, was.length)).toEqual(was);
    }
    expect(await movedBy(`bill/${replacement.billNumber}`)).toEqual(['RECEIVABLE WATER -300', 'REVENUE WATER 300']);

    await refundPaid(300);
    await standsAt('CLOSED', 0);
    const [water] = (await api.get(`/locations/${town.locationNumber}`, token.cora)).body.servicePoints;
    expect(water.meter.lastRead).toMatchObject({ value: '3500.000' });
    const refunds = await system.db.Refund.findAll({ where: { status: 'ISSUED' }, order: ['id'] });
    expect(refunds.map(({ amountCents }) => amountCents)).toEqual([8217, 300]);
    const timeline = (await api.get(`/cases/${caseId}/timeline?limit=100`, token.olive)).body.data.map(
      ({ text }: { text: string }) => text,
    );
    expect(timeline).toContain(`The bill ${replacement.billNumber} of $14.83 took the place of ${billNumber}.`);
    expect(canonicalJson(timeline)).not.toContain('next meter');
    await invariantsHold(system);
  });

  it('makes a refund that was too high a receivable, which is paid', async () => {
    const billNumber = await finalBilled();
    await refundPaid(8217);
    const replacement = await corrected(billNumber, '5500');
    await standsAt('FINAL_BILLED', 300);
    expect(await movedBy(`bill/${replacement}`)).toEqual(['RECEIVABLE WATER 300', 'REVENUE WATER -300']);
    const { caseId } = await flat.openCaseOf('SETTLEMENT');
    await flat.stepOf(caseId, 'BALANCE_DUE');
    await pay('R-1', 300);
    await system.desk.ended(caseId);
    await standsAt('CLOSED', 0);
    await invariantsHold(system);
  });

  it('while a refund waits for approval: applies more of the deposit, and drops the refund where nothing is left of it', async () => {
    const billNumber = await finalBilled({ depositCents: 2000 });
    const refund = await system.desk.openTask('APPROVE_REFUND');
    expect(refund.amountCents).toBe(217);

    // 2,534 cents: the deposit covers 2,000 of them.
    const replacement = await corrected(billNumber, '7000');
    expect(await movedBy(`deposit/${replacement}`)).toEqual(['DEPOSITS_HELD WATER 217', 'RECEIVABLE WATER -217']);
    await standsAt('FINAL_BILLED', 533);
    await eventually(async () => expect((await system.db.Case.findByPk(refund.caseId))?.step).toBe('BALANCE_DUE'));
    expect((await system.db.HumanTask.findByPk(refund.id))?.status).toBe('CANCELED');
    expect(await system.db.Refund.count({ where: { status: 'REQUESTED' } })).toBe(0);
    expect(await system.db.Case.count({ where: { type: 'SETTLEMENT' } })).toBe(1);

    // And back: the next correction gives the refund back, which is asked for anew.
    await corrected(replacement, '4000');
    await refundPaid(2000 - 1633);
    await standsAt('CLOSED', 0);
    await invariantsHold(system);
  });

  it('while a balance is due: the settlement that waits for it goes on with what is due now', async () => {
    const billNumber = await finalBilled({ depositCents: 0 });
    await standsAt('FINAL_BILLED', 1783);
    await corrected(billNumber, '3500');
    await standsAt('FINAL_BILLED', 1483);
    expect(await system.db.Case.count({ where: { type: 'SETTLEMENT' } })).toBe(1);
    const { caseId } = await flat.openCaseOf('SETTLEMENT');
    await pay('R-1', 1483);
    await system.desk.ended(caseId);
    await standsAt('CLOSED', 0);
    await invariantsHold(system);
  });

  it('is corrected as often as it was wrong; what the journal has in all is the bill in force', async () => {
    const first = await finalBilled({ depositCents: 0 });
    const second = await corrected(first, '3500');
    const third = await corrected(second, '5000');
    expect(await movedBy(`bill/${third}`)).toEqual(['RECEIVABLE WATER 450', 'REVENUE WATER -450']);
    expect(await billNow(second)).toMatchObject({
      ...{ status: 'CANCELED', replaces: { canceled: first }, canceledBy: { replacement: third } },
    });
    await standsAt('FINAL_BILLED', 1933);
    expect((await accountNow()).bills.map(({ status }: { status: string }) => status)).toEqual([
      'POSTED',
      'CANCELED',
      'CANCELED',
    ]);
    expect(codeOf(await ask(third, '5000'))).toEqual([422, 'NOTHING_TO_CORRECT']);
    expect(codeOf(await ask(first, '3000'))).toEqual([409, 'BILL_CANCELED']);
    await invariantsHold(system);
  });

  it('at another rate, which the agreement has from then on', async () => {
    const billNumber = await finalBilled({ depositCents: 0 });
    await system.db.sequelize.transaction(async () => {
      const rate = await system.db.Rate.create({
        code: 'LOW',
        serviceCode: 'WATER',
        name: 'Low income',
        isDefault: false,
      });
      const [version] = await system.db.RateVersion.findAll({ order: ['id'] });
      const definition = version!.definition.replace('"3.00"', '"2.00"');
      const row = { effectiveFrom: version!.effectiveFrom, definition, definitionHash: sha256(definition) };
      await system.db.RateVersion.create({ ...row, rateId: rate.id, publishedAt: new Date() });
    });
    const replacement = await corrected(billNumber, { rates: [{ serviceCode: 'WATER', rateCode: 'LOW' }] });
    expect(await movedBy(`bill/${replacement}`)).toEqual(['RECEIVABLE WATER -350', 'REVENUE WATER 350']);
    const { agreements } = await accountNow();
    expect(agreements.map(({ rateCode }: { rateCode: string }) => rateCode)).toEqual(['LOW', 'RES-REFUSE']);
    await invariantsHold(system);
  });

  it('moves the begin of whoever followed too, and names them where they were billed with the wrong read', async () => {
    const billNumber = await finalBilled();
    await system.desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    const landlord = await eventually(() =>
      system.db.ServiceAgreement.findOne({ where: { serviceCode: 'WATER', status: 'ACTIVE' }, rejectOnEmpty: true }),
    );
    const { accountNumber } = await system.db.Account.findByPk(landlord.accountId, { rejectOnEmpty: true });
    const { caseId } = (await ask(billNumber, '3500')).body;
    expect((await decide('sam', 'REJECT', 'Not so')).status).toBe(200);
    expect((await system.desk.ended(caseId)).status).toBe('CANCELED');
    await system.db.sequelize.transaction(() => landlord.update({ lastBilledThrough: town.today }));
    const asked = await ask(billNumber, '3500');
    expect(asked.body.warnings).toEqual([
      { code: 'READ_BILLED_TOO', pointer: '#/reads', message: expect.stringContaining(accountNumber) },
    ]);
    expect((await decide('sam', 'APPROVE')).status).toBe(200);
    await landlord.reload();
    expect(await system.db.MeterRead.findByPk(landlord.startReadId!)).toMatchObject({
      value: '3500.000',
      source: 'ACTUAL',
    });
  });
});

describe("a draft that waits while another bill's correction moves the read that it begins with", () => {
  it('cannot be approved as it is; sent back, it is worked out from the read that is right', async () => {
    town = await makeSmallTown(system.db);
    await system.startWorker();
    api = await testApi(system);
    token = await api.allSignedIn(town.users);
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '4500');
    const task = await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
    await inTransaction(system.db, 1, async (tx) => {
      const where = { accountId: town.accountId, serviceCode: 'WATER' };
      const agreement = await tx.db.ServiceAgreement.findOne({ where, rejectOnEmpty: true });
      const wrong = await tx.db.MeterRead.findByPk(agreement.lastBilledReadId ?? 0, { rejectOnEmpty: true });
      const meter = await tx.db.Meter.findByPk(wrong.meterId, { rejectOnEmpty: true });
      const right = { meterId: meter.id, value: '1500', readOn: wrong.readOn, source: 'ACTUAL' as const };
      const read = await correctRead(tx, meter, wrong, right, caseId);
      await agreement.update({ lastBilledReadId: read.id });
    });
    const complete = (outcome: string, comment?: string) =>
      api.post(`/tasks/${task.id}/complete`, { version: task.version, outcome, comment }, token.sue);
    expect(codeOf(await complete('APPROVE'))).toEqual([409, 'DRAFT_STALE']);
    expect((await complete('SEND_BACK', 'The begin read was corrected')).status).toBe(200);
    await system.desk.decide(town.users.cora, 'CORRECT_FINAL_BILL', 'REDRAFT');
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.ended(caseId);
    const [bill] = (await accountNow()).bills;
    expect(bill).toMatchObject({ status: 'POSTED', totalCents: 1783 - 150 });
  });
});

describe('a correction is asked for by one person and approved by another', () => {
  it('who asked does not approve it, a supervisor neither; nobody below it does', async () => {
    const billNumber = await finalBilled();
    expect((await ask(billNumber, '3500', 'sam')).status).toBe(201);
    expect(codeOf(await decide('sam', 'APPROVE'))).toEqual([403, 'OWN_WORK']);
    expect(codeOf(await decide('cora', 'APPROVE'))).toEqual([403, 'ROLE']);
    expect(codeOf(await ask(billNumber, '3500', 'fred'))).toEqual([403, 'ROLE']);
    expect((await billNow(billNumber)).status).toBe('POSTED');
    expect(codeOf(await decide('sue', 'APPROVE'))).toEqual([200, 'APPLIED']);
    expect((await billNow(billNumber)).canceledBy).toMatchObject({
      requestedBy: { username: 'sam' },
      approvedBy: { username: 'sue' },
    });
  });

  it('rejected or taken back, it leaves the bill, the money and the reads as they were', async () => {
    const billNumber = await finalBilled();
    const tables = [
      'bill',
      'bill_line',
      'journal_entry',
      'posting',
      'meter_read',
      'service_agreement',
      'bill_correction',
    ];
    const before = await rowsOf(...tables);
    const rejected = (await ask(billNumber, '3500')).body.caseId;
    expect(codeOf(await decide('sam', 'REJECT'))).toEqual([422, 'REASON_REQUIRED']);
    expect((await decide('sam', 'REJECT', 'The read was right')).status).toBe(200);
    const taken = (await ask(billNumber, '3500')).body.caseId;
    expect(codeOf(await api.post(`/cases/${taken}/cancel`, { reason: 'My mistake' }, token.cora))).toEqual([
      200,
      'APPLIED',
    ]);
    for (const caseId of [rejected, taken])
      expect(await system.desk.ended(caseId)).toMatchObject({ status: 'CANCELED', step: 'CANCELED' });
    expect(await rowsOf(...tables)).toEqual(before);
    expect(await system.db.BillRevision.count({ where: { status: 'DRAFT' } })).toBe(0);
    await invariantsHold(system);
  });

  it('approved after something else has changed it is refused, and can be rejected', async () => {
    const billNumber = await finalBilled();
    await ask(billNumber, { rates: [], reads: [readOf('3500')] });
    await system.db.sequelize.transaction(() =>
      system.db.MeterRead.update({ value: '3600' }, { where: { readOn: town.today } }),
    );
    // The read that was said is the truth whatever the wrong one was.
    const [version] = await system.db.RateVersion.findAll({ order: ['id'] });
    await system.db.sequelize.transaction(() =>
      version!.update({ definition: version!.definition.replace('"3.00"', '"2.00"') }),
    );
    expect(codeOf(await decide('sam', 'APPROVE'))).toEqual([409, 'CORRECTION_STALE']);
    expect((await billNow(billNumber)).status).toBe('POSTED');
    expect((await decide('sam', 'REJECT', 'The rate was published anew')).status).toBe(200);
  });
});

describe('a request for a correction', () => {
  it('sent again is one case; another one waits for the first to end', async () => {
    const billNumber = await finalBilled();
    const first = await ask(billNumber, '3500', 'cora', 'key-1');
    const again = await ask(billNumber, '3500', 'cora', 'key-1');
    expect(again.body).toEqual(first.body);
    expect(codeOf(await ask(billNumber, '3400', 'cora', 'key-1'))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const other = await ask(billNumber, '3400', 'cliff');
    expect(codeOf(other)).toEqual([409, 'CASE_OPEN']);
    expect(other.body.details).toEqual({ caseId: first.body.caseId });
    expect(await system.db.Case.count({ where: { type: 'CORRECTION' } })).toBe(1);
    expect((await decide('sam', 'APPROVE')).status).toBe(200);
    await ask(billNumber, '3500', 'cora', 'key-1');
    expect(await system.db.BillCorrection.count()).toBe(1);
    expect(await system.db.Bill.count()).toBe(2);
  });

  it('is refused with the field at fault and leaves nothing behind', async () => {
    const billNumber = await finalBilled();
    const refusedAt = async (better: object, who: keyof SmallTown['users'] = 'cora') => {
      const { status, body } = await ask(billNumber, better, who);
      return [status, body.code, body.errors?.[0]?.pointer];
    };
    expect(await refusedAt({})).toEqual([422, 'NOTHING_TO_CORRECT', undefined]);
    expect(await refusedAt({ reads: [{ ...readOf('3500'), meterId: 999 }] })).toEqual([
      422,
      'READ_NOT_OF_BILL',
      '#/reads/0',
    ]);
    expect(await refusedAt({ reads: [readOf('500')] })).toEqual([422, 'READ_BELOW_LAST', '#/reads/0/value']);
    expect(await refusedAt({ reads: [readOf('3500'), readOf('3600')] })).toEqual([422, 'READ_TWICE', '#/reads/1']);
    const rate = (serviceCode: string, rateCode: string) => ({ rates: [{ serviceCode, rateCode }] });
    expect(await refusedAt(rate('SEWER', 'X'))).toEqual([422, 'SERVICE_UNKNOWN', '#/rates/0/serviceCode']);
    expect(await refusedAt(rate('WATER', 'X'))).toEqual([422, 'RATE_UNKNOWN', '#/rates/0/rateCode']);
    expect(await refusedAt(rate('WATER', 'RES-WATER'))).toEqual([422, 'RATE_UNCHANGED', '#/rates/0/rateCode']);
    expect(await refusedAt({ reason: '' })).toEqual([400, 'MALFORMED', '#/reason']);
    expect(codeOf(await ask('B9999999', '3500'))).toEqual([404, 'NOT_FOUND']);
    expect(await system.db.Case.count({ where: { type: 'CORRECTION' } })).toBe(0);
    expect(await system.db.BillRevision.count()).toBe(1);
  });
});
