import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { invariantsHold } from '../support/flat';
import { codeOf, settledTown, type SettledTown } from '../support/settled';
import { deposit, scratchForm } from '../support/set-up';

let here: SettledTown;
afterEach(() => here.end());

const stepOf = async (caseId: string) => (await here.db.Case.findByPk(caseId))?.step;

/** The tenant's deposit of $100.00 pays the bill; the rest was refunded. */
async function refunded(): Promise<string> {
  await here.finalBilled();
  const { caseId } = await here.settlement();
  await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
  await here.desk.ended(caseId);
  await here.standsAt('CLOSED', 0);
  expect(await stepOf(caseId)).toBe('REFUND_ISSUED');
  return caseId;
}
const result = (what: string, body: object, refundNumber = 'R000001') =>
  here.post(`/refunds/${refundNumber}/${what}`, body);
const stateOf = async () => ((await here.get('/refunds')).body.data as { state: string }[]).map(({ state }) => state);

describe('REFUND_PENDING: a supervisor says no', () => {
  it('REFUND_PENDING > CREDIT_HELD > REFUND_PENDING > REFUND_ISSUED: rejected, held, asked for again, approved', async () => {
    here = await settledTown();
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.desk.openTask('APPROVE_REFUND');
    expect(codeOf(await here.decide('sam', 'APPROVE_REFUND', 'REJECT', { comment: '' }))[0]).toBe(400);
    expect(codeOf(await here.decide('sam', 'APPROVE_REFUND', 'REJECT'))).toEqual([200, 'APPLIED']);
    await here.flat.stepOf(caseId, 'CREDIT_HELD');
    await here.standsAt('FINAL_BILLED', 0, 8217);
    expect(await here.db.HumanTask.count({ where: { type: 'APPROVE_REFUND', status: 'OPEN' } })).toBe(0);
    expect(await stateOf()).toEqual(['REJECTED']);
    await here.post(`/accounts/${here.town.accountNumber}/refund-request`, { reason: 'Asked at the counter' });
    await here.desk.openTask('APPROVE_REFUND');
    await here.decide('sue', 'APPROVE_REFUND', 'APPROVE');
    await here.desk.ended(caseId);
    await here.standsAt('CLOSED', 0);
    expect(await stateOf()).toEqual(['ISSUED', 'REJECTED']);
    await invariantsHold(here.system);
  });

  it('the second of two supervisors says no: nothing is issued', async () => {
    here = await settledTown({}, { refundSecondApprovalAboveCents: 5_000 });
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
    await here.decide('sue', 'APPROVE_REFUND_SECOND', 'REJECT');
    await here.flat.stepOf(caseId, 'CREDIT_HELD');
    expect(await stateOf()).toEqual(['REJECTED']);
    await here.standsAt('FINAL_BILLED', 0, 8217);
    await invariantsHold(here.system);
  });
});

describe('rule 17: what becomes of a refund', () => {
  it('REFUND_ISSUED > PAID_OUT: once, after it was sent out; it has left the office', async () => {
    here = await settledTown();
    await refunded();
    const on = here.town.today;
    expect(codeOf(await result('paid-out', { on }))).toEqual([409, 'REFUND_NOT_SENT']);
    await here.post('/refund-files');
    expect(codeOf(await result('paid-out', { on: '2020-01-01' }))).toEqual([422, 'RESULT_DATE']);
    const done = await here.post('/refunds/R000001/paid-out', { on }, 'cora', 'key-1');
    expect(codeOf(done)).toEqual([201, 'APPLIED']);
    expect((await here.post('/refunds/R000001/paid-out', { on }, 'cora', 'key-1')).body).toEqual(done.body);
    expect(codeOf(await result('returned', { on, reason: 'Moved' }))).toEqual([409, 'REFUND_SETTLED']);
    expect(codeOf(await result('paid-out', { on }, 'R999999'))).toEqual([404, 'NOT_FOUND']);
    expect(await here.moved('REFUND_PAID')).toEqual([['REFUNDS_PAYABLE null 8217', 'CASH_CLEARING null -8217']]);
    expect(await stateOf()).toEqual(['PAID_OUT']);
    await invariantsHold(here.system);
  });

  it('RETURNED: the money is a credit again, held until the customer asks; then another refund', async () => {
    here = await settledTown();
    await refunded();
    await here.post('/refund-files');
    expect(codeOf(await result('returned', { on: here.town.today, reason: 'No such address' }))).toEqual([
      201,
      'APPLIED',
    ]);
    const { caseId } = await eventually(() => here.settlement());
    await here.flat.stepOf(caseId, 'CREDIT_HELD');
    await here.standsAt('FINAL_BILLED', -8217);
    await here.post(`/accounts/${here.town.accountNumber}/refund-request`, { reason: 'Gave the new address' });
    expect((await here.desk.openTask('APPROVE_REFUND')).amountCents).toBe(8217);
    // Who noted that it came back has made the credit, whatever their roles.
    await here.db.sequelize.transaction(() =>
      here.db.UserRole.create({ userId: here.town.users.cora, role: 'supervisor' }),
    );
    expect(codeOf(await here.decide('cora', 'APPROVE_REFUND', 'APPROVE'))).toEqual([403, 'OWN_WORK']);
    await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
    await here.desk.ended(caseId);
    await here.standsAt('CLOSED', 0);
    expect(await stateOf()).toEqual(['ISSUED', 'RETURNED']);
    expect((await here.post('/refund-files')).body).toMatchObject({ refundCount: 1, totalCents: 8217 });
    await invariantsHold(here.system);
  });

  it('UNCLAIMED: after the years of the policy it goes to the state, once, with a file', async () => {
    here = await settledTown({}, { unclaimedYears: 1, refundDueDays: 10 });
    await refunded();
    await here.desk.advance(11);
    expect((await here.get('/refunds?overdue=true')).body.data).toMatchObject([
      { refundNumber: 'R000001', overdue: true },
    ]);
    await here.post('/refund-files');
    expect((await here.get('/refunds?overdue=true')).body.data).toEqual([]);
    expect(codeOf(await here.post('/unclaimed-files', { reason: 'The report of the year' }))).toEqual([
      409,
      'NO_UNCLAIMED',
    ]);
    await here.desk.advance(360);
    expect((await here.get('/refunds?stale=true')).body.data).toMatchObject([{ refundNumber: 'R000001' }]);
    const made = await here.post('/unclaimed-files', { reason: 'The report of the year' });
    expect([codeOf(made), made.body.result.fileNumber]).toEqual([[201, 'APPLIED'], 'UF000001']);
    expect((await here.get('/unclaimed-files/UF000001')).body).toContain('R000001');
    expect((await here.get('/unclaimed-files')).body.data).toMatchObject([{ lineCount: 1, totalCents: 8217 }]);
    expect(await here.moved('REFUND_UNCLAIMED')).toEqual([
      ['REFUNDS_PAYABLE null 8217', 'UNCLAIMED_PROPERTY null -8217'],
    ]);
    expect(await stateOf()).toEqual(['UNCLAIMED']);
    await invariantsHold(here.system);
  });
});

it('rule 17: a refund that was in no file nobody could cash: it goes to its payee, not to the state', async () => {
  here = await settledTown({}, { unclaimedYears: 1 });
  await refunded();
  await here.desk.advance(370);
  expect((await here.get('/refunds?stale=true')).body.data).toEqual([]);
  const made = await here.post('/unclaimed-files', { reason: 'The report of the year' });
  expect(codeOf(made)).toEqual([409, 'NO_UNCLAIMED']);
  expect((await here.post('/refund-files')).body).toMatchObject({ refundCount: 1, totalCents: 8217 });
  await invariantsHold(here.system);
});

describe('money on a closed account', () => {
  it('CLOSED: a payment opens a settlement and goes back; one more than was owed too', async () => {
    here = await settledTown({ depositCents: 0 });
    await here.finalBilled();
    const first = await here.settlement();
    await here.flat.stepOf(first.caseId, 'BALANCE_DUE');
    await here.pay('R-1', 2000);
    expect((await here.desk.openTask('APPROVE_REFUND')).amountCents).toBe(217);
    await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
    await here.desk.ended(first.caseId);
    await here.standsAt('CLOSED', 0);
    await here.pay('R-2', 500);
    expect((await here.desk.openTask('APPROVE_REFUND')).amountCents).toBe(500);
    await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
    await here.standsAt('CLOSED', 0);
    await invariantsHold(here.system);
  });

  it('money that comes while a settlement closes is never stranded, however often', async () => {
    here = await settledTown({ depositCents: 0 }, { minRefundCents: 0 });
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.flat.stepOf(caseId, 'BALANCE_DUE');
    // The first ends the settlement, which closes while the others come: each finds it open, or opens the next.
    await Promise.all(Array.from({ length: 12 }, (_, i) => here.pay(`R-${i}`, i === 0 ? 1783 : 10 + i)));
    const sumCents = Array.from({ length: 11 }, (_, i) => 11 + i).reduce((sum, cents) => sum + cents, 0);
    await eventually(async () => {
      const refunds = await here.db.HumanTask.findAll({ where: { type: 'APPROVE_REFUND', status: 'OPEN' } });
      for (const { caseId: asked } of refunds) {
        await here.desk.decide(here.town.users.sam, 'APPROVE_REFUND', 'APPROVE', {}, asked).catch(() => null);
      }
      expect(await here.accountNow()).toMatchObject({ status: 'CLOSED', balanceCents: 0 });
      expect(await here.db.Case.count({ where: { type: 'SETTLEMENT', closedAt: null } })).toBe(0);
    });
    const issued = await here.db.Refund.findAll({ where: { status: 'ISSUED' } });
    expect(issued.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(sumCents);
    await invariantsHold(here.system);
  });
});

describe('payments in a batch', () => {
  const item = (receiptNumber: string, amountCents: number, more: object = {}) => ({
    ...{
      accountNumber: here.town.accountNumber,
      receiptNumber,
      amountCents,
      receivedOn: here.town.today,
      method: 'CHECK',
    },
    ...more,
  });
  const batch = (payments: object[], more: object = {}) =>
    here.post('/payments/batch', { batchId: 'B-1', payments, ...more });

  it('each is posted, there already or refused by itself; a receipt number is used once for ever', async () => {
    here = await settledTown({ depositCents: 0 });
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.flat.stepOf(caseId, 'BALANCE_DUE');
    await here.pay('R-1', 83);
    const payments = [
      item('R-2', 1000),
      item('R-2', 1000),
      item('R-2', 999),
      item('R-1', 84),
      item('R-3', 1, { accountNumber: 'A9999999' }),
      item('R-4', 1, { receivedOn: addDays(here.town.today, 30) }),
      item('R-5', 1, { applyTo: 'DEPOSIT' }),
      item('R-6', 800),
    ];
    expect(codeOf(await batch(payments, { controlTotalCents: 1 }))).toEqual([422, 'CONTROL_TOTAL']);
    const controlTotalCents = payments.reduce((sum, { amountCents }) => sum + amountCents, 0);
    const done = await batch(payments, { controlTotalCents });
    expect(codeOf(done)).toEqual([201, 'APPLIED']);
    expect(done.body.result).toMatchObject({ batchId: 'B-1', posted: 2, already: 1, refused: 5, postedCents: 1800 });
    const items = done.body.result.items as { status: string; code?: string }[];
    expect(items.map(({ status, code }) => code ?? status)).toEqual([
      ...['POSTED', 'ALREADY', 'RECEIPT_USED', 'RECEIPT_USED', 'ACCOUNT_UNKNOWN', 'PAYMENT_IN_FUTURE'],
      ...['NO_DEPOSIT_ASKED', 'POSTED'],
    ]);
    expect(items[3]).toMatchObject({ there: { accountNumber: here.town.accountNumber, amountCents: '83' } });
    expect((await here.desk.openTask('APPROVE_REFUND')).amountCents).toBe(100);
    const again = await batch([item('R-2', 1000), item('R-6', 800)]);
    expect(again.body.result).toMatchObject({ posted: 0, already: 2, refused: 0 });
    const single = await here.post(`/accounts/${here.town.accountNumber}/payments`, {
      ...{ receiptNumber: 'R-6', amountCents: 801, receivedOn: here.town.today, method: 'CHECK', applyTo: 'ACCOUNT' },
    });
    expect([codeOf(single), single.body.details]).toEqual([
      [409, 'RECEIPT_USED'],
      expect.objectContaining({ amountCents: '800', accountNumber: here.town.accountNumber }),
    ]);
    expect(await here.db.Payment.count()).toBe(3);
    await invariantsHold(here.system);
  });
});

describe('a payment that came back', () => {
  const reverse = (receiptNumber: string, who: 'cora' | 'sam' = 'sam', key?: string) =>
    here.post(`/payments/${receiptNumber}/reverse`, { reason: 'Insufficient funds' }, who, key);

  it('PAID > BALANCE_DUE: it is owed again with the fee, and a closed account is re-opened', async () => {
    here = await settledTown({ depositCents: 0 }, { returnedPaymentFeeCents: 2_500 });
    await here.finalBilled();
    const { caseId } = await here.settlement();
    await here.flat.stepOf(caseId, 'BALANCE_DUE');
    await here.pay('R-1', 1783);
    await here.desk.ended(caseId);
    expect(await stepOf(caseId)).toBe('PAID');
    expect(codeOf(await reverse('R-1', 'cora'))).toEqual([403, 'ROLE']);
    expect(codeOf(await reverse('R-9'))).toEqual([404, 'NOT_FOUND']);
    const done = await reverse('R-1', 'sam', 'key-1');
    expect(codeOf(done)).toEqual([201, 'APPLIED']);
    expect((await reverse('R-1', 'sam', 'key-1')).body).toEqual(done.body);
    expect(codeOf(await reverse('R-1'))).toEqual([409, 'PAYMENT_REVERSED']);
    await here.standsAt('FINAL_BILLED', 1783 + 2500);
    expect(await here.moved('PAYMENT_REVERSED')).toEqual([
      ['CASH_CLEARING null -1783', 'RECEIVABLE REFUSE 400', 'RECEIVABLE WATER 1383'],
    ]);
    const next = await here.settlement();
    await here.flat.stepOf(next.caseId, 'BALANCE_DUE');
    await here.pay('R-2', 4283);
    await here.desk.ended(next.caseId);
    await here.standsAt('CLOSED', 0);
    await invariantsHold(here.system);
  });

  it('what is owed again is set against the deposit that waits to be refunded', async () => {
    here = await settledTown();
    await here.finalBilled();
    expect((await here.desk.openTask('APPROVE_REFUND')).amountCents).toBe(8217);
    await here.pay('R-1', 300);
    await eventually(async () => expect((await here.desk.openTask('APPROVE_REFUND')).amountCents).toBe(8517));
    expect(codeOf(await reverse('R-1'))).toEqual([201, 'APPLIED']);
    await eventually(async () => expect((await here.desk.openTask('APPROVE_REFUND')).amountCents).toBe(8217));
    await here.decide('sam', 'APPROVE_REFUND', 'APPROVE');
    await here.standsAt('CLOSED', 0);
    await invariantsHold(here.system);
  });

  it('a deposit that was applied and refunded is owed, and its account re-opened', async () => {
    here = await settledTown();
    await refunded();
    // The deposit of the tenant came by this check.
    const { town } = here;
    const { caseId } = await here.db.Case.findOne({ where: { type: 'SETTLEMENT' }, rejectOnEmpty: true });
    const [held] = await here.db.Deposit.findAll({ where: { accountId: town.accountId } });
    await here.db.sequelize.transaction(async () => {
      const payment = await here.db.Payment.create({
        ...{ receiptNumber: 'R-0', accountId: town.accountId, caseId, amountCents: 10_000, receivedOn: town.today },
        ...{ method: 'CHECK', applyTo: 'DEPOSIT', recordedBy: town.users.cora, createdAt: new Date() },
      });
      await held!.update({ paymentId: payment.id });
      // The model of the journal refuses what here only a test does.
      await here.db.sequelize.query(
        `UPDATE journal_entry SET entry_key = 'payment/R-0' WHERE entry_key = 'deposit-received/${held!.id}'`,
      );
    });
    expect(codeOf(await reverse('R-0'))).toEqual([201, 'APPLIED']);
    await here.standsAt('FINAL_BILLED', 10_000);
    expect(await here.moved('PAYMENT_REVERSED')).toEqual([['CASH_CLEARING null -10000', 'RECEIVABLE null 10000']]);
    await here.flat.stepOf((await here.settlement()).caseId, 'BALANCE_DUE');
  });

  it('a deposit is asked for again; one that has moved since is owed', async () => {
    here = await settledTown({ askedDepositCents: 5_000 });
    const form = scratchForm(here.town, { deposits: [deposit(5_000)] });
    const setUp = await here.desk.setUp(here.town.users.cora, form);
    const accountNumber = setUp.accountNumber!;
    const payDeposit = (receiptNumber: string) =>
      here.post(`/accounts/${accountNumber}/payments`, {
        ...{ receiptNumber, amountCents: 5_000, receivedOn: here.town.today, method: 'CHECK', applyTo: 'DEPOSIT' },
      });
    await payDeposit('R-1');
    await here.desk.ended(setUp.caseId);
    expect(codeOf(await reverse('R-1'))).toEqual([201, 'APPLIED']);
    expect(await here.accountNow(accountNumber)).toMatchObject({
      status: 'ACTIVE',
      depositsHeldCents: 0,
      balanceCents: 0,
    });
    expect(codeOf(await payDeposit('R-2'))[0]).toBe(201);
    expect(await here.accountNow(accountNumber)).toMatchObject({ depositsHeldCents: 5_000 });
    const paid = await here.db.Payment.findOne({ where: { receiptNumber: 'R-2' }, rejectOnEmpty: true });
    const held = await here.db.Deposit.findOne({ where: { paymentId: paid.id }, rejectOnEmpty: true });
    await here.db.sequelize.transaction(() => held.update({ amountCents: 6_000 }));
    expect(codeOf(await reverse('R-2'))).toEqual([201, 'APPLIED']);
    await here.db.sequelize.transaction(() => held.update({ amountCents: 5_000 }));
    expect(await here.accountNow(accountNumber)).toMatchObject({ depositsHeldCents: 5_000, balanceCents: 5_000 });
    await invariantsHold(here.system);
  });
});
