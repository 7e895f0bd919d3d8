import { newDecisionId } from '../../contract/ids';
import { completeTask } from '../../contract/messages';
import { TASK_TYPES } from '../../contract/task-types';
import { recordDecision, voidDecision } from '../../db/records/decisions';
import { putSetting } from '../../db/records/settings';
import { takeUpDecision } from '../../db/records/tasks';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import type { TaskType } from '../../domain/states';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { eventually } from '../support/eventually';
import { refusalOf } from '../support/refusal';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
}
afterEach(() => system.end());

const moveOutForm = (more: object = {}) => ({
  ...{ accountId: town.accountId, accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today },
  ...{ stopReason: 'CUSTOMER' as const, forwardingAddress: null, newTenant: 'NO' as const, ...more },
});
const read = (value: string) => ({ meterId: town.meterId, value, readOn: town.today });
const orderOf = async (caseId: string) =>
  (await system.db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true })).orderNumber;
const account = () => system.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });

describe('S17 a tenant moves out', () => {
  it('is read, final billed, sent back, corrected, approved, posted, refunded and closed; the landlord takes over', async () => {
    await setUp();
    const { desk, db } = system;
    const { cora, sam, sue, fred } = town.users;
    const { caseId } = await desk.moveOut(cora, moveOutForm());
    await desk.report(fred, await orderOf(caseId), read('4500'));
    await desk.decide(sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await desk.decide(cora, 'CORRECT_FINAL_BILL', 'CORRECT_READ', { reads: [{ ...read('4400'), source: 'ACTUAL' }] });
    await desk.decide(cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'COMPLETED' });

    // 10 of 30 days of the $10 base, 3,400 gal at $3 per 1,000, 10 of 30 days of $12 refuse.
    const bill = await db.Bill.findOne({ where: { accountId: town.accountId }, rejectOnEmpty: true });
    expect(bill).toMatchObject({ kind: 'FINAL', status: 'POSTED', totalCents: 333 + 1020 + 400 });
    expect((await db.BillRevision.findAll()).map(({ revision, status }) => [revision, status])).toEqual([
      [1, 'SENT_BACK'],
      [2, 'APPROVED'],
    ]);
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    await eventually(async () => expect((await account()).status).toBe('CLOSED'));
    expect(await db.Refund.findOne()).toMatchObject({ status: 'ISSUED', amountCents: 10_000 - 1753 });

    const landlord = await db.Account.findOne({ where: { role: 'LANDLORD' }, rejectOnEmpty: true });
    expect(landlord).toMatchObject({ status: 'ACTIVE', startOn: town.today, customerId: town.landlordCustomerId });
    const [leaver, newcomer] = await db.ServiceAgreement.findAll({ where: { serviceCode: 'WATER' }, order: ['id'] });
    expect(leaver).toMatchObject({ status: 'CLOSED', endOn: town.today });
    expect(newcomer).toMatchObject({ status: 'ACTIVE', followsId: leaver?.id, startReadId: leaver?.stopReadId });
    expect(await db.Notice.count({ where: { kind: 'LANDLORD_RECONNECT' } })).toBe(1);
  });

  it('leaves a balance that a payment settles, which closes the account', async () => {
    await setUp({ depositCents: 0, openingCents: 500 });
    const { desk, db } = system;
    const { cora, sue, fred } = town.users;
    const { caseId } = await desk.moveOut(cora, moveOutForm());
    await desk.report(fred, await orderOf(caseId), read('2000'));
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    const settlement = await eventually(() =>
      db.Case.findOne({ where: { type: 'SETTLEMENT', step: 'BALANCE_DUE' }, rejectOnEmpty: true }),
    );
    const owed = 500 + 333 + 300 + 400;
    const payment = {
      accountId: town.accountId,
      accountNumber: town.accountNumber,
      receivedOn: town.today,
      method: 'CASH' as const,
      applyTo: 'ACCOUNT' as const,
    };
    const first = await desk.pay(cora, { ...payment, receiptNumber: 'R-1', amountCents: 1000 });
    expect(first.balanceCents).toBe(owed - 1000);
    expect(await refusalOf(desk.pay(cora, { ...payment, receiptNumber: 'R-1', amountCents: 1000 }))).toBe(
      'RECEIPT_USED',
    );
    await desk.pay(cora, { ...payment, receiptNumber: 'R-2', amountCents: owed - 1000 });
    expect(await desk.ended(settlement.caseId)).toMatchObject({ status: 'COMPLETED', step: 'PAID' });
    expect((await account()).status).toBe('CLOSED');
  });

  it('opens a settlement again when money comes on a closed account, and refunds it', async () => {
    await setUp({ depositCents: 0 });
    const { desk, db } = system;
    const { cora, sue, sam, fred } = town.users;
    const { caseId } = await desk.moveOut(cora, moveOutForm());
    await desk.report(fred, await orderOf(caseId), read('1000'));
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
    const payment = {
      accountId: town.accountId,
      accountNumber: town.accountNumber,
      receivedOn: town.today,
      method: 'CHECK' as const,
      applyTo: 'ACCOUNT' as const,
    };
    await desk.pay(cora, { ...payment, receiptNumber: 'R-1', amountCents: 733 });
    await eventually(async () => expect((await account()).status).toBe('CLOSED'));
    await desk.pay(cora, { ...payment, receiptNumber: 'R-2', amountCents: 250 });
    expect(await refusalOf(desk.decide(cora, 'APPROVE_REFUND', 'APPROVE'))).toBe('ROLE');
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    await eventually(async () =>
      expect(await db.Case.count({ where: { type: 'SETTLEMENT', status: 'COMPLETED' } })).toBe(2),
    );
    expect(await db.Refund.findOne({ where: { status: 'ISSUED' } })).toMatchObject({ amountCents: 250 });
  });

  it('goes to a landlord who always takes over, once it is said that there is no new tenant after all', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const { cora, fred } = town.users;
    const { caseId } = await desk.moveOut(cora, moveOutForm({ newTenant: 'YES' }));
    await desk.decide(cora, 'NEW_TENANT', 'NO_NEW_TENANT');
    await desk.report(fred, await orderOf(caseId), read('1500'));
    const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
    expect(await desk.ended(vacancy.caseId)).toMatchObject({ status: 'COMPLETED', step: 'REVERTED' });
    expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ status: 'ACTIVE' });
  });

  it('leaves the place vacant where no landlord takes it back', async () => {
    await setUp({ landlordDecision: null });
    const { desk, db } = system;
    const { cora, fred } = town.users;
    const { caseId } = await desk.moveOut(cora, moveOutForm());
    expect(await db.ServiceOrder.findOne()).toMatchObject({ type: 'READ_OUT' });
    await desk.report(fred, await orderOf(caseId), read('1500'));
    const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
    expect(await desk.ended(vacancy.caseId)).toMatchObject({ status: 'COMPLETED', step: 'VACANT' });
  });

  it('waits for its date, which the office clock can bring near', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db, client } = system;
    const { cora, fred } = town.users;
    const stopDate = addDays(town.today, 20);
    const { caseId } = await desk.moveOut(cora, moveOutForm({ stopDate }));
    expect(await refusalOf(desk.report(fred, await orderOf(caseId), read('2000')))).toBe('READ_BEFORE_STOP');
    await inTransaction(db, 1, async (tx) => {
      await putSetting(tx, 'clock', { ...tx.settings.clock, offsetSeconds: 21 * 86_400 });
    });
    for (const row of await db.Case.findAll({ where: { closedAt: null } })) {
      await client.workflow.getHandle(row.caseId).signal('factsChanged', { reason: 'CLOCK' });
    }
    await desk.report(fred, await orderOf(caseId), { ...read('2100'), readOn: addDays(stopDate, 1) });
    await desk.openTask('APPROVE_FINAL_BILL');
    // Read a day late: 1,100 gal over 31 days, of which 30 are the leaver's.
    const prorated = await db.MeterRead.findOne({ where: { source: 'SYSTEM_PRORATED' }, rejectOnEmpty: true });
    expect(prorated).toMatchObject({ readOn: stopDate, value: '2064.516' });
    const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
    expect(await desk.ended(vacancy.caseId)).toMatchObject({ status: 'COMPLETED', step: 'REVERTED' });
  });
});

describe('a refused request', () => {
  it('leaves no record but its form, and can be corrected and sent again', async () => {
    await setUp();
    const { desk, db } = system;
    const before = await db.AuditLog.count();
    const tooFar = desk.moveOut(town.users.cora, moveOutForm({ stopDate: addDays(town.today, 400) }));
    expect(await refusalOf(tooFar)).toBe('STOP_TOO_FAR_AHEAD');
    expect(await db.Case.count()).toBe(0);
    expect(await db.ServiceOrder.count()).toBe(0);
    expect(await db.ActivityResult.count()).toBe(0);
    // The form was frozen, which the audit tells; nothing else was written.
    const written = await db.AuditLog.findAll({ offset: before, limit: 10, order: ['seq'] });
    expect(written.map(({ action }) => action)).toEqual(['draft.created', 'draft.saved']);
    expect((await account()).status).toBe('ACTIVE');
    expect(await desk.moveOut(town.users.cora, moveOutForm())).toMatchObject({ status: 'OPEN', step: 'AWAITING_READ' });
  });

  it('is refused with the open case when the account has one, however many ask at once', async () => {
    await setUp();
    const { desk, db } = system;
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() =>
        desk.moveOut(town.users.cora, moveOutForm()).then(
          () => 'OPENED',
          (e: unknown) => refusalOf(Promise.reject(e)),
        ),
      ),
    );
    expect(answers.sort()).toEqual(['CASE_OPEN', 'CASE_OPEN', 'CASE_OPEN', 'CASE_OPEN', 'OPENED']);
    expect(await db.Case.count({ where: { type: 'MOVE_OUT' } })).toBe(1);
  });
});

describe('a move-out that is canceled', () => {
  it('puts everything back before the read', async () => {
    await setUp();
    const { desk, db, client } = system;
    const { caseId } = await desk.moveOut(town.users.cora, moveOutForm());
    await desk.openTask('RECONNECT_TO_LANDLORD');
    await desk.command(town.users.cora, caseId, 'CANCEL');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'CANCELED' });
    expect(await account()).toMatchObject({ status: 'ACTIVE', stopOn: null });
    expect(await db.ServiceOrder.findOne()).toMatchObject({ status: 'CANCELED' });
    expect(await db.HumanTask.count({ where: { status: 'OPEN' } })).toBe(0);
    const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
    expect(vacancy).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect(await client.workflow.getHandle(vacancy.caseId).result()).toMatchObject({ status: 'CANCELED' });
    expect(await client.workflow.getHandle(caseId).result()).toMatchObject({ status: 'CANCELED' });
    expect(await desk.moveOut(town.users.cliff, moveOutForm())).toMatchObject({ status: 'OPEN' });
  });

  it('gives the services back after the landlord took over, if the landlord was never billed', async () => {
    await setUp();
    const { desk, db } = system;
    const { cora, fred } = town.users;
    const { caseId } = await desk.moveOut(cora, moveOutForm());
    await desk.decide(cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await desk.report(fred, await orderOf(caseId), read('1500'));
    await desk.openTask('APPROVE_FINAL_BILL');
    await eventually(async () =>
      expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ status: 'ACTIVE' }),
    );
    await desk.command(cora, caseId, 'CANCEL');
    expect((await account()).status).toBe('ACTIVE');
    expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ status: 'CANCELED' });
    const agreements = await db.ServiceAgreement.findAll({ order: ['id'] });
    expect(agreements.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE', 'CANCELED', 'CANCELED']);
    expect(await db.BillRevision.findOne()).toMatchObject({ status: 'CANCELED' });
  });
});

describe('four-eyes', () => {
  it('refuses an approval whose decision nobody recorded, and keeps the same task open', async () => {
    await setUp();
    const { desk, db, client } = system;
    const { caseId } = await desk.moveOut(town.users.cora, moveOutForm());
    await desk.report(town.users.fred, await orderOf(caseId), read('1500'));
    const task = await desk.openTask('APPROVE_FINAL_BILL');
    const forged = { taskId: task.id, version: task.version, outcome: 'APPROVE', decisionId: 'dec_FORGED' };
    const update = client.workflow
      .getHandle(caseId)
      .executeUpdate(completeTask, { updateId: 'forged', args: [forged] });
    expect(await refusalOf(update)).toBe('FORGED_DECISION');
    expect(await db.HumanTask.findByPk(task.id)).toMatchObject({ status: 'OPEN', version: 1 });
    expect(await db.BillRevision.count()).toBe(1);
    expect(await db.AuditLog.count({ where: { action: 'FORGED_DECISION' } })).toBe(1);
    expect(await db.Incident.findAll()).toEqual([
      expect.objectContaining({ code: 'FORGED_DECISION', status: 'RESOLVED', resolution: 'NOTED' }),
    ]);
    expect(await db.Case.findByPk(caseId)).toMatchObject({ status: 'OPEN' });
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('refuses a decision that it has refused before, or that its task was closed by, without calling it forged', async () => {
    await setUp();
    const { desk, db, client } = system;
    const { cora, fred, sam, sue } = town.users;
    const { caseId } = await desk.moveOut(cora, moveOutForm());
    await desk.report(fred, await orderOf(caseId), read('1500'));
    const { id: taskId, version } = await desk.openTask('APPROVE_FINAL_BILL');
    const decisionId = newDecisionId();
    const decision = { decisionId, taskId, version, outcome: 'APPROVE', isApproval: true, data: {}, comment: null };
    const outcomesOf = (type: TaskType) => TASK_TYPES[type].outcomes;
    await inTransaction(db, sam, (tx) => recordDecision(tx, { ...decision, outcomesOf }));
    await inTransaction(db, sam, (tx) => voidDecision(tx, decisionId, 'REFUSED'));
    const late = { updateId: 'late', args: [decision] as [typeof decision] };
    const resent = client.workflow.getHandle(caseId).executeUpdate(completeTask, late);
    expect(await refusalOf(resent)).toBe('REFUSED_BEFORE');
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    const applied = await db.Decision.findOne({ where: { taskId, status: 'APPLIED' }, rejectOnEmpty: true });
    const theCase = await db.Case.findByPk(caseId, { rejectOnEmpty: true });
    const again = inTransaction(db, 1, (tx) =>
      takeUpDecision(tx, theCase, { taskId, version, decisionId: applied.id }),
    );
    expect(await refusalOf(again)).toBe('TASK_CLOSED');
    expect(await db.AuditLog.count({ where: { action: 'FORGED_DECISION' } })).toBe(0);
    expect(await db.Incident.count()).toBe(0);
  });

  it('refuses an approval of the one who asked for the move-out, supervisor or not', async () => {
    await setUp();
    const { desk, db } = system;
    const { cora, fred, sam } = town.users;
    await inTransaction(db, 1, (tx) => tx.db.UserRole.create({ userId: cora, role: 'supervisor' }));
    const { caseId } = await desk.moveOut(cora, moveOutForm());
    await desk.report(fred, await orderOf(caseId), read('1500'));
    expect(await refusalOf(desk.decide(cora, 'APPROVE_FINAL_BILL', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await inTransaction(db, 1, (tx) => tx.db.UserRole.create({ userId: sam, role: 'clerk' }));
    await desk.decide(sam, 'CORRECT_FINAL_BILL', 'REDRAFT');
    expect(await refusalOf(desk.decide(sam, 'APPROVE_FINAL_BILL', 'APPROVE'))).toBe('OWN_WORK');
  });
});
