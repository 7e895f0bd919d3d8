import { commandCase, completeTask, orderDone } from '../contract/messages';
import { voidCommand, type RecordedCommand } from '../db/records/commands';
import { voidDecision, type RecordedDecision } from '../db/records/decisions';
import { voidFieldReport, type RecordedReport } from '../db/records/field-reports';
import type { Recorded } from './carry-out';

/** A person's decision on a task; the Update's id is the decision's. */
export function decisionRow(decision: RecordedDecision, actorId: number): Recorded {
  const { decisionId, caseId, taskId, version, outcome, status } = decision;
  return {
    status,
    actorId,
    send: (temporal) =>
      temporal.workflow.getHandle(caseId).executeUpdate(completeTask, {
        updateId: decisionId,
        args: [{ taskId, version, outcome, decisionId }],
      }),
    statusNow: async (db) => (await db.Decision.findByPk(decisionId, { rejectOnEmpty: true })).status,
    void: (tx, reason) => voidDecision(tx, decisionId, reason),
  };
}

/** A person's command to a case; the Update's id is the command's. */
export function commandRow(command: RecordedCommand, actorId: number): Recorded {
  const { commandId, caseId, kind, incidentId, status } = command;
  return {
    status,
    actorId,
    send: (temporal) =>
      temporal.workflow
        .getHandle(caseId)
        .executeUpdate(commandCase, { updateId: commandId, args: [{ commandId, kind, incidentId }] }),
    statusNow: async (db) => (await db.CaseCommand.findByPk(commandId, { rejectOnEmpty: true })).status,
    void: (tx, reason) => voidCommand(tx, commandId, reason),
  };
}

/** What the field handed in for an order; the Update's id names the report. */
export function reportRow(
  { fieldReportId, orderNumber, caseId, status }: RecordedReport & { orderNumber: string; caseId: string },
  actorId: number,
): Recorded {
  return {
    status,
    actorId,
    send: (temporal) =>
      temporal.workflow
        .getHandle(caseId)
        .executeUpdate(orderDone, { updateId: `report-${fieldReportId}`, args: [{ orderNumber, fieldReportId }] }),
    statusNow: async (db) => (await db.FieldReport.findByPk(fieldReportId, { rejectOnEmpty: true })).status,
    void: (tx, reason) => voidFieldReport(tx, fieldReportId, reason),
  };
}
