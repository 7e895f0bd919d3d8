import { newDecisionId } from '../../contract/ids';
import { completeTask, orderDone } from '../../contract/messages';
import { TASK_TYPES } from '../../contract/task-types';
import { recordDecision } from '../../db/records/decisions';
import { recordFieldReport } from '../../db/records/field-reports';
import { inTransaction } from '../../db/transaction';
import type { TaskType } from '../../domain/states';
import type { TestSystem } from '../support/system';

/** What somebody did at the last moment before the database was gone: its row is there, its case is still to be told. */
export type RecordedAct = () => Promise<unknown>;

/** The field hands in the read of a case's order. */
export async function recordedRead(
  { db, client }: TestSystem,
  by: number,
  caseId: string,
  read: { meterId: number; value: string; readOn: string },
): Promise<RecordedAct> {
  const order = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
  const report = { caseId, outcome: 'DONE' as const, readsTaken: [{ ...read, source: 'ACTUAL' as const }] };
  const { fieldReportId } = await inTransaction(db, by, (tx) =>
    recordFieldReport(tx, { ...report, serviceOrderId: order.id, reason: null }),
  );
  const { orderNumber } = order;
  return () =>
    client.workflow
      .getHandle(caseId)
      .executeUpdate(orderDone, { updateId: `report-${fieldReportId}`, args: [{ orderNumber, fieldReportId }] });
}

/** Somebody decides on every open task of a type; `among` chooses by the task's place, where not all are meant. */
export async function recordedDecisions(
  { db, client }: TestSystem,
  by: number,
  type: TaskType,
  outcome: string,
  among: (place: number) => boolean = () => true,
): Promise<RecordedAct[]> {
  const tasks = await db.HumanTask.findAll({ where: { type, status: 'OPEN' }, order: ['openedAt', 'id'] });
  const acts: RecordedAct[] = [];
  for (const { id: taskId, caseId, version } of tasks.filter((_, place) => among(place))) {
    const decisionId = newDecisionId();
    const decision = { decisionId, taskId, version, outcome, isApproval: outcome === 'APPROVE', data: {} };
    await inTransaction(db, by, (tx) =>
      recordDecision(tx, { ...decision, comment: 'seen', outcomesOf: (each) => TASK_TYPES[each].outcomes }),
    );
    const args: [{ taskId: string; version: number; outcome: string; decisionId: string }] = [
      { taskId, version, outcome, decisionId },
    ];
    acts.push(() => client.workflow.getHandle(caseId).executeUpdate(completeTask, { updateId: decisionId, args }));
  }
  return acts;
}
