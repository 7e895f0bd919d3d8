import { caseView } from '../../contract/messages';
import { parsedJson } from '../../db/reads/select';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { flatRate, incidentIn, pricesGone, refusePoint, refuseRates } from '../support/incidents';
import { refusalOf } from '../support/refusal';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, { landlordDecision: null, depositCents: 0, ...options });
  await system.startWorker();
}
afterEach(async () => {
  try {
    await invariantsHold(system);
  } finally {
    await system.end();
  }
});

const flat = flatStories(() => ({ system, town }));
const otherRate = (rateCode = 'ALT-REFUSE', serviceCode = 'REFUSE') => ({ rates: [{ serviceCode, rateCode }] });
const amend = (by: number, caseId: string, data: object = otherRate()) =>
  system.desk.command(by, caseId, 'AMEND', data);

/** A tenant's final bill cannot be drafted: the rate of refuse has no prices any more; another one has. */
async function billWithoutPrices() {
  await setUp();
  const { db } = system;
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  const prices = await pricesGone(db, 'RES-REFUSE');
  await flatRate(db, 'REFUSE', 'ALT-REFUSE', 1500);
  await flat.report(caseId, '1500');
  const incident = await incidentIn(db, caseId);
  expect(incident).toMatchObject({ step: 'draftFinalBill', code: 'RATE_MISSING', cause: 'The service has no rate' });
  return { caseId, incident, prices };
}

describe('a final bill without prices', () => {
  it('is drafted with another rate once a second person has approved it', async () => {
    const { caseId, incident } = await billWithoutPrices();
    const { desk, db, client } = system;
    const { sam, sue, olive } = town.users;
    const handle = client.workflow.getHandle(caseId);
    expect((await handle.query(caseView)).incident).toEqual({
      ...{ step: 'draftFinalBill', code: 'RATE_MISSING', actions: ['RETRY', 'AMEND', 'ABORT'] },
    });
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    for (const line of [
      '`RATE_MISSING` in the step `draftFinalBill`',
      'AMEND: group clerk or group supervisor may act',
    ])
      expect(currentDetails).toContain(line);
    expect(await refusalOf(amend(olive, caseId))).toBe('ROLE');
    await amend(sam, caseId);
    const task = await desk.openTask('APPROVE_AMENDMENT', caseId);
    expect(task).toMatchObject({ candidateGroup: 'supervisor', draftedBy: sam, caseId });
    expect(await refusalOf(amend(sue, caseId))).toBe('AMENDMENT_PENDING');
    expect(await refusalOf(desk.decide(sam, 'APPROVE_AMENDMENT', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(sue, 'APPROVE_AMENDMENT', 'APPROVE');

    const bill = await desk.openTask('APPROVE_FINAL_BILL', caseId);
    // 10 of 30 days of the $10 base, 500 gal at $3 per 1,000, 10 of 30 days of $15 refuse.
    expect(bill.amountCents).toBe(333 + 150 + 500);
    expect(await db.Incident.findByPk(incident.id)).toMatchObject({
      ...{ status: 'RESOLVED', resolution: 'AMEND', resolvedBy: sue },
    });
    expect(await db.Amendment.findOne()).toMatchObject({ status: 'APPLIED', proposedBy: sam });
    expect(await db.HumanTask.findByPk(task.id)).toMatchObject({ status: 'COMPLETED', outcome: 'APPROVE' });
    const events = await db.CaseEvent.findAll({ where: { caseId, kind: 'INCIDENT_RESOLVED' } });
    expect(events.map(({ actorId, data }) => [actorId, data])).toEqual([
      [sue, expect.objectContaining({ action: 'AMEND', step: 'draftFinalBill', reason: 'seen' })],
    ]);
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is reminded of, stays in its incident when the amendment is rejected, and takes another one', async () => {
    const { caseId } = await billWithoutPrices();
    const { desk, db, client } = system;
    const { cora, sam, sue } = town.users;
    await amend(cora, caseId);
    await desk.advance(2);
    await eventually(async () =>
      expect(await db.CaseEvent.count({ where: { caseId, kind: 'TASK_REMINDED' } })).toBe(1),
    );
    await desk.decide(sue, 'APPROVE_AMENDMENT', 'REJECT');
    expect(await db.Amendment.findOne()).toMatchObject({ status: 'REJECTED' });
    expect(await db.Case.findByPk(caseId)).toMatchObject({ status: 'INCIDENT' });
    const { incident, tasks } = await client.workflow.getHandle(caseId).query(caseView);
    expect([incident?.code, tasks]).toEqual(['RATE_MISSING', []]);
    await amend(cora, caseId);
    await desk.decide(sam, 'APPROVE_AMENDMENT', 'APPROVE');
    expect(await desk.openTask('APPROVE_FINAL_BILL', caseId)).toMatchObject({ amountCents: 333 + 150 + 500 });
    expect((await db.Amendment.findAll({ order: ['id'] })).map(({ status }) => status)).toEqual([
      'REJECTED',
      'APPLIED',
    ]);
  });

  it('withdraws the amendment when the prices are back and the step is run again', async () => {
    const { caseId, prices } = await billWithoutPrices();
    const { desk, db } = system;
    const { cora, sue, olive } = town.users;
    await amend(cora, caseId);
    const task = await desk.openTask('APPROVE_AMENDMENT', caseId);
    await prices.putBack();
    await desk.command(olive, caseId, 'RETRY');
    expect(await desk.openTask('APPROVE_FINAL_BILL', caseId)).toMatchObject({ amountCents: 333 + 150 + 400 });
    expect(await db.Amendment.findOne()).toMatchObject({ status: 'WITHDRAWN' });
    expect(await db.HumanTask.findByPk(task.id)).toMatchObject({ status: 'CANCELED' });
    expect(await refusalOf(desk.command(olive, caseId, 'RETRY'))).toBe('NO_INCIDENT');
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
  });

  it('is refused an amendment that amends nothing, with the field', async () => {
    const { caseId } = await billWithoutPrices();
    const { cora } = town.users;
    expect(await refusalOf(amend(cora, caseId, otherRate('RES-REFUSE')))).toBe('RATE_UNCHANGED');
    expect(await refusalOf(amend(cora, caseId, otherRate('RES-WATER')))).toBe('RATE_UNKNOWN');
    expect(await refusalOf(amend(cora, caseId, otherRate('ALT-REFUSE', 'GAS')))).toBe('SERVICE_UNKNOWN');
    const twice = { rates: [...otherRate().rates, ...otherRate().rates] };
    expect(await refusalOf(amend(cora, caseId, twice))).toBe('SERVICE_TWICE');
    expect(await system.db.CaseCommand.count({ where: { status: 'VOID' } })).toBe(4);
  });
});

describe('a final bill of two points of one service', () => {
  /** One point has lost its prices, the other has a good rate; a third is given up. */
  async function billOf(first: string, second: string) {
    await setUp();
    const { db } = system;
    await flatRate(db, 'REFUSE', 'OWN-REFUSE', 900);
    await flatRate(db, 'REFUSE', 'ALT-REFUSE', 1500);
    const { id: rateId } = await db.Rate.findOne({ where: { code: first }, rejectOnEmpty: true });
    await inTransaction(db, 1, (tx) => tx.db.ServiceAgreement.update({ rateId }, { where: { serviceCode: 'REFUSE' } }));
    await refusePoint(db, town, { position: 2, rateCode: second });
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await pricesGone(db, 'RES-REFUSE');
    await flat.report(caseId, '1500');
    expect(await incidentIn(db, caseId)).toMatchObject({ step: 'draftFinalBill', code: 'RATE_MISSING' });
    // What is billed and closed is nothing that the bill waits for.
    await refusePoint(db, town, { position: 3, rateCode: 'RES-REFUSE', gaveUp: true });
    return caseId;
  }
  const at = (position: number, rateCode = 'ALT-REFUSE') => ({ serviceCode: 'REFUSE', position, rateCode });

  it('has only that point’s rate amended which the approver was shown, and asks which one is meant', async () => {
    const caseId = await billOf('RES-REFUSE', 'OWN-REFUSE');
    const { desk, db } = system;
    const { cora, sue } = town.users;
    expect(await refusalOf(amend(cora, caseId))).toBe('SERVICE_AMBIGUOUS');
    expect(await refusalOf(amend(cora, caseId, { rates: [at(3)] }))).toBe('SERVICE_UNKNOWN');
    expect(await refusalOf(amend(cora, caseId, { rates: [at(2, 'OWN-REFUSE')] }))).toBe('RATE_UNCHANGED');
    expect(await refusalOf(amend(cora, caseId, { rates: [at(1), at(1, 'OWN-REFUSE')] }))).toBe('SERVICE_TWICE');
    await amend(cora, caseId, { rates: [at(1)] });
    const task = await desk.openTask('APPROVE_AMENDMENT', caseId);
    const shown = { serviceCode: 'REFUSE', position: 1, before: 'RES-REFUSE', after: 'ALT-REFUSE' };
    expect(parsedJson(task.subject)).toMatchObject({ rates: [shown] });
    await desk.decide(sue, 'APPROVE_AMENDMENT', 'APPROVE');
    const bill = await desk.openTask('APPROVE_FINAL_BILL', caseId);
    expect(bill.amountCents).toBe(333 + 150 + 500 + 300);
    expect(await refuseRates(db)).toEqual(['ALT-REFUSE', 'OWN-REFUSE', 'RES-REFUSE']);
    const changed = await db.AuditLog.count({ where: { action: 'agreement.rate-amended' } });
    expect(changed).toBe(1);
  });

  it('can have the second point’s rate amended to that of the first, and both at once', async () => {
    const caseId = await billOf('OWN-REFUSE', 'RES-REFUSE');
    const { desk, db } = system;
    const { cora, sue } = town.users;
    await amend(cora, caseId, { rates: [at(2, 'OWN-REFUSE')] });
    await desk.decide(sue, 'APPROVE_AMENDMENT', 'REJECT');
    await amend(cora, caseId, { rates: [at(2, 'OWN-REFUSE'), at(1)] });
    await desk.decide(sue, 'APPROVE_AMENDMENT', 'APPROVE');
    expect(await desk.openTask('APPROVE_FINAL_BILL', caseId)).toMatchObject({ amountCents: 333 + 150 + 500 + 300 });
    expect(await refuseRates(db)).toEqual(['ALT-REFUSE', 'OWN-REFUSE', 'RES-REFUSE']);
  });
});

it('refuses to apply an amendment of a rate that is another one meanwhile', async () => {
  const { caseId } = await billWithoutPrices();
  const { desk, db } = system;
  const { cora, sue } = town.users;
  await flatRate(db, 'REFUSE', 'NEW-REFUSE', 2100);
  await amend(cora, caseId);
  const { id: rateId } = await db.Rate.findOne({ where: { code: 'NEW-REFUSE' }, rejectOnEmpty: true });
  await inTransaction(db, 1, (tx) => tx.db.ServiceAgreement.update({ rateId }, { where: { serviceCode: 'REFUSE' } }));
  expect(await refusalOf(desk.decide(sue, 'APPROVE_AMENDMENT', 'APPROVE'))).toBe('AMENDMENT_STALE');
  expect(await refuseRates(db)).toEqual(['NEW-REFUSE']);
  expect(await db.Amendment.findOne()).toMatchObject({ status: 'PROPOSED' });
  await desk.decide(sue, 'APPROVE_AMENDMENT', 'REJECT');
  await amend(cora, caseId);
  await desk.decide(sue, 'APPROVE_AMENDMENT', 'APPROVE');
  expect(await desk.openTask('APPROVE_FINAL_BILL', caseId)).toMatchObject({ amountCents: 333 + 150 + 500 });
});

it('lets a move-out be canceled in its incident, which ends the incident and what was proposed', async () => {
  const { caseId, incident, prices } = await billWithoutPrices();
  const { desk, db } = system;
  await amend(town.users.cora, caseId);
  await desk.command(town.users.cora, caseId, 'CANCEL');
  expect(await db.Incident.findByPk(incident.id)).toMatchObject({ status: 'RESOLVED', resolution: 'CASE_CLOSED' });
  expect(await db.Amendment.findOne()).toMatchObject({ status: 'WITHDRAWN' });
  for (const action of ['amendment.withdrawn', 'task.canceled'])
    expect([action, await db.AuditLog.count({ where: { action } })]).toEqual([action, 1]);
  expect(await db.Case.findByPk(caseId)).toMatchObject({ status: 'CANCELED' });
  await prices.putBack();
});

it('amends the rate of a set-up whose prices begin later than its start', async () => {
  await setUp();
  const { desk, db } = system;
  const { cora, sue } = town.users;
  const left = await flat.moveOut();
  const opened = await flat.setUpAt();
  await flatRate(db, 'REFUSE', 'ALT-REFUSE', 1500);
  const rate = await db.Rate.findOne({ where: { code: 'RES-REFUSE' }, rejectOnEmpty: true });
  // What the final bill of the leaver is priced by begins later, too: that is another case's incident.
  await db.sequelize.transaction(() =>
    db.RateVersion.update({ effectiveFrom: addDays(town.today, 30) }, { where: { rateId: rate.id } }),
  );
  await flat.report(left.caseId, '1500');
  const incident = await incidentIn(db, opened.caseId);
  expect(incident).toMatchObject({ step: 'refreshOnboarding', code: 'NOT_BILLABLE' });
  await amend(cora, opened.caseId);
  await desk.decide(sue, 'APPROVE_AMENDMENT', 'APPROVE', {}, opened.caseId);
  expect(await desk.ended(opened.caseId)).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
  await eventually(async () => expect(await db.Notice.count({ where: { kind: 'WELCOME' } })).toBe(1));
});
