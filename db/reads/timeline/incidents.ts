import type { Db } from '../../create-db';
import { select } from '../select';

/** An incident with its cause, and who resolved it. */
export interface IncidentRow {
  incidentId: number;
  step: string;
  code: string;
  cause: string;
  openedAt: Date;
  resolvedAt: Date | null;
  resolution: string | null;
  username: string | null;
  displayName: string | null;
}

/** The incidents of a case, with a row or without. */
export function incidentsWithCause(db: Db, caseId: string): Promise<IncidentRow[]> {
  return select<IncidentRow>(
    db,
    `SELECT i.id incidentId, i.step step, i.code code, i.cause cause, i.opened_at openedAt, i.resolved_at resolvedAt,
       i.resolution resolution, u.username username, u.display_name displayName
     FROM incident i LEFT JOIN app_user u ON u.id = i.resolved_by WHERE i.case_id = :caseId`,
    { caseId },
  );
}
