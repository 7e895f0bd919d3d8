import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { parsedJson, select } from './select';

/** One line of the audit chain. */
export interface AuditRow {
  seq: number;
  at: Date;
  recordedAt: Date;
  actor: string;
  action: string;
  entity: string;
  entityId: string;
  caseId: string | null;
  data: Record<string, unknown>;
  hash: string;
}

export interface AuditFilter {
  entity?: string;
  entityId?: string;
  caseId?: string;
}

/** The audit chain, the newest line first. */
export async function listAudit(
  db: Db,
  { entity, entityId, caseId }: AuditFilter,
  page: PageRequest,
): Promise<Page<AuditRow>> {
  const rows = await select<AuditRow>(
    db,
    `SELECT g.seq seq, g.at at, g.recorded_at recordedAt, u.username actor, g.action action, g.entity entity, g.entity_id entityId,
       g.case_id caseId, g.data data, g.hash hash
     FROM audit_log g JOIN app_user u ON u.id = g.actor_id
     WHERE (:after IS NULL OR g.seq < :after) ${entity ? 'AND g.entity = :entity' : ''}
       ${entityId ? 'AND g.entity_id = :entityId' : ''} ${caseId ? 'AND g.case_id = :caseId' : ''}
     ORDER BY g.seq DESC LIMIT :limit`,
    { entity, entityId, caseId, after: page.after?.[0] ?? null, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [Number(row.seq)]);
  return { rows: kept.map((row) => ({ ...row, seq: Number(row.seq), data: parsedJson(row.data) })), next };
}
