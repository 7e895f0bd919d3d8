import type { Db } from '../create-db';
import type { Resolution } from '../records/incidents';
import { personOf, type Person } from './people';
import { select } from './select';

/** An incident of a case, with what resolved it, or the amendment's task that may. */
export interface IncidentRow {
  incidentId: number;
  step: string;
  code: string;
  cause: string;
  status: 'OPEN' | 'RESOLVED';
  openedAt: Date;
  resolvedAt: Date | null;
  resolvedBy: Person | null;
  /** NOTED: on record from the beginning, nothing was to be done. */
  resolution: Resolution | 'NOTED' | null;
  reason: string | null;
  amendmentTaskId: string | null;
}

/** The incidents of a case, newest first. */
export async function incidentsOf(db: Db, caseId: string): Promise<IncidentRow[]> {
  const rows = await select<Omit<IncidentRow, 'resolvedBy'> & { username: string | null; displayName: string | null }>(
    db,
    `SELECT i.id incidentId, i.step, i.code, i.cause, i.status, i.opened_at openedAt, i.resolved_at resolvedAt, i.resolution,
       JSON_UNQUOTE(JSON_EXTRACT(k.data, '$.reason')) reason, a.task_id amendmentTaskId, u.username, u.display_name displayName
     FROM incident i LEFT JOIN app_user u ON u.id = i.resolved_by LEFT JOIN case_command k ON k.id = i.command_id
       LEFT JOIN amendment a ON a.incident_id = i.id AND a.status = 'PROPOSED'
     WHERE i.case_id = :caseId ORDER BY i.id DESC`,
    { caseId },
  );
  return rows.map(({ username, displayName, ...row }) => ({ ...row, resolvedBy: personOf(username, displayName) }));
}
