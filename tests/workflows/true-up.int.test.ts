import { newWorkId } from '../../contract/ids';
import { caseView } from '../../contract/messages';
import { recordFieldReport } from '../../db/records/field-reports';
import { recordOrderRequest } from '../../db/records/order-requests';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import type { TrueUpPolicy } from '../../domain/corrections/asks-true-up';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { refusalOf } from '../support/refusal';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
const flat = flatStories(() => ({ system, town }));

const inDays = (n: number) => addDays(town.today, n);
const openTrueUps = () => system.db.HumanTask.count({ where: { type: 'APPROVE_CORRECTION', status: 'OPEN' } });
const finalBills = () => system.db.Bill.findAll({ where: { accountId: town.accountId, kind: 'FINAL' }, order: ['id'] });
const landlordsWater = () =>
  eventually(() =>
    system.db.ServiceAgreement.findOne({ where: { serviceCode: 'WATER', status: 'ACTIVE' }, rejectOnEmpty: true }),
  );
const feedRead = (value: string, day = 10, by = town.users.cora) =>
  system.desk.feed(by, 'READS', [
    { sourceId: `R-${day}`, meterSerial: 'M-900001', readOn: inDays(day), value, source: 'ACTUAL' },
  ]);

/** The task of the correction, once its case runs: the step that wrote its rows starts it after its commit. */
async function asked() {
  const task = await system.desk.openTask('APPROVE_CORRECTION');
  await eventually(async () => {
    const { step } = await system.client.workflow.getHandle(task.caseId).query(caseView);
    expect(step).toBe('AWAITING_APPROVAL');
  });
  return task;
}

/** What an entry moved, by ledger account and service. */
async function movedBy(billNumber: string): Promise<string[]> {
  const where = { entryKey: `bill/${billNumber}` };
  const entry = await system.db.JournalEntry.findOne({ where, rejectOnEmpty: true });
  const postings = await system.db.Posting.findAll({ where: { entryId: entry.id }, order: ['id'] });
  return postings.map(
    ({ ledgerAccount, serviceCode, amountCents }) => `${ledgerAccount} ${serviceCode} ${amountCents}`,
  );
}

/**
 * The tenant used 1,000 gallons a day up to the last read; the final read was estimated by that, so that 10,000 gallons
 * were billed: $30.00, base $3.33 and refuse $4.00. The landlord begins with the estimate, and ten days go by.
 */
async function estimated(policy?: TrueUpPolicy, isPosted = true): Promise<string> {
  system = await testSystem();
  town = await makeSmallTown(system.db, { landlordDecision: 'ALWAYS', depositCents: 0 });
  await inTransaction(system.db, 1, async (tx) => {
    await putSetting(tx, 'moveOut', { ...tx.settings.moveOut, missingRead: 'ESTIMATE' });
    if (policy) await putSetting(tx, 'trueUpFinal', policy);
    await tx.db.MeterRead.update({ value: '390000' }, { where: { readOn: inDays(-10) } });
  });
  await system.startWorker();
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  await system.desk.unable(town.users.fred, await flat.openOrder(caseId), 'Dog');
  await system.desk.openTask('APPROVE_FINAL_BILL');
  if (isPosted) await approved(caseId);
  await landlordsWater();
  await system.desk.advance(10);
  return caseId;
}
async function approved(caseId: string): Promise<void> {
  await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await system.desk.ended(caseId);
  expect(await finalBills()).toMatchObject([{ totalCents: 3733, status: 'POSTED' }]);
}
afterEach(() => system.end());

describe('S17 the meter of an estimated final bill is read at last', () => {
  it('the bill is corrected down by the read of its stop date, and the landlord begins with that', async () => {
    await estimated();
    expect(await feedRead('402000', 10, town.users.sam)).toBe('APPLIED');
    const task = await asked();
    // 12,000 gallons in 20 days: 6,000 of them in the tenant's ten.
    expect(task).toMatchObject({ amountCents: -1200, excludedUserIds: [town.users.sam] });
    expect(task.subject).toMatchObject({ fromCents: 3733, totalCents: 2533, differenceCents: -1200, alsoBilled: [] });
    expect(await refusalOf(system.desk.decide(town.users.sam, 'APPROVE_CORRECTION', 'APPROVE'))).toBe('OWN_WORK');
    expect(await finalBills()).toMatchObject([{ status: 'POSTED' }]);
    await system.desk.decide(town.users.sue, 'APPROVE_CORRECTION', 'APPROVE');
    await system.desk.ended(task.caseId);
    const [wrong, right] = await finalBills();
    expect([wrong, right]).toMatchObject([
      { status: 'CANCELED', totalCents: 3733 },
      { status: 'POSTED', totalCents: 2533 },
    ]);
    expect(await movedBy(right!.billNumber)).toEqual(['RECEIVABLE WATER -1200', 'REVENUE WATER 1200']);
    const { startReadId } = await landlordsWater();
    expect(await system.db.MeterRead.findByPk(startReadId!)).toMatchObject({
      ...{ value: '396000.000', readOn: town.today, source: 'SYSTEM_PRORATED' },
    });
    expect(await system.db.BillRevision.findByPk(right!.billRevisionId!)).toMatchObject({ estimated: false });
    // It is estimated no more: the next read brings nothing.
    await system.desk.advance(5);
    expect(await feedRead('480000', 15)).toBe('APPLIED');
    expect(await openTrueUps()).toBe(0);
    await invariantsHold(system);
  });

  it('up, by the final read of the landlord who leaves next; the bill of the landlord begins where the tenant’s ends', async () => {
    await estimated({ mode: 'ALWAYS', aboveCents: 0 });
    const { desk, db } = system;
    const { accountId } = await landlordsWater();
    const { accountNumber } = await db.Account.findByPk(accountId, { rejectOnEmpty: true });
    const dates = { stopDate: inDays(10), vacateDate: inDays(10) };
    const left = await flat.moveOut({ accountId, accountNumber, ...dates, newTenant: 'NO' });
    await flat.report(left.caseId, '430000', inDays(10));
    const task = await asked();
    expect(task).toMatchObject({ amountCents: 3000, excludedUserIds: [town.users.fred] });
    await desk.openTask('APPROVE_FINAL_BILL', left.caseId);
    await desk.decide(town.users.sam, 'APPROVE_CORRECTION', 'APPROVE');
    await desk.ended(task.caseId);
    const [, right] = await finalBills();
    expect(right).toMatchObject({ totalCents: 6733 });
    expect(await movedBy(right!.billNumber)).toEqual(['RECEIVABLE WATER 3000', 'REVENUE WATER -3000']);
    // What the landlord would have been billed began with the estimate.
    const approve = () => desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, left.caseId);
    expect(await refusalOf(approve())).toBe('DRAFT_STALE');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'SEND_BACK', {}, left.caseId);
    await desk.decide(town.users.cora, 'CORRECT_FINAL_BILL', 'REDRAFT', {}, left.caseId);
    await approve();
    await desk.ended(left.caseId);
    const bill = await db.Bill.findOne({ where: { accountId }, rejectOnEmpty: true });
    const line = await db.BillLine.findOne({ where: { billId: bill.id, kind: 'USAGE' } });
    expect(Number(line?.quantity)).toBe(20_000);
    await invariantsHold(system);
  });

  it('names the landlord who was billed with the estimate, whose bill stays until it is corrected too', async () => {
    await estimated();
    const landlord = await landlordsWater();
    const { accountNumber } = await system.db.Account.findByPk(landlord.accountId, { rejectOnEmpty: true });
    await inTransaction(system.db, 1, () => landlord.update({ lastBilledThrough: inDays(5) }));
    await feedRead('430000');
    expect((await asked()).subject).toMatchObject({ alsoBilled: [accountNumber] });
  });

  it('does nothing up to the amount, nothing where the office wants none, and where it wants more, later', async () => {
    await estimated({ mode: 'ABOVE_AMOUNT', aboveCents: 1200 });
    const policy = (to: TrueUpPolicy) => inTransaction(system.db, 1, (tx) => putSetting(tx, 'trueUpFinal', to));
    await feedRead('402000');
    expect(await openTrueUps()).toBe(0);
    await policy({ mode: 'NEVER', aboveCents: 0 });
    await system.desk.advance(1);
    await feedRead('402100', 11);
    expect(await openTrueUps()).toBe(0);
    await policy({ mode: 'ABOVE_AMOUNT', aboveCents: 1199 });
    await system.desk.advance(1);
    await feedRead('402200', 12);
    // Still by the first read after the stop.
    expect(await asked()).toMatchObject({ amountCents: -1200 });
    expect(await system.db.Case.count({ where: { type: 'CORRECTION' } })).toBe(1);
  });

  it('is asked about once: rejected, the bill stays, and the next read asks nobody again', async () => {
    await estimated();
    await feedRead('402000');
    const { caseId } = await asked();
    await system.desk.advance(1);
    await feedRead('402100', 11);
    await system.desk.decide(town.users.sam, 'APPROVE_CORRECTION', 'REJECT');
    await system.desk.ended(caseId);
    await system.desk.advance(1);
    await feedRead('402200', 12);
    expect(await system.db.Case.count({ where: { type: 'CORRECTION' } })).toBe(1);
    expect(await finalBills()).toMatchObject([{ status: 'POSTED', totalCents: 3733 }]);
    await invariantsHold(system);
  });

  it('while the bill waits for approval, the correction follows as soon as it is posted', async () => {
    const caseId = await estimated(undefined, false);
    await feedRead('430000');
    expect(await openTrueUps()).toBe(0);
    await approved(caseId);
    expect(await asked()).toMatchObject({ amountCents: 3000 });
  });

  it('for an order that no case waits for', async () => {
    await estimated();
    const { db, desk, client, taskQueue } = system;
    const { accountId } = await landlordsWater();
    const { accountNumber } = await db.Account.findByPk(accountId, { rejectOnEmpty: true });
    const order = { accountNumber, serviceCode: 'WATER', position: 1, type: 'READ_IN' as const };
    await desk.order(town.users.cora, { ...order, dueOn: null, assignee: null, notes: null });
    const { id: serviceOrderId, orderNumber } = await db.ServiceOrder.findOne({
      ...{ where: { accountId, type: 'READ_IN', caseId: null }, rejectOnEmpty: true },
    });
    const workId = newWorkId();
    await inTransaction(db, town.users.fred, async (tx) => {
      const read = { meterId: town.meterId, value: '402000', readOn: inDays(10), source: 'ACTUAL' as const };
      const handed = { outcome: 'DONE' as const, readsTaken: [read], reason: null };
      const { fieldReportId } = await recordFieldReport(tx, { serviceOrderId, caseId: null, ...handed });
      const about = { content: { orderNumber }, fieldReportId, serviceOrderId };
      await recordOrderRequest(tx, { id: workId, kind: 'ORDER_REPORT', ...about });
    });
    const args = [{ workId, kind: 'ORDER' }];
    expect(await client.workflow.execute('fieldWork', { workflowId: workId, taskQueue, args })).toBe('APPLIED');
    const task = await asked();
    expect(task).toMatchObject({ amountCents: -1200, excludedUserIds: [town.users.fred] });
    await desk.command(town.users.cora, task.caseId, 'CANCEL');
    await desk.ended(task.caseId);
    await invariantsHold(system);
  });
});
