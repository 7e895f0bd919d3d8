import { resendUnanswered } from '../../carry-out/resend';
import { newCommandId, newDecisionId } from '../../contract/ids';
import { completeTask } from '../../contract/messages';
import { TASK_TYPES } from '../../contract/task-types';
import { recordCommand } from '../../db/records/commands';
import { recordDecision } from '../../db/records/decisions';
import { recordFieldReport } from '../../db/records/field-reports';
import { inTransaction } from '../../db/transaction';
import type { TaskType } from '../../domain/states';
import { ensureReconciler } from '../../worker/schedules';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { incidentIn, tableGone } from '../support/incidents';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
const { moveOut, report } = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  await ensureReconciler(system.client, { taskQueue: system.taskQueue, afterSeconds: 0, looks: 1 });
  // It looks when it is triggered, and never skips that because it looks already.
  await system.client.schedule.getHandle(`${system.taskQueue}-reconciler`).pause();
});
afterEach(async () => {
  await system.client.schedule.getHandle(`${system.taskQueue}-reconciler`).delete();
  await system.end();
});

const look = () => system.client.schedule.getHandle(`${system.taskQueue}-reconciler`).trigger();

/** Somebody decides, and the API is gone before it asks the case. */
async function decideAndVanish(by: number, type: TaskType, outcome: string): Promise<string> {
  const { id: taskId, version } = await system.desk.openTask(type);
  const decisionId = newDecisionId();
  await inTransaction(system.db, by, (tx) =>
    recordDecision(tx, {
      ...{ decisionId, taskId, version, outcome, isApproval: outcome === 'APPROVE', data: {}, comment: null },
      outcomesOf: (each) => TASK_TYPES[each].outcomes,
    }),
  );
  return decisionId;
}

/** A look that got no verdict in time leaves the row to the next one, as each minute's does in an office. */
async function statusOf(decisionId: string, status: string): Promise<void> {
  const statusIs = async () => expect(await system.db.Decision.findByPk(decisionId)).toMatchObject({ status });
  await eventually(async () => {
    try {
      await eventually(statusIs, 7_000);
    } catch (error) {
      await look();
      throw error;
    }
  });
}

it('sends a decision again that was recorded and never asked about, once', async () => {
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  const decisionId = await decideAndVanish(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await Promise.all([look(), look()]);
  await system.desk.ended(caseId);
  await statusOf(decisionId, 'APPLIED');
  await look();
  expect(await system.db.Bill.count({ where: { status: 'POSTED' } })).toBe(1);
});

it('sends a report and a command again', async () => {
  const { db } = system;
  const { caseId } = await moveOut({ newTenant: 'NO' });
  const order = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
  const read = { meterId: town.meterId, value: '1500', readOn: town.today, source: 'ACTUAL' as const };
  const { fieldReportId } = await inTransaction(db, town.users.fred, (tx) =>
    recordFieldReport(tx, { serviceOrderId: order.id, caseId, outcome: 'DONE', readsTaken: [read], reason: null }),
  );
  await look();
  await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
  expect(await db.FieldReport.findByPk(fieldReportId)).toMatchObject({ status: 'APPLIED' });
  const commandId = newCommandId();
  await inTransaction(db, town.users.cora, (tx) =>
    recordCommand(tx, { commandId, caseId, kind: 'CANCEL', reason: 'stays after all' }),
  );
  await look();
  expect(await system.desk.ended(caseId)).toMatchObject({ status: 'CANCELED' });
  expect(await db.CaseCommand.findByPk(commandId)).toMatchObject({ status: 'APPLIED' });
});

it('voids a decision whose maker may not decide any more, and the task can be decided by another', async () => {
  const { db, desk } = system;
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  const decisionId = await decideAndVanish(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await db.sequelize.transaction(() =>
    db.AppUser.update({ disabledAt: new Date() }, { where: { id: town.users.sue } }),
  );
  await look();
  await statusOf(decisionId, 'VOID');
  expect(await db.Decision.findByPk(decisionId)).toMatchObject({ voidReason: 'ROLE' });
  await desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'APPROVE');
  expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
});

it('voids a decision on a task that was closed meanwhile', async () => {
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  const decisionId = await decideAndVanish(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await system.desk.command(town.users.cora, caseId, 'CANCEL');
  await look();
  await statusOf(decisionId, 'VOID');
  expect(await system.db.Decision.findByPk(decisionId)).toMatchObject({ voidReason: 'CASE_CLOSED' });
});

it('voids a decision that a run took which ended before it answered', async () => {
  const { db, client } = system;
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  const decisionId = await decideAndVanish(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  const { taskId, taskVersion: version } = await db.Decision.findByPk(decisionId, { rejectOnEmpty: true });
  const table = await tableGone(db, 'notice');
  const handle = client.workflow.getHandle(caseId);
  await handle.startUpdate(completeTask, {
    ...{ updateId: decisionId, args: [{ taskId, version, outcome: 'APPROVE', decisionId }] },
    waitForStage: 'ACCEPTED',
  });
  await incidentIn(db, caseId);
  await handle.terminate();
  await look();
  await statusOf(decisionId, 'VOID');
  expect(await db.Decision.findByPk(decisionId)).toMatchObject({ voidReason: 'CASE_CLOSED' });
  await table.putBack();
});

describe('rows that cannot be sent', () => {
  const ROWS = 120;

  /** Commands to a case that Temporal takes for none, recorded before all others. */
  const recordUnsendable = () =>
    inTransaction(system.db, town.users.cora, async (tx) => {
      const command = { caseId: '', kind: 'CANCEL', actorId: town.users.cora, data: {}, status: 'RECORDED' as const };
      const createdAt = new Date(tx.now.getTime() - 3_600_000);
      await tx.db.CaseCommand.bulkCreate(
        Array.from({ length: ROWS }, () => ({ id: newCommandId(), ...command, createdAt })),
      );
    });

  it('keep no newer one waiting, however many there are', async () => {
    await recordUnsendable();
    const { caseId } = await moveOut({ newTenant: 'NO' });
    await report(caseId, '1500');
    const decisionId = await decideAndVanish(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await look();
    expect(await system.desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
    await statusOf(decisionId, 'APPLIED');
  });

  it('are each named once, also when a look has to stop and the next one goes on', async () => {
    await recordUnsendable();
    const named: (string | number)[] = [];
    const lookAt = (most: number, after?: Awaited<ReturnType<typeof resendUnanswered>>['next']) =>
      resendUnanswered(
        { db: system.db, temporal: system.client },
        {
          ...{ afterSeconds: 0, after, mayGoOn: () => most-- > 0 },
          ...{ progress: () => undefined, failed: (_error, { id }) => void named.push(id) },
        },
      );
    const first = await lookAt(50);
    expect(first).toMatchObject({ applied: 0, refused: 0, unknown: 50 });
    expect(await lookAt(ROWS, first.next)).toMatchObject({ unknown: ROWS - 50, next: null });
    expect(new Set(named).size).toBe(ROWS);
    expect(named).toHaveLength(ROWS);
  });
});

it('looks again and again in one run, which says what its looks did', async () => {
  const { client, taskQueue } = system;
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  const decisionId = await decideAndVanish(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  const run = await client.workflow.start('reconcile', {
    ...{ workflowId: `${taskQueue}-looks`, taskQueue },
    args: [{ afterSeconds: 0, everySeconds: 1, looks: 8 }],
  });
  // A look whose verdict came late is unknown, and a later one finds the decision applied.
  expect(await run.result()).toMatchObject({ refused: 0, failedLooks: 0 });
  await statusOf(decisionId, 'APPLIED');
  const { events } = await run.fetchHistory();
  expect(events?.filter((each) => each.activityTaskCompletedEventAttributes)).toHaveLength(8);
  const { currentDetails } = await run.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toMatch(/^Look 8 of 8\n\n- .*: 0 applied, 0 refused, 0 not known yet\n/);
  expect(currentDetails).toMatch(/1 (applied|not known yet)/);
});

it('makes its Schedule once, however many workers start', async () => {
  await ensureReconciler(system.client, { taskQueue: system.taskQueue, afterSeconds: 0 });
  const { policies, spec } = await system.client.schedule.getHandle(`${system.taskQueue}-reconciler`).describe();
  expect(policies).toMatchObject({ overlap: 'SKIP' });
  expect(spec.intervals).toHaveLength(1);
});
