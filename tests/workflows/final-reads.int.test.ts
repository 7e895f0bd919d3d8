import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import type { Settings } from '../../domain/settings';
import { flatStories, invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { refusalOf } from '../support/refusal';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
const flat = flatStories(() => ({ system, town }));

async function setUp(moveOut: Partial<Settings['moveOut']> = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, { landlordDecision: null });
  await inTransaction(system.db, 1, (tx) => putSetting(tx, 'moveOut', { ...tx.settings.moveOut, ...moveOut }));
  await system.startWorker();
}
afterEach(() => system.end());

const inDays = (n: number) => addDays(town.today, n);
const caseOf = (caseId: string) => system.db.Case.findByPk(caseId, { rejectOnEmpty: true });
const stopRead = async () => {
  const stopped = { accountId: town.accountId, serviceCode: 'WATER' };
  const { stopReadId } = await system.db.ServiceAgreement.findOne({ where: stopped, rejectOnEmpty: true });
  return system.db.MeterRead.findByPk(stopReadId ?? 0);
};
const orderStates = async (caseId: string) =>
  (await system.db.ServiceOrder.findAll({ where: { caseId }, order: ['id'] })).map(({ status }) => status);
const lastRead = (value: string) =>
  inTransaction(system.db, 1, (tx) => tx.db.MeterRead.update({ value }, { where: { readOn: inDays(-10) } }));

describe('S17 a final read that is not plausible', () => {
  it('is put to a supervisor, read again, and accepted as a rollover by somebody who did not report it', async () => {
    await setUp();
    const { desk, db } = system;
    const { sam, sue, fred } = town.users;
    await lastRead('850000');
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '900');
    await flat.stepOf(caseId, 'READ_EXCEPTION');
    expect(await caseOf(caseId)).toMatchObject({ waitingOn: 'SUPERVISOR' });
    const task = await desk.openTask('READ_EXCEPTION');
    expect(task.subject).toMatchObject({
      ...{ code: 'READ_BELOW_LAST', meterSerial: 'M-900001', previousValue: '850000.000', read: { value: '900' } },
    });
    expect(await stopRead()).toBeNull();
    await desk.decide(sam, 'READ_EXCEPTION', 'REREAD');
    await flat.stepOf(caseId, 'AWAITING_READ');
    expect(await orderStates(caseId)).toEqual(['COMPLETED', 'SCHEDULED']);
    await flat.report(caseId, '900');
    await inTransaction(db, 1, (tx) => tx.db.UserRole.create({ userId: fred, role: 'supervisor' }));
    expect(await refusalOf(desk.decide(fred, 'READ_EXCEPTION', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(sam, 'READ_EXCEPTION', 'APPROVE');
    expect(await stopRead()).toMatchObject({ value: '900.000', rollover: true, source: 'ACTUAL' });
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
    // 1,000,000 - 850,000 + 900 = 150,900 gal at $3 per 1,000; base and refuse for 10 of 30 days.
    expect(await db.Bill.findOne({ where: { kind: 'FINAL' } })).toMatchObject({ totalCents: 45_270 + 333 + 400 });
    await invariantsHold(system);
  });

  it('is one above the limit too; a plain mistake is refused at once; a customer’s own far from the average is looked at', async () => {
    await setUp();
    const { desk } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    expect(await refusalOf(flat.report(caseId, '1234567'))).toBe('READ_TOO_MANY_DIGITS');
    expect(await refusalOf(flat.report(caseId, '1500', inDays(-1)))).toBe('READ_BEFORE_STOP');
    expect(await refusalOf(flat.report(caseId, '1500', inDays(1)))).toBe('READ_IN_FUTURE');
    await flat.report(caseId, '101001');
    expect((await desk.openTask('READ_EXCEPTION')).subject).toMatchObject({ code: 'HIGH_USAGE' });
    await desk.decide(town.users.sam, 'READ_EXCEPTION', 'REREAD');
    const orderNumber = await flat.openOrder(caseId);
    const own = { meterId: town.meterId, value: '1500', readOn: town.today };
    await desk.report(town.users.fred, orderNumber, own, 'CUSTOMER');
    expect((await desk.openTask('READ_EXCEPTION')).subject).toMatchObject({ code: 'USAGE_UNUSUAL' });
    await desk.decide(town.users.sue, 'READ_EXCEPTION', 'APPROVE');
    expect(await stopRead()).toMatchObject({ value: '1500.000', source: 'CUSTOMER', rollover: false });
    await desk.openTask('APPROVE_FINAL_BILL');
    await desk.command(town.users.cora, caseId, 'CANCEL');
    await desk.ended(caseId);
    expect(await system.db.JournalEntry.count({ where: { kind: 'FINAL_BILL' } })).toBe(0);
    await invariantsHold(system);
  });

  it('is read again ten times and no oftener, and can still be accepted or estimated then', async () => {
    await setUp();
    const { desk } = system;
    await lastRead('850000');
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    for (let n = 1; n <= 10; n++) {
      await flat.report(caseId, '900');
      await desk.decide(town.users.sam, 'READ_EXCEPTION', 'REREAD');
    }
    await flat.report(caseId, '900');
    expect(await refusalOf(desk.decide(town.users.sam, 'READ_EXCEPTION', 'REREAD'))).toBe('TOO_MANY_REREADS');
    expect(await orderStates(caseId)).toEqual(Array<string>(11).fill('COMPLETED'));
    await desk.decide(town.users.sam, 'READ_EXCEPTION', 'APPROVE');
    expect(await stopRead()).toMatchObject({ value: '900.000', rollover: true });
    await desk.openTask('APPROVE_FINAL_BILL');
    await invariantsHold(system);
  });

  it('is estimated, and the question goes when the case is canceled or moved', async () => {
    await setUp();
    const { desk, db } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '900');
    await desk.openTask('READ_EXCEPTION');
    await desk.command(town.users.cora, caseId, 'RESCHEDULE', { stopDate: inDays(-1) });
    await flat.stepOf(caseId, 'AWAITING_READ');
    expect(await db.HumanTask.count({ where: { type: 'READ_EXCEPTION', status: 'OPEN' } })).toBe(0);
    await flat.report(caseId, '900');
    await desk.decide(town.users.sam, 'READ_EXCEPTION', 'ESTIMATE');
    // 1,000 gal in 390 days are 2.564... a day; 9 days after the read of 1,000.
    expect(await stopRead()).toMatchObject({ value: '1023.077', source: 'ESTIMATED', readOn: inDays(-1) });
    expect(await orderStates(caseId)).toEqual(['COMPLETED', 'ESTIMATE_ALLOWED']);
    const { excludedUserIds } = await desk.openTask('APPROVE_FINAL_BILL');
    expect(excludedUserIds).toContain(town.users.sam);
    expect(await db.BillRevision.findOne({ where: { caseId } })).toMatchObject({ estimated: true });
    await desk.command(town.users.cora, caseId, 'CANCEL');
    await desk.ended(caseId);
    await invariantsHold(system);
  });
});

describe('S17 a final read that is not in', () => {
  it('is asked about after its last day: waited for, then estimated; the bill says so and no policy approves it', async () => {
    await setUp({ readDeadlineDays: 4 });
    const { desk, db } = system;
    const { cora, sue } = town.users;
    await inTransaction(db, 1, async (tx) => {
      await putSetting(tx, 'finalBillApproval', 'POLICY');
      await putSetting(tx, 'finalBillPolicy', { maxTotalCents: 100_000, samplePercent: '0' });
    });
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await desk.advance(3);
    expect(await db.HumanTask.count({ where: { type: 'MISSING_READ' } })).toBe(0);
    await desk.advance(1);
    await desk.openTask('MISSING_READ');
    expect(await caseOf(caseId)).toMatchObject({ step: 'AWAITING_READ', waitingOn: 'CLERK' });
    const wait = (until: string) => desk.decide(cora, 'MISSING_READ', 'WAIT', { until });
    expect(await refusalOf(wait(inDays(4)))).toBe('WAIT_PAST');
    await wait(inDays(6));
    expect(await caseOf(caseId)).toMatchObject({ waitingOn: 'FIELD' });
    await desk.advance(2);
    await desk.decide(cora, 'MISSING_READ', 'ESTIMATE');
    expect(await stopRead()).toMatchObject({ value: '1025.641', source: 'ESTIMATED', readOn: town.today });
    expect(await orderStates(caseId)).toEqual(['ESTIMATE_ALLOWED']);
    const task = await desk.openTask('APPROVE_FINAL_BILL');
    expect(task.subject).toMatchObject({ personDecidesBecause: ['ESTIMATED_READ'] });
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
    // 25.641 gal at $3 per 1,000; base and refuse for 10 of 30 days.
    expect(await db.Bill.findOne({ where: { kind: 'FINAL' } })).toMatchObject({ totalCents: 8 + 333 + 400 });
    await invariantsHold(system);
  });

  it('is asked about when nobody could take it, and comes after all', async () => {
    await setUp();
    const { desk, db } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await desk.unable(town.users.fred, await flat.openOrder(caseId), 'Locked gate');
    expect((await desk.openTask('MISSING_READ')).subject).toMatchObject({
      orders: [{ status: 'UNABLE', unableReason: 'Locked gate' }],
    });
    await desk.decide(town.users.cora, 'MISSING_READ', 'WAIT', { until: inDays(2) });
    expect(await orderStates(caseId)).toEqual(['SCHEDULED']);
    await desk.unable(town.users.fred, await flat.openOrder(caseId), 'Locked gate');
    await desk.openTask('MISSING_READ');
    await inTransaction(db, 1, (tx) => tx.db.ServiceOrder.update({ status: 'SCHEDULED' }, { where: { caseId } }));
    await flat.report(caseId, '1020');
    await desk.openTask('APPROVE_FINAL_BILL');
    expect(await db.HumanTask.findAll({ where: { type: 'MISSING_READ' }, order: ['openedAt'] })).toMatchObject([
      ...[{ status: 'COMPLETED' }, { status: 'CANCELED' }],
    ]);
    await invariantsHold(system);
  });

  it('is not estimated for a day that is to come again, because the office’s clock was set back', async () => {
    await setUp();
    const { desk } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO', stopDate: inDays(3), vacateDate: inDays(3) });
    await desk.advance(3);
    await desk.unable(town.users.fred, await flat.openOrder(caseId), 'Locked gate');
    await desk.openTask('MISSING_READ');
    await desk.advance(-2);
    const estimate = () => desk.decide(town.users.cora, 'MISSING_READ', 'ESTIMATE');
    expect(await refusalOf(estimate())).toBe('STOP_AHEAD');
    expect(await stopRead()).toBeNull();
    await desk.advance(2);
    await estimate();
    expect(await stopRead()).toMatchObject({ source: 'ESTIMATED', readOn: inDays(3) });
    await desk.openTask('APPROVE_FINAL_BILL');
    await invariantsHold(system);
  });

  it('is estimated by itself where the office wants that, once the stop date is there', async () => {
    await setUp({ missingRead: 'ESTIMATE', readDeadlineDays: 1 });
    const { desk, db } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO', stopDate: inDays(1), vacateDate: inDays(1) });
    // Before the stop date nothing is estimated.
    await desk.unable(town.users.fred, await flat.openOrder(caseId), 'Dog');
    expect(await orderStates(caseId)).toEqual(['UNABLE']);
    await desk.advance(2);
    await desk.openTask('APPROVE_FINAL_BILL');
    expect(await stopRead()).toMatchObject({ value: '1028.205', source: 'ESTIMATED', readOn: inDays(1) });
    expect(await db.HumanTask.count({ where: { type: 'MISSING_READ' } })).toBe(0);
    await desk.command(town.users.cora, caseId, 'CANCEL');
    await desk.ended(caseId);
    await invariantsHold(system);
  });
});
