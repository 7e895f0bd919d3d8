import { parsedJson } from '../../db/reads/select';
import { addDays } from '../../domain/dates';
import { flatStories, invariantsHold } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { deposit, service } from '../support/set-up';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

async function setUp(options: SmallTownOptions = { landlordDecision: 'ASK' }): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
}
afterEach(async () => {
  try {
    await invariantsHold(system);
  } finally {
    await system.end();
  }
});

const { report, setUpAt, openCaseOf, chain } = flatStories(() => ({ system, town }));
const force = (startDate: string, more = {}) => setUpAt(startDate, { forceMoveOut: true, ...more });
const holder = () => system.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });

describe('S17 a forced move-out', () => {
  it('is opened with its rows and a notice when a supervisor approves the set-up, and hands over on one read', async () => {
    await setUp();
    const { desk, db } = system;
    expect(await refusalOf(setUpAt())).toBe('OCCUPIED');
    const opened = await force(town.today);
    expect(opened).toMatchObject({ step: 'PENDING_APPROVAL' });
    // Nobody is moved out by a form alone.
    expect(await holder()).toMatchObject({ status: 'ACTIVE', stopOn: null });
    const task = await desk.openTask('APPROVE_SETUP');
    expect(parsedJson<{ reasons: string[] }>(task.subject).reasons).toContain('FORCED_MOVE_OUT');
    await desk.decide(town.users.sue, 'APPROVE_SETUP', 'APPROVE');
    expect(await holder()).toMatchObject({ status: 'PENDING_STOP', stopOn: town.today, stopReason: 'FORCED' });
    const moved = await openCaseOf('MOVE_OUT');
    const { caseId: vacancyId } = await openCaseOf('VACANCY');
    expect(moved).toMatchObject({ startedByCase: opened.caseId, startedBy: town.users.cliff });
    expect(await db.Notice.findAll({ where: { kind: 'FORCED_MOVE_OUT' } })).toMatchObject([
      { accountId: town.accountId, status: 'QUEUED' },
    ]);
    await report(moved.caseId, '1500');
    expect(await desk.ended(opened.caseId)).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
    expect(await desk.ended(vacancyId)).toMatchObject({ status: 'COMPLETED', step: 'COMPLETED' });
    await desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(await desk.ended(moved.caseId)).toMatchObject({ status: 'COMPLETED' });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+0..']);
  });

  it('leaves what the newcomer does not take to the vacancy', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk } = system;
    await force(town.today, { services: [service('WATER')] });
    await desk.decide(town.users.sue, 'APPROVE_SETUP', 'APPROVE');
    await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT');
    const { caseId } = await openCaseOf('VACANCY');
    await report((await openCaseOf('MOVE_OUT')).caseId, '1500');
    expect(await desk.ended(caseId)).toMatchObject({ step: 'REVERTED' });
    expect(await chain('REFUSE')).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD ACTIVE T+0..']);
  });

  it('does not come about when the set-up is rejected, and no day is billed twice', async () => {
    await setUp();
    const { desk, db } = system;
    expect(await refusalOf(force(addDays(town.today, -10)))).toBe('BILLED_PAST_START');
    const opened = await force(town.today);
    await desk.decide(town.users.sue, 'APPROVE_SETUP', 'REJECT');
    await desk.ended(opened.caseId);
    expect(await holder()).toMatchObject({ status: 'ACTIVE', stopOn: null });
    expect(await db.Case.count({ where: { type: 'MOVE_OUT' } })).toBe(0);
    expect(await chain()).toEqual(['TENANT ACTIVE ..', 'TENANT CANCELED T+0..']);
  });

  it('moves with the set-up’s date, and is withdrawn when the set-up is canceled before the handover', async () => {
    await setUp({ landlordDecision: 'ASK', askedDepositCents: 100 });
    const { desk, db } = system;
    const opened = await force(addDays(town.today, 2), { deposits: [deposit(100)] });
    await desk.decide(town.users.sue, 'APPROVE_SETUP', 'APPROVE');
    const first = await openCaseOf('MOVE_OUT');
    const later = addDays(town.today, 4);
    await desk.command(town.users.cliff, opened.caseId, 'RESCHEDULE', { startDate: later });
    await desk.ended(first.caseId);
    // The day that was approved is another one: nobody is moved out before a supervisor has seen it.
    expect(await holder()).toMatchObject({ status: 'ACTIVE', stopOn: null });
    await desk.decide(town.users.sue, 'APPROVE_SETUP', 'APPROVE');
    expect(await holder()).toMatchObject({ status: 'PENDING_STOP', stopOn: later });
    const second = await openCaseOf('MOVE_OUT');
    const { caseId: vacancyId } = await openCaseOf('VACANCY');
    await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
    expect(await desk.ended(second.caseId)).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect(await desk.ended(vacancyId)).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect(await holder()).toMatchObject({ status: 'ACTIVE', stopOn: null });
    expect(await db.ServiceOrder.count({ where: { status: 'SCHEDULED' } })).toBe(0);
    expect(await chain()).toEqual(['TENANT ACTIVE ..', 'TENANT CANCELED T+2..', 'TENANT CANCELED T+4..']);
  });
});
