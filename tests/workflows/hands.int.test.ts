import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { flatRate, incidentIn, pricesGone } from '../support/incidents';
import { refusalOf } from '../support/refusal';
import { deposit, copiedForm, scratchForm } from '../support/set-up';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
const flat = flatStories(() => ({ system, town }));

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
}
afterEach(async () => {
  await invariantsHold(system);
  await system.end();
});

/** The next approval after this one. */
const nextTask = (type: 'APPROVE_FINAL_BILL' | 'APPROVE_SETUP', before: string) =>
  eventually(async () => {
    const task = await system.desk.openTask(type);
    expect(task.id).not.toBe(before);
    return task;
  });

describe('whoever shaped what is approved, beside its drafter and starter', () => {
  it('moved the stop of the bill, by a set-up that begins earlier', async () => {
    await setUp();
    const { desk } = system;
    const { sam, sue } = town.users;
    const left = await flat.moveOut({ newTenant: 'UNKNOWN' });
    await flat.report(left.caseId, '2000');
    const first = await desk.openTask('APPROVE_FINAL_BILL');
    await desk.setUp(sam, copiedForm(town, { startDate: addDays(town.today, -5) }));
    await nextTask('APPROVE_FINAL_BILL', first.id);
    expect(await refusalOf(desk.decide(sam, 'APPROVE_FINAL_BILL', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(left.caseId);
  });

  it('moved the start, also when somebody has moved it since', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk } = system;
    const { cora, cliff, sam, sue } = town.users;
    const form = scratchForm(town, { deposits: [deposit(10_000, 'Good credit')] });
    const { caseId } = await desk.setUp(cora, form);
    const first = await desk.openTask('APPROVE_SETUP');
    const startDate = addDays(town.today, -20);
    await desk.command(sam, caseId, 'RESCHEDULE', { startDate });
    const second = await nextTask('APPROVE_SETUP', first.id);
    await desk.command(cliff, caseId, 'RESCHEDULE', { startDate });
    await nextTask('APPROVE_SETUP', second.id);
    expect(await refusalOf(desk.decide(sam, 'APPROVE_SETUP', 'APPROVE'))).toBe('OWN_WORK');
    await eventually(() => desk.decide(sue, 'APPROVE_SETUP', 'APPROVE'));
    await desk.ended(caseId);
  });

  it('proposed the rate that the bill is priced by; and policy leaves such a bill to a person', async () => {
    await setUp({ landlordDecision: null, depositCents: 0 });
    const { desk, db } = system;
    const { sam, sue } = town.users;
    const chief = await inTransaction(db, 1, async (tx) => {
      await putSetting(tx, 'finalBillApproval', 'POLICY');
      await putSetting(tx, 'finalBillPolicy', { maxTotalCents: 100_000, samplePercent: '0' });
      const user = await tx.db.AppUser.create({ username: 'chief', displayName: 'chief', createdAt: tx.now });
      await tx.db.UserRole.create({ userId: user.id, role: 'supervisor' });
      return user.id;
    });
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await pricesGone(db, 'RES-REFUSE');
    await flatRate(db, 'REFUSE', 'ALT-REFUSE', 1500);
    await flat.report(caseId, '1500');
    await incidentIn(db, caseId);
    await desk.command(sam, caseId, 'AMEND', { rates: [{ serviceCode: 'REFUSE', rateCode: 'ALT-REFUSE' }] });
    await desk.decide(sue, 'APPROVE_AMENDMENT', 'APPROVE');
    const bill = await desk.openTask('APPROVE_FINAL_BILL', caseId);
    expect(bill.subject.personDecidesBecause).toEqual(['AMENDED']);
    expect(await refusalOf(desk.decide(sam, 'APPROVE_FINAL_BILL', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(chief, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
  });
});
