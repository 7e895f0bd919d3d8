import { activityInfo } from '@temporalio/activity';
import { createActivities } from '../../activities';
import type { OpenStep } from '../../contract/activities';
import { createDb } from '../../db/create-db';
import { caseView } from '../../contract/messages';
import { addDays } from '../../domain/dates';
import { cuttable } from '../support/cuttable';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { incidentIn, noTasks, pricesGone, tableGone } from '../support/incidents';
import { refusalOf } from '../support/refusal';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
});
afterEach(() => system.end());

const form = () => ({
  ...{ accountId: town.accountId, accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today },
  ...{ stopReason: 'CUSTOMER' as const, forwardingAddress: null, newTenant: 'NO' as const },
});

it('opens an incident for what time does not heal, and goes on when an operator has the step run again', async () => {
  const { desk, db, client } = system;
  await system.startWorker();
  await db.sequelize.query('ALTER TABLE vacancy_line RENAME TO vacancy_line_gone');
  const { caseId } = await desk.moveOut(town.users.cora, form());
  const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
  const incident = await eventually(() =>
    db.Incident.findOne({ where: { caseId: vacancy.caseId }, rejectOnEmpty: true }),
  );
  expect(incident).toMatchObject({ step: 'openVacancy', code: 'UNEXPECTED', status: 'OPEN' });
  expect(incident.cause).toBe('SequelizeDatabaseError (ER_NO_SUCH_TABLE 1146)');
  expect(await db.Case.findByPk(vacancy.caseId)).toMatchObject({ status: 'INCIDENT' });
  const handle = client.workflow.getHandle(vacancy.caseId);
  expect(await handle.query(caseView)).toMatchObject({
    status: 'INCIDENT',
    incident: { step: 'openVacancy', code: 'UNEXPECTED' },
  });
  const { searchAttributes } = await handle.describe();
  expect(searchAttributes).toMatchObject({ CaseStatus: ['INCIDENT'], StuckReason: ['UNEXPECTED'] });
  const tries = (await handle.fetchHistory()).events?.filter((each) => each.activityTaskStartedEventAttributes);
  expect(tries?.[0]?.activityTaskStartedEventAttributes?.attempt).toBe(5);

  await db.sequelize.query('ALTER TABLE vacancy_line_gone RENAME TO vacancy_line');
  await desk.command(town.users.olive, vacancy.caseId, 'RETRY');
  await desk.openTask('RECONNECT_TO_LANDLORD');
  expect(await db.Incident.findByPk(incident.id)).toMatchObject({
    status: 'RESOLVED',
    resolution: 'RETRY',
    resolvedBy: town.users.olive,
  });
  expect(await db.Case.findByPk(vacancy.caseId)).toMatchObject({ status: 'OPEN' });
  await desk.command(town.users.cora, caseId, 'CANCEL');
  await desk.ended(vacancy.caseId);
});

it('has an opening step run again that failed before there was a row of the case', async () => {
  const { desk, db } = system;
  await system.startWorker();
  await db.sequelize.query('ALTER TABLE move_out RENAME TO move_out_gone');
  const opening = desk.moveOut(town.users.cora, form());
  const incident = await eventually(() => db.Incident.findOne({ rejectOnEmpty: true }));
  expect(incident).toMatchObject({ step: 'scheduleStop', code: 'UNEXPECTED' });
  expect(await db.Case.count()).toBe(0);
  await db.sequelize.query('ALTER TABLE move_out_gone RENAME TO move_out');
  await desk.command(town.users.olive, incident.caseId ?? '', 'RETRY');
  expect(await opening).toMatchObject({ status: 'OPEN', step: 'AWAITING_READ' });
  expect(await db.Incident.findOne()).toMatchObject({ status: 'RESOLVED' });
});

it('stands in two incidents when the cancel of a stuck case fails too, and each is resolved by itself', async () => {
  const { desk, db } = system;
  await system.startWorker();
  const { caseId } = await desk.moveOut(town.users.cora, form());
  const prices = await pricesGone(db, 'RES-REFUSE');
  const { orderNumber } = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
  await desk.report(town.users.fred, orderNumber, { meterId: town.meterId, value: '1500', readOn: town.today });
  await incidentIn(db, caseId);
  const table = await tableGone(db, 'notice');
  const canceling = desk.command(town.users.cora, caseId, 'CANCEL');
  const open = { where: { caseId, step: 'cancel' }, rejectOnEmpty: true as const };
  await eventually(() => db.Incident.findOne(open));
  await table.putBack();
  await desk.command(town.users.olive, caseId, 'RETRY');
  await canceling;
  expect(await desk.ended(caseId)).toMatchObject({ status: 'CANCELED' });
  const incidents = await db.Incident.findAll({ order: ['id'] });
  expect(incidents.map(({ step, status, resolution }) => [step, status, resolution])).toEqual([
    ['draftFinalBill', 'RESOLVED', 'CASE_CLOSED'],
    ['cancel', 'RESOLVED', 'RETRY'],
  ]);
  expect(await system.client.workflow.result(caseId)).toMatchObject({ status: 'CANCELED' });
  await prices.putBack();
});

it('stands in an incident when its instants cannot be fetched, and goes on by them when they can', async () => {
  const { desk, db } = system;
  await system.startWorker();
  const { moveOut, report } = flatStories(() => ({ system, town }));
  const { caseId } = await moveOut({ newTenant: 'NO', stopDate: addDays(town.today, 20) });
  const table = await tableGone(db, 'move_out');
  await desk.advance(21);
  expect(await incidentIn(db, caseId)).toMatchObject({ step: 'caseTimes', code: 'UNEXPECTED' });
  await table.putBack();
  await desk.command(town.users.olive, caseId, 'RETRY');
  expect(await db.Case.findByPk(caseId)).toMatchObject({ status: 'OPEN' });
  await report(caseId, '1500', addDays(town.today, 20));
  await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
});

it('keeps a run whose incident cannot be written, and writes it as soon as that can be done', async () => {
  const { desk, db, client } = system;
  await system.startWorker();
  const incidents = await tableGone(db, 'incident');
  const lines = await tableGone(db, 'vacancy_line');
  await desk.moveOut(town.users.cora, form());
  const { caseId } = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
  const reads = await tableGone(db, 'meter_read');
  const row = {
    sourceId: 'S-1',
    meterSerial: 'M-900001',
    readOn: town.today,
    value: '1200',
    source: 'ACTUAL' as const,
  };
  const fed = desk.feed(town.users.olive, 'READS', [row]);
  const { id: chunkId } = await eventually(() => db.FeedChunk.findOne({ rejectOnEmpty: true }));
  for (const workId of [caseId, chunkId])
    await eventually(async () => {
      const { events } = await client.workflow.getHandle(workId).fetchHistory();
      expect(events?.filter((each) => each.timerStartedEventAttributes)).toHaveLength(1);
    });
  expect(await client.workflow.getHandle(caseId).query(caseView)).toMatchObject({
    ...{ status: 'INCIDENT', incident: { step: 'openVacancy', code: 'UNEXPECTED' } },
  });
  for (const table of [incidents, lines, reads]) await table.putBack();
  for (const workId of [caseId, chunkId]) {
    await incidentIn(db, workId);
    await desk.command(town.users.olive, workId, 'RETRY');
  }
  expect(await fed).toBe('APPLIED');
  await desk.openTask('RECONNECT_TO_LANDLORD');
});

it('shows no incident of a case that is completed although a command to it failed', async () => {
  const { desk, db, client } = system;
  await system.startWorker();
  const { moveOut, report } = flatStories(() => ({ system, town }));
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  await desk.openTask('APPROVE_FINAL_BILL');
  const table = await tableGone(db, 'notice');
  const canceling = refusalOf(desk.command(town.users.cora, caseId, 'CANCEL'));
  expect(await incidentIn(db, caseId)).toMatchObject({ step: 'cancel' });
  await table.putBack();
  await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  expect(await canceling).toBe('CASE_CLOSED');
  const handle = client.workflow.getHandle(caseId);
  expect(await handle.result()).toMatchObject({ status: 'COMPLETED', incident: null });
  const { searchAttributes } = await handle.describe();
  expect(searchAttributes).toMatchObject({ CaseStatus: ['COMPLETED'], StuckReason: [null] });
  expect(await db.Incident.findAll()).toMatchObject([{ status: 'RESOLVED', resolution: 'CASE_CLOSED' }]);
});

it('leaves nobody an incident of a case that another one ended while its step failed for the last time', async () => {
  const { desk, db, client } = system;
  const activities = createActivities({ db, temporal: client, consoleUrl: 'http://127.0.0.1:8080' });
  let caseId = '';
  const openVacancy = async (step: OpenStep) => {
    try {
      return await activities.openVacancy(step);
    } catch (error) {
      if (activityInfo().attempt === 5) {
        await desk.command(town.users.cora, caseId, 'CANCEL');
        await table.again();
      }
      throw error;
    }
  };
  await system.startWorker({}, { activities: { ...activities, openVacancy } });
  const table = await noTasks(db, 'RECONNECT_TO_LANDLORD');
  ({ caseId } = await desk.moveOut(town.users.cora, form()));
  const vacancy = await db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
  expect(await client.workflow.result(vacancy.caseId)).toMatchObject({ status: 'CANCELED', incident: null });
  expect(await db.Incident.findAll()).toMatchObject([
    { caseId: vacancy.caseId, step: 'openVacancy', status: 'RESOLVED', resolution: 'CASE_CLOSED' },
  ]);
});

it('waits out an outage of the database without an incident, however often it tries', async () => {
  const { desk, db } = system;
  const way = await cuttable(system.url);
  const through = createDb(way.url);
  const worker = await system.startWorker({ db: through });
  way.cut();
  const opening = desk.moveOut(town.users.cora, form());
  await eventually(async () => {
    const [run] = await system.pendingActivities();
    expect(run?.attempt).toBeGreaterThan(6);
  });
  expect(await db.Incident.count()).toBe(0);
  way.mend();
  expect(await opening).toMatchObject({ status: 'OPEN', step: 'AWAITING_READ' });
  expect(await db.Incident.count()).toBe(0);
  await worker.stop();
  await through.close();
  await way.close();
});
