import { officeNow } from '../clock';
import type { Db } from '../create-db';
import type { RecordedCommand } from '../records/commands';
import type { RecordedDecision } from '../records/decisions';
import type { RecordedReport } from '../records/field-reports';
import { readSettings } from '../records/settings';
import { parsedJson, select } from './select';

/** Somebody's row that no case has answered yet: RECORDED, neither APPLIED nor VOID. */
export type UnansweredRow = { actorId: number } & (
  | { kind: 'DECISION'; row: RecordedDecision }
  | { kind: 'COMMAND'; row: RecordedCommand }
  | { kind: 'REPORT'; row: RecordedReport & { orderNumber: string; caseId: string } }
);

/** The rows that have waited for the verdict of their case for so many seconds, those that came first at the top. */
export async function unansweredRows(db: Db, about: { afterSeconds: number; limit: number }): Promise<UnansweredRow[]> {
  const { clock } = await readSettings(db);
  const before = new Date(officeNow(clock).getTime() - about.afterSeconds * 1000);
  const asked = { before, limit: about.limit };
  const waiting = (of: string) => `${of}.status = 'RECORDED' AND ${of}.created_at <= :before`;
  const [decisions, commands, reports] = await Promise.all([
    select<RecordedDecision & { actorId: number; at: Date }>(
      db,
      `SELECT d.id decisionId, t.case_id caseId, d.task_id taskId, d.task_version version, d.outcome outcome, d.status status,
         d.actor_id actorId, d.created_at at
       FROM decision d JOIN human_task t ON t.id = d.task_id WHERE ${waiting('d')} ORDER BY d.created_at, d.id LIMIT :limit`,
      asked,
    ),
    select<RecordedCommand & { actorId: number; at: Date; data: unknown }>(
      db,
      `SELECT c.id commandId, c.case_id caseId, c.kind kind, c.status status, c.data data, c.actor_id actorId, c.created_at at
       FROM case_command c WHERE ${waiting('c')} ORDER BY c.created_at, c.id LIMIT :limit`,
      asked,
    ),
    select<RecordedReport & { orderNumber: string; caseId: string; actorId: number; at: Date }>(
      db,
      `SELECT r.id fieldReportId, o.order_number orderNumber, o.case_id caseId, r.status status, r.reported_by actorId,
         r.created_at at
       FROM field_report r JOIN service_order o ON o.id = r.service_order_id
       WHERE ${waiting('r')} AND o.case_id IS NOT NULL ORDER BY r.created_at, r.id LIMIT :limit`,
      asked,
    ),
  ]);
  const rows = [
    ...decisions.map(({ actorId, at, ...row }) => ({ at, row: { kind: 'DECISION' as const, actorId, row } })),
    ...commands.map(({ actorId, at, data, ...row }) => {
      const { incidentId } = parsedJson<{ incidentId?: number }>(data);
      return { at, row: { kind: 'COMMAND' as const, actorId, row: { ...row, incidentId } } };
    }),
    ...reports.map(({ actorId, at, ...row }) => ({ at, row: { kind: 'REPORT' as const, actorId, row } })),
  ];
  rows.sort((a, b) => a.at.getTime() - b.at.getTime());
  return rows.slice(0, about.limit).map(({ row }) => row);
}
