import { caseView } from '../../contract/messages';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { incidentIn, noEvents } from '../support/incidents';
import { refusalOf } from '../support/refusal';
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
  } finally {
    await system.end();
  }
});

const flat = flatStories(() => ({ system, town }));

it('leaves the reminder of a task out: the task waits on, and nothing of the step is written', async () => {
  await setUp();
  const { desk, db, client } = system;
  const { olive, cora } = town.users;
  await flat.moveOut();
  const { id: taskId, caseId } = await desk.openTask('NEW_TENANT');
  const events = await noEvents(db, 'TASK_REMINDED');
  await desk.advance(2);
  const incident = await incidentIn(db, caseId);
  expect(incident).toMatchObject({ step: `remind-${taskId}-REMINDED`, code: 'UNEXPECTED' });
  const { incident: shown } = await client.workflow.getHandle(caseId).query(caseView);
  expect(shown?.actions).toEqual(['RETRY', 'SKIP', 'ABORT']);
  expect(await refusalOf(desk.command(cora, caseId, 'SKIP'))).toBe('ROLE');
  await desk.command(olive, caseId, 'SKIP');
  await eventually(async () => expect(await db.Case.findByPk(caseId)).toMatchObject({ status: 'OPEN' }));
  expect(await incident.reload()).toMatchObject({ status: 'RESOLVED', resolution: 'SKIP', resolvedBy: olive });
  expect(await db.ActivityResult.count({ where: { activityKey: `${caseId}/${incident.step}/1` } })).toBe(0);
  const resolved = await db.CaseEvent.findOne({ where: { caseId, kind: 'INCIDENT_RESOLVED' }, rejectOnEmpty: true });
  expect(resolved).toMatchObject({
    ...{ actorId: olive, data: { action: 'SKIP', step: incident.step, reason: 'asked for' } },
  });
  await events.again();
  await desk.decide(cora, 'NEW_TENANT', 'NO_NEW_TENANT');
  await desk.openTask('RECONNECT_TO_LANDLORD');
});

it('leaves the reminder of a balance out and looks again a day later, not at once', async () => {
  await setUp({ depositCents: 0, openingCents: 500, landlordDecision: null });
  const { desk, db, client } = system;
  const { olive, sue } = town.users;
  const left = await flat.moveOut({ newTenant: 'NO' });
  await flat.report(left.caseId, '1500');
  await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  const { caseId } = await eventually(() => db.Case.findOne({ where: { step: 'BALANCE_DUE' }, rejectOnEmpty: true }));
  const events = await noEvents(db, 'BALANCE_REMINDED');
  await desk.advance(60);
  expect(await incidentIn(db, caseId)).toMatchObject({ step: 'remindBalance' });
  await desk.command(olive, caseId, 'SKIP');
  await eventually(async () => {
    const { searchAttributes } = await client.workflow.getHandle(caseId).describe();
    expect(searchAttributes).toMatchObject({ CaseStatus: ['OPEN'] });
    const [dueAt] = searchAttributes.DueAt as unknown as Date[];
    expect(Number(dueAt)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });
  expect(await db.Notice.count({ where: { kind: 'BALANCE_REMINDER' } })).toBe(0);
  expect(await db.ActivityResult.count({ where: { activityKey: `${caseId}/remindBalance/1` } })).toBe(0);
  await events.again();
  await desk.advance(1);
  await eventually(async () =>
    expect(await db.Notice.count({ where: { kind: 'BALANCE_REMINDER' } })).toBeGreaterThan(0),
  );
  expect(await db.Incident.count({ where: { status: 'OPEN' } })).toBe(0);
});
