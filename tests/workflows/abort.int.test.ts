import { caseView } from '../../contract/messages';
import { compareWithTemporal } from '../../tools/invariants/temporal';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { incidentIn, noEvents, pricesGone, tableGone } from '../support/incidents';
import { refusalOf } from '../support/refusal';
import { deposit } from '../support/set-up';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
}
afterEach(async () => {
  try {
    await invariantsHold(system);
    const { db, client, taskQueue } = system;
    await eventually(async () => expect(await compareWithTemporal(db, client, taskQueue)).toEqual([]));
  } finally {
    await system.end();
  }
});

const flat = flatStories(() => ({ system, town }));
const abort = (caseId: string) => system.desk.command(town.users.olive, caseId, 'ABORT');
const account = (role: 'TENANT' | 'LANDLORD' = 'TENANT') =>
  system.db.Account.findOne({ where: { role }, order: [['id', 'DESC']], rejectOnEmpty: true });
const pay = (receiptNumber: string, amountCents: number, more: object = {}) =>
  system.desk.pay(town.users.cora, {
    ...{ accountId: town.accountId, accountNumber: town.accountNumber, receiptNumber, amountCents },
    ...{ receivedOn: town.today, method: 'CASH', applyTo: 'ACCOUNT', ...more },
  });
/** What the run says once it has ended. */
const endOf = (caseId: string) => system.client.workflow.result(caseId);

describe('a move-out that is aborted', () => {
  it('gives the tenant everything back, and ends the vacancy', async () => {
    await setUp();
    const { db, desk, client } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    const prices = await pricesGone(db, 'RES-REFUSE');
    await flat.report(caseId, '1500');
    const incident = await incidentIn(db, caseId);
    const { searchAttributes } = await client.workflow.getHandle(caseId).describe();
    expect(searchAttributes).toMatchObject({ CaseStatus: ['INCIDENT'], StuckReason: ['RATE_MISSING'] });
    expect(await refusalOf(desk.command(town.users.olive, caseId, 'SKIP'))).toBe('NOT_SKIPPABLE');
    expect(await refusalOf(desk.command(town.users.cora, caseId, 'ABORT'))).toBe('ROLE');
    await abort(caseId);
    expect(await endOf(caseId)).toMatchObject({ status: 'ABORTED', step: 'ABORTED', incident: null, tasks: [] });
    expect(await db.Case.findByPk(caseId)).toMatchObject({ status: 'ABORTED', step: 'ABORTED' });
    expect(await db.Incident.findByPk(incident.id)).toMatchObject({
      ...{ status: 'RESOLVED', resolution: 'ABORT', resolvedBy: town.users.olive },
    });
    const ended = await db.CaseEvent.findOne({ where: { caseId, kind: 'ABORTED' }, rejectOnEmpty: true });
    expect(ended).toMatchObject({
      actorId: town.users.olive,
      data: { failedStep: 'draftFinalBill', reason: 'asked for' },
    });
    expect(await account()).toMatchObject({ status: 'ACTIVE', stopOn: null });
    expect(await flat.chain()).toEqual(['TENANT ACTIVE ..']);
    const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
    expect(vacancy).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect(await refusalOf(abort(caseId))).toBe('CASE_CLOSED');
    await prices.putBack();
    expect(await flat.moveOut({ newTenant: 'NO' })).toMatchObject({ status: 'OPEN' });
  });

  it('is refused while a new tenant is on the way, and stays in its incident', async () => {
    await setUp();
    const { db, desk } = system;
    const { caseId } = await flat.moveOut();
    const opened = await flat.setUpAt(town.today, { deposits: [deposit(5_000)] });
    const prices = await pricesGone(db, 'RES-REFUSE');
    await flat.report(caseId, '1500');
    await incidentIn(db, caseId);
    expect(await refusalOf(abort(caseId))).toBe('NEW_TENANT_SET_UP');
    expect(await db.Case.findByPk(caseId)).toMatchObject({ status: 'INCIDENT' });
    await desk.command(town.users.cora, opened.caseId, 'CANCEL');
    await abort(caseId);
    await prices.putBack();
  });

  it('leaves no record when it was its opening that failed, and whoever asked for it is refused', async () => {
    await setUp();
    const { db } = system;
    const table = await tableGone(db, 'move_out');
    const opening = refusalOf(flat.moveOut());
    const { caseId } = await eventually(() => db.Incident.findOne({ rejectOnEmpty: true }));
    await abort(caseId ?? '');
    expect(await opening).toBe('CASE_ABORTED');
    expect(await endOf(caseId ?? '')).toMatchObject({ status: 'ABORTED', step: 'ABORTED' });
    expect(await db.Case.count()).toBe(0);
    await table.putBack();
    expect(await flat.moveOut()).toMatchObject({ status: 'OPEN' });
  });
});

describe('a set-up', () => {
  it('that is aborted ends as its cancel would end it: the deposit goes back, the place is asked about again', async () => {
    await setUp();
    const { db, desk } = system;
    const left = await flat.moveOut();
    const opened = await flat.setUpAt(town.today, { deposits: [deposit(5_000)] });
    const newcomer = await account();
    const { id: accountId, accountNumber } = newcomer;
    await pay('R-1', 2_000, { accountId, accountNumber, applyTo: 'DEPOSIT' });
    const events = await noEvents(db, 'START_PASSED');
    await desk.advance(2);
    expect(await incidentIn(db, opened.caseId)).toMatchObject({ step: 'refreshOnboarding', code: 'UNEXPECTED' });
    await abort(opened.caseId);
    expect(await endOf(opened.caseId)).toMatchObject({ status: 'ABORTED' });
    expect((await newcomer.reload()).status).toBe('CANCELED');
    expect((await flat.chain()).at(-1)).toBe('TENANT CANCELED T+0..');
    await events.again();
    await desk.decide(town.users.sue, 'APPROVE_REFUND', 'APPROVE');
    await desk.openTask('NEW_TENANT');
    expect(await db.Case.findByPk(left.caseId)).toMatchObject({ status: 'OPEN' });
  });

  it('is not aborted once service has begun', async () => {
    await setUp();
    const { db, desk } = system;
    const left = await flat.moveOut();
    const opened = await flat.setUpAt();
    const prices = await pricesGone(db, 'RES-WATER');
    await flat.report(left.caseId, '1500');
    expect(await incidentIn(db, opened.caseId)).toMatchObject({ step: 'refreshOnboarding', code: 'NOT_BILLABLE' });
    expect(await refusalOf(abort(opened.caseId))).toBe('HANDED_OVER');
    await incidentIn(db, left.caseId);
    await prices.putBack();
    for (const caseId of [opened.caseId, left.caseId]) await desk.command(town.users.olive, caseId, 'RETRY');
    expect(await desk.ended(opened.caseId)).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
  });
});

describe('a vacancy', () => {
  /** The clerk's "no new tenant" cannot be carried out: the landlords' agreements are gone. */
  async function stuckVacancy() {
    await setUp();
    const { db, desk } = system;
    const { caseId } = await flat.moveOut();
    const { caseId: vacancyCaseId } = await desk.openTask('NEW_TENANT');
    const table = await tableGone(db, 'landlord_agreement');
    const decided = refusalOf(desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT'));
    expect(await incidentIn(db, vacancyCaseId)).toMatchObject({ step: 'decideNewTenant', code: 'UNEXPECTED' });
    return { caseId, vacancyCaseId, table, decided };
  }

  it('that is aborted asks nobody any more, and whoever decided is told', async () => {
    const { caseId, vacancyCaseId, table, decided } = await stuckVacancy();
    const { db, desk } = system;
    await abort(vacancyCaseId);
    expect(await decided).toBe('CASE_CLOSED');
    expect(await endOf(vacancyCaseId)).toMatchObject({ status: 'ABORTED' });
    expect((await db.VacancyLine.findAll()).map(({ status }) => status)).toEqual(['SUPERSEDED', 'SUPERSEDED']);
    expect(await db.HumanTask.findOne({ where: { type: 'NEW_TENANT' } })).toMatchObject({ status: 'CANCELED' });
    await table.putBack();
    await flat.report(caseId, '1500');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('leaves its incident when its move-out is canceled meanwhile', async () => {
    const { caseId, vacancyCaseId, table, decided } = await stuckVacancy();
    await system.desk.command(town.users.cora, caseId, 'CANCEL');
    expect(await decided).toBe('CASE_CLOSED');
    expect(await endOf(vacancyCaseId)).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect(await system.db.Incident.findOne()).toMatchObject({ status: 'RESOLVED', resolution: 'CASE_CLOSED' });
    await table.putBack();
  });
});

describe('a settlement', () => {
  it('that is aborted drops its refund; money that comes later opens another one', async () => {
    await setUp();
    const { db, desk } = system;
    const { sue, sam } = town.users;
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '1500');
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    const task = await desk.openTask('APPROVE_REFUND');
    const table = await tableGone(db, 'number_counter');
    await pay('R-1', 100);
    expect(await incidentIn(db, task.caseId)).toMatchObject({ step: 'refreshSettlement', code: 'UNEXPECTED' });
    await abort(task.caseId);
    expect(await endOf(task.caseId)).toMatchObject({ status: 'ABORTED' });
    expect(await task.reload()).toMatchObject({ status: 'CANCELED' });
    expect((await db.Refund.findAll()).map(({ status }) => status)).toEqual(['CANCELED']);
    expect((await account()).status).toBe('FINAL_BILLED');
    await table.putBack();
    await pay('R-2', 50);
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    await eventually(async () => expect((await account()).status).toBe('CLOSED'));
    expect(await db.Refund.findOne({ where: { status: 'ISSUED' } })).toMatchObject({
      amountCents: 10_000 - 333 - 150 - 400 + 150,
    });
  });

  it('is not aborted when it is the only way for money to go back', async () => {
    await setUp();
    const { db, desk } = system;
    await flat.moveOut();
    const opened = await flat.setUpAt(town.today, { deposits: [deposit(5_000)] });
    const { id: accountId, accountNumber } = await account();
    await pay('R-1', 2_000, { accountId, accountNumber, applyTo: 'DEPOSIT' });
    const table = await tableGone(db, 'number_counter');
    await desk.command(town.users.cora, opened.caseId, 'CANCEL');
    const settlement = await flat.openCaseOf('SETTLEMENT');
    await incidentIn(db, settlement.caseId);
    expect(await refusalOf(abort(settlement.caseId))).toBe('MONEY_HELD');
    await table.putBack();
    await desk.command(town.users.olive, settlement.caseId, 'RETRY');
    await desk.decide(town.users.sue, 'APPROVE_REFUND', 'APPROVE');
    expect(await desk.ended(settlement.caseId)).toMatchObject({ status: 'COMPLETED', step: 'REFUND_ISSUED' });
  });
});

it('aborts a payment that was not posted, whose receipt can be used again', async () => {
  await setUp();
  const { db, client } = system;
  const table = await tableGone(db, 'payment');
  const paying = refusalOf(pay('R-1', 100));
  const { caseId } = await eventually(() => db.Incident.findOne({ rejectOnEmpty: true }));
  expect((await client.workflow.getHandle(caseId ?? '').query(caseView)).incident?.actions).toEqual(['RETRY', 'ABORT']);
  await abort(caseId ?? '');
  expect(await paying).toBe('CASE_ABORTED');
  await table.putBack();
  expect(await pay('R-1', 100)).toMatchObject({ status: 'COMPLETED', receiptNumber: 'R-1' });
});

it('tells the operator when the abort itself cannot be done, and one of two operators that the other was faster', async () => {
  await setUp();
  const { db, desk } = system;
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  const prices = await pricesGone(db, 'RES-REFUSE');
  await flat.report(caseId, '1500');
  await incidentIn(db, caseId);
  const table = await tableGone(db, 'notice');
  expect(await refusalOf(abort(caseId))).toBe('ACTION_FAILED');
  await table.putBack();
  await prices.putBack();
  const { olive } = town.users;
  const both = await Promise.all([1, 2].map(() => refusalOf(desk.command(olive, caseId, 'RETRY'))));
  expect(both.sort()).toEqual(['NO_INCIDENT', 'nothing was refused']);
  await desk.openTask('APPROVE_FINAL_BILL', caseId);
});
