import { officeNow } from '../clock';
import type { Db } from '../create-db';
import type { RecordedCommand } from '../records/commands';
import type { RecordedDecision } from '../records/decisions';
import type { RecordedReport } from '../records/field-reports';
import { readSettings } from '../records/settings';
import { parsedJson, select } from './select';

/** Where a row stands among all that wait: by time, then kind, then id. */
export interface RowPlace {
  at: string;
  kind: 'DECISION' | 'COMMAND' | 'REPORT';
  id: string | number;
}

/** Somebody's row that no case has answered yet: RECORDED, neither APPLIED nor VOID. */
export type UnansweredRow = { actorId: number; place: RowPlace } & (
  | { kind: 'DECISION'; row: RecordedDecision }
  | { kind: 'COMMAND'; row: RecordedCommand }
  | { kind: 'REPORT'; row: RecordedReport & { orderNumber: string; caseId: string } }
);

const KINDS = ['DECISION', 'COMMAND', 'REPORT'] as const;

/** A page of the rows that have waited for the verdict of their case for so many seconds, the oldest after a place. */
export async function unansweredRows(
  db: Db,
  about: { afterSeconds: number; limit: number; after: RowPlace | null },
): Promise<UnansweredRow[]> {
  const { clock } = await readSettings(db);
  const before = new Date(officeNow(clock).getTime() - about.afterSeconds * 1000);
  const at = new Date(about.after?.at ?? 0);
  const asked = { before, limit: about.limit, at, id: about.after?.id ?? 0 };
  const waiting = (kind: RowPlace['kind'], of: string) =>
    `${of}.status = 'RECORDED' AND ${of}.created_at <= :before AND ${later(kind, of, about.after)}`;
  const [decisions, commands, reports] = await Promise.all([
    select<RecordedDecision & { actorId: number; at: Date }>(
      db,
      `SELECT d.id decisionId, t.case_id caseId, d.task_id taskId, d.task_version version, d.outcome outcome, d.status status,
         d.actor_id actorId, d.created_at at
       FROM decision d JOIN human_task t ON t.id = d.task_id WHERE ${waiting('DECISION', 'd')}
       ORDER BY d.created_at, d.id LIMIT :limit`,
      asked,
    ),
    select<RecordedCommand & { actorId: number; at: Date; data: unknown }>(
      db,
      `SELECT c.id commandId, c.case_id caseId, c.kind kind, c.status status, c.data data, c.actor_id actorId, c.created_at at
       FROM case_command c WHERE ${waiting('COMMAND', 'c')} ORDER BY c.created_at, c.id LIMIT :limit`,
      asked,
    ),
    select<RecordedReport & { orderNumber: string; caseId: string; actorId: number; at: Date }>(
      db,
      `SELECT r.id fieldReportId, o.order_number orderNumber, o.case_id caseId, r.status status, r.reported_by actorId,
         r.created_at at
       FROM field_report r JOIN service_order o ON o.id = r.service_order_id
       WHERE ${waiting('REPORT', 'r')} AND o.case_id IS NOT NULL ORDER BY r.created_at, r.id LIMIT :limit`,
      asked,
    ),
  ]);
  const place = (kind: RowPlace['kind'], created: Date, id: string | number) => ({
    place: { at: created.toISOString(), kind, id },
  });
  const rows: UnansweredRow[] = [
    ...decisions.map(({ actorId, at: created, ...row }) => ({
      ...{ kind: 'DECISION' as const, actorId, row },
      ...place('DECISION', created, row.decisionId),
    })),
    ...commands.map(({ actorId, at: created, data, ...row }) => {
      const { incidentId } = parsedJson<{ incidentId?: number }>(data);
      return {
        ...{ kind: 'COMMAND' as const, actorId, row: { ...row, incidentId } },
        ...place('COMMAND', created, row.commandId),
      };
    }),
    ...reports.map(({ actorId, at: created, ...row }) => ({
      ...{ kind: 'REPORT' as const, actorId, row },
      ...place('REPORT', created, row.fieldReportId),
    })),
  ];
  // Stable: rows of one time stay in the order of kind and id.
  rows.sort((a, b) => Date.parse(a.place.at) - Date.parse(b.place.at));
  return rows.slice(0, about.limit);
}

/** SQL for the rows of a kind that come after a place. */
function later(kind: RowPlace['kind'], of: string, after: RowPlace | null): string {
  if (!after) return '1 = 1';
  const [own, others] = [KINDS.indexOf(kind), KINDS.indexOf(after.kind)];
  if (own < others) return `${of}.created_at > :at`;
  if (own > others) return `${of}.created_at >= :at`;
  return `(${of}.created_at > :at OR (${of}.created_at = :at AND ${of}.id > :id))`;
}
