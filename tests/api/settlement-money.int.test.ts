import { addDays } from '../../domain/dates';
import type { Settings } from '../../domain/settings';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { deposit, scratchForm } from '../support/set-up';
import { makeFlats, makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
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

async function begin(options: SmallTownOptions = {}, policy: Partial<Settings> = {}): Promise<void> {
  town = await makeSmallTown(system.db, options);
  await inTransaction(system.db, 1, async (tx) => {
    for (const name of Object.keys(policy) as (keyof Settings)[]) await putSetting(tx, name, policy[name]!);
  });
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
}

/** The tenant was final billed for 3,500 gallons, $17.83. */
async function finalBilled(): Promise<void> {
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  await flat.report(caseId, '4500');
  await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await system.desk.ended(caseId);
}

/** The tenant has another flat, with an account that owes nothing. */
async function secondAccount(): Promise<{ id: number; accountNumber: string }> {
  const [other] = await makeFlats(system.db, 1, { depositCents: 0 });
  const { customerId } = await system.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });
  await system.db.sequelize.transaction(() =>
    system.db.Account.update({ customerId }, { where: { id: other!.accountId } }),
  );
  return { id: other!.accountId, accountNumber: other!.accountNumber };
}

const transfer = (body: object, key?: string, who: keyof SmallTown['users'] = 'cora') =>
  api.post(`/accounts/${town.accountNumber}/transfers`, { reason: 'Asked at the counter', ...body }, token[who], key);
const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
const accountNow = async (accountNumber = town.accountNumber) =>
  (await api.get(`/accounts/${accountNumber}`, token.cora)).body;
const standsAt = (status: string, balanceCents: number, depositsHeldCents = 0) =>
  eventually(async () => expect(await accountNow()).toMatchObject({ status, balanceCents, depositsHeldCents }));
async function movedBy(entryKey: string): Promise<string[]> {
  const entry = await system.db.JournalEntry.findOne({ where: { entryKey }, rejectOnEmpty: true });
  const postings = await system.db.Posting.findAll({ where: { entryId: entry.id }, order: ['id'] });
  return postings.map((line) => `${line.accountId} ${line.ledgerAccount} ${line.serviceCode} ${line.amountCents}`);
}
const pay = (receiptNumber: string, amountCents: number) =>
  system.desk.pay(town.users.cora, {
    ...{ accountId: town.accountId, accountNumber: town.accountNumber, receiptNumber, amountCents },
    ...{ receivedOn: town.today, method: 'CASH', applyTo: 'ACCOUNT' },
  });

describe('rule 15 f: what is left goes to another account of the same customer', () => {
  it('rule 15 f: the rest of a deposit as credit there; the refund that waited is dropped and the account closes', async () => {
    await begin();
    await finalBilled();
    const to = await secondAccount();
    const refund = await system.desk.openTask('APPROVE_REFUND');
    const done = await transfer({ toAccountNumber: to.accountNumber, kind: 'CREDIT' }, 'key-1');
    expect(codeOf(done)).toEqual([201, 'APPLIED']);
    expect(done.body.result).toMatchObject({ amountCents: 8217, kind: 'CREDIT' });
    expect(await movedBy(done.body.result.entryKey)).toEqual([
      `${town.accountId} DEPOSITS_HELD WATER 8217`,
      `${to.id} RECEIVABLE null -8217`,
    ]);
    await system.desk.ended(refund.caseId);
    await standsAt('CLOSED', 0);
    expect((await system.db.HumanTask.findByPk(refund.id))?.status).toBe('CANCELED');
    expect((await system.db.Case.findByPk(refund.caseId))?.step).toBe('ZERO');
    expect(await accountNow(to.accountNumber)).toMatchObject({ status: 'ACTIVE', balanceCents: -8217 });
    const { data } = (await api.get(`/accounts/${to.accountNumber}/ledger`, token.cora)).body;
    expect(data[0]).toMatchObject({ kind: 'TRANSFER', receivableCents: -8217, balanceCents: -8217 });
    // Sent again, it is the one that was.
    expect((await transfer({ toAccountNumber: to.accountNumber, kind: 'CREDIT' }, 'key-1')).body).toEqual(done.body);
    expect(await system.db.JournalEntry.count({ where: { kind: 'TRANSFER' } })).toBe(1);
    await invariantsHold(system);
  });

  it('rule 15 f: a part of it; the refund is asked for anew of what stays', async () => {
    await begin();
    await finalBilled();
    const to = await secondAccount();
    await system.desk.openTask('APPROVE_REFUND');
    expect(codeOf(await transfer({ toAccountNumber: to.accountNumber, kind: 'CREDIT', amountCents: 8000 }))).toEqual([
      201,
      'APPLIED',
    ]);
    const task = await eventually(async () => {
      const found = await system.desk.openTask('APPROVE_REFUND');
      expect(found.amountCents).toBe(217);
      return found;
    });
    await system.desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE', {}, task.caseId);
    await system.desk.ended(task.caseId);
    await standsAt('CLOSED', 0);
    await invariantsHold(system);
  });

  it('rule 15 f: as the deposit that the new account waits for: service begins, and it is held since it was paid once', async () => {
    await begin({ askedDepositCents: 5000 });
    await finalBilled();
    const { customerId } = await system.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });
    const { customerNumber } = await system.db.Customer.findByPk(customerId, { rejectOnEmpty: true });
    const form = scratchForm(town, { deposits: [deposit(5000)] });
    const setUp = await system.desk.setUp(town.users.cora, { ...form, customer: { existing: customerNumber } });
    expect(setUp.step).toBe('PENDING_START');
    const toAccountNumber = setUp.accountNumber!;
    const done = await transfer({ toAccountNumber, kind: 'CREDIT', applyTo: 'DEPOSIT' });
    expect(codeOf(done)).toEqual([201, 'APPLIED']);
    expect(done.body.result).toMatchObject({ amountCents: 5000 });
    await system.desk.ended(setUp.caseId);
    expect(await accountNow(toAccountNumber)).toMatchObject({
      status: 'ACTIVE',
      balanceCents: 0,
      depositsHeldCents: 5000,
    });
    const to = await system.db.Account.findOne({ where: { accountNumber: toAccountNumber }, rejectOnEmpty: true });
    const [before, moved] = await system.db.Deposit.findAll({ order: ['id'] });
    expect(moved).toMatchObject({
      ...{ accountId: to.id, amountCents: 5000, transferredFromId: before!.id, heldSince: before!.paidOn },
      ...{ paidOn: town.today, lastInterestOn: town.today },
    });
    await standsAt('FINAL_BILLED', 0, 3217);
    await eventually(async () => expect((await system.desk.openTask('APPROVE_REFUND')).amountCents).toBe(3217));
    await invariantsHold(system);
  });

  it('rule 18: a debt follows its debtor, service by service; the account that owed it closes', async () => {
    await begin({ depositCents: 0 });
    await finalBilled();
    const to = await secondAccount();
    const { caseId } = await flat.openCaseOf('SETTLEMENT');
    const done = await transfer({ toAccountNumber: to.accountNumber, kind: 'DEBT' });
    expect(done.body.result).toMatchObject({ amountCents: 1783 });
    expect(await movedBy(done.body.result.entryKey)).toEqual([
      `${town.accountId} RECEIVABLE REFUSE -400`,
      `${to.id} RECEIVABLE REFUSE 400`,
      `${town.accountId} RECEIVABLE WATER -1383`,
      `${to.id} RECEIVABLE WATER 1383`,
    ]);
    await system.desk.ended(caseId);
    await standsAt('CLOSED', 0);
    expect(await accountNow(to.accountNumber)).toMatchObject({ balanceCents: 1783 });
    await invariantsHold(system);
  });

  it('rule 17: never to anybody else, nor more than there is; a refusal moves nothing', async () => {
    await begin({ depositCents: 2000 });
    const [stranger] = await makeFlats(system.db, 1, { depositCents: 0 }, 7);
    const to = await secondAccount();
    const credit = { toAccountNumber: to.accountNumber, kind: 'CREDIT' };
    expect(codeOf(await transfer(credit))).toEqual([409, 'NOT_FINAL_BILLED']);
    await finalBilled();
    await system.desk.openTask('APPROVE_REFUND');
    expect(codeOf(await transfer({ ...credit, toAccountNumber: stranger!.accountNumber }))).toEqual([
      422,
      'OTHER_CUSTOMER',
    ]);
    expect(codeOf(await transfer({ ...credit, toAccountNumber: 'A9999999' }))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await transfer({ ...credit, amountCents: 218 }))).toEqual([422, 'OVER_TRANSFERABLE']);
    expect(codeOf(await transfer({ ...credit, kind: 'DEBT' }))).toEqual([409, 'NOTHING_TO_TRANSFER']);
    expect(codeOf(await transfer({ ...credit, applyTo: 'DEPOSIT' }))).toEqual([409, 'NO_DEPOSIT_ASKED']);
    expect(codeOf(await transfer({ ...credit, kind: 'DEBT', applyTo: 'DEPOSIT' }))).toEqual([400, 'MALFORMED']);
    expect(codeOf(await transfer(credit, undefined, 'sam'))).toEqual([403, 'ROLE']);
    expect(await system.db.JournalEntry.count({ where: { kind: 'TRANSFER' } })).toBe(0);
  });
});

describe('rule 13: the penalty on a final bill', () => {
  const percent = { kind: 'PERCENT' as const, percent: '10', amountCents: 0, graceDays: 3 };

  it('rule 13: is charged once, after the due date and the days of grace, on what of the bill is unpaid', async () => {
    await begin({ depositCents: 0, openingCents: 5000 }, { penaltyOnFinal: percent });
    await finalBilled();
    await standsAt('FINAL_BILLED', 6783);
    const { caseId } = await flat.openCaseOf('SETTLEMENT');
    await system.desk.advance(21);
    await eventually(async () =>
      expect(await system.db.CaseEvent.count({ where: { caseId, kind: 'BALANCE_REMINDED' } })).toBe(1),
    );
    await system.desk.advance(3);
    await standsAt('FINAL_BILLED', 6783);
    await system.desk.advance(1);
    // 10 % of $17.83; the $50.00 from before are another bill's.
    await standsAt('FINAL_BILLED', 6783 + 178);
    const [bill] = (await accountNow()).bills;
    expect(await movedBy(`penalty/${bill.billNumber}`)).toEqual([
      `${town.accountId} RECEIVABLE null 178`,
      `${town.accountId} REVENUE null -178`,
    ]);
    await system.desk.advance(40);
    await eventually(async () =>
      expect(await system.db.CaseEvent.count({ where: { caseId, kind: 'BALANCE_REMINDED' } })).toBeGreaterThan(1),
    );
    expect(await system.db.JournalEntry.count({ where: { kind: 'PENALTY' } })).toBe(1);
    await pay('R-1', 6961);
    await system.desk.ended(caseId);
    await standsAt('CLOSED', 0);
    await invariantsHold(system);
  });

  it('rule 13: not to an account that bears none, nor where the office has none', async () => {
    await begin({ depositCents: 0 }, { penaltyOnFinal: { ...percent, graceDays: 0 } });
    await system.db.sequelize.transaction(() =>
      system.db.Account.update({ penaltyExempt: true }, { where: { id: town.accountId } }),
    );
    await finalBilled();
    await system.desk.advance(60);
    const { caseId } = await flat.openCaseOf('SETTLEMENT');
    await eventually(async () =>
      expect(await system.db.CaseEvent.count({ where: { caseId, kind: 'BALANCE_REMINDED' } })).toBe(3),
    );
    await standsAt('FINAL_BILLED', 1783);
  });

  it('rule 20: is taken back with the bill that was wrong, whose replacement has a due date of its own', async () => {
    await begin(
      { depositCents: 0 },
      { penaltyOnFinal: { ...percent, kind: 'AMOUNT', amountCents: 500, graceDays: 0 } },
    );
    await finalBilled();
    await system.desk.advance(22);
    await standsAt('FINAL_BILLED', 2283);
    const { billNumber } = (await accountNow()).bills[0];
    const read = { meterId: town.meterId, value: '3500', readOn: town.today, source: 'ACTUAL' };
    const body = { reason: 'Misread', reads: [read] };
    const asked = await api.post(`/bills/${billNumber}/cancel`, body, token.cora);
    expect(asked.status).toBe(201);
    const { content } = (await api.get(`/cases/${asked.body.caseId}/final-bill`, token.sam)).body;
    expect(content.preview).toMatchObject({ balanceBeforeCents: 2283, netCents: 1483 });
    await system.desk.decide(town.users.sam, 'APPROVE_CORRECTION', 'APPROVE');
    await standsAt('FINAL_BILLED', 1483);
    const { dueOn } = (await accountNow()).bills[0];
    expect(dueOn).toBe(addDays(town.today, 22 + 21));
    await system.desk.advance(22);
    await standsAt('FINAL_BILLED', 1983);
    await invariantsHold(system);
  });
});

describe('rule 17: refunds', () => {
  it('rule 17: a credit below the least refund is held until the customer asks; a deposit is refunded whatever it is', async () => {
    await begin({ depositCents: 1800 }, { minRefundCents: 500, refundDueDays: 45 });
    await finalBilled();
    const ofDeposit = await system.desk.openTask('APPROVE_REFUND');
    expect(ofDeposit.amountCents).toBe(17);
    expect((await api.get(`/tasks/${ofDeposit.id}`, token.sam)).body.subject.dueOn).toBe(addDays(town.today, 45));
    await system.desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE');
    await system.desk.ended(ofDeposit.caseId);

    await pay('R-1', 300);
    const { caseId } = await flat.openCaseOf('SETTLEMENT');
    await flat.stepOf(caseId, 'CREDIT_HELD');
    expect((await api.get(`/cases/${caseId}`, token.cora)).body.waitsFor).toMatch(
      /^Waits for the customer to ask for a credit/,
    );
    await system.desk.advance(3);
    expect(await system.db.HumanTask.count({ where: { status: 'OPEN', type: 'APPROVE_REFUND' } })).toBe(0);
    const asked = await api.post(
      `/accounts/${town.accountNumber}/refund-request`,
      { reason: 'By telephone' },
      token.cora,
    );
    expect(codeOf(asked)).toEqual([201, 'APPLIED']);
    expect((await system.desk.openTask('APPROVE_REFUND')).amountCents).toBe(300);
    await system.desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE');
    await system.desk.ended(caseId);
    await standsAt('CLOSED', 0);
    const again = await api.post(`/accounts/${town.accountNumber}/refund-request`, { reason: 'Again' }, token.cora);
    expect(codeOf(again)).toEqual([409, 'NO_CREDIT_HELD']);
    await invariantsHold(system);
  });

  it('rule 17: more money on top of a held credit makes it large enough', async () => {
    await begin({ depositCents: 0 }, { minRefundCents: 500 });
    await finalBilled();
    await pay('R-1', 1783 + 499);
    const { caseId } = await flat.openCaseOf('SETTLEMENT');
    await flat.stepOf(caseId, 'CREDIT_HELD');
    await pay('R-2', 1);
    expect((await system.desk.openTask('APPROVE_REFUND')).amountCents).toBe(500);
    await invariantsHold(system);
  });
});

it('rule 16: money fills one service after the other where the office has a fixed order', async () => {
  await begin({ depositCents: 0 }, { allocation: 'FIXED_ORDER' });
  await system.db.sequelize.transaction(() => system.db.Service.update({ priority: 1 }, { where: {} }));
  await finalBilled();
  await pay('R-1', 1000);
  expect(await movedBy('payment/R-1')).toEqual([
    `${town.accountId} CASH_CLEARING null 1000`,
    `${town.accountId} RECEIVABLE REFUSE -400`,
    `${town.accountId} RECEIVABLE WATER -600`,
  ]);
});
