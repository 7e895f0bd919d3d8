import type { Db } from '../create-db';
import { select, selectOne } from './select';

/** A record that a transaction changed, by the number of its line in the audit. */
export interface ChangedRecord {
  seq: number;
  entity: string;
  entityId: string;
  caseId: string | null;
  /** The account that the record, or the record's case, belongs to. */
  accountNumber: string | null;
}

/** The number of the newest line of the audit. */
export async function newestChange(db: Db): Promise<number> {
  const head = await selectOne<{ seq: number }>(db, 'SELECT seq FROM audit_head WHERE id = 1');
  return Number(head?.seq ?? 0);
}

/**
 * What was changed by the audit's lines after one up to another; a line comes once for each account that it is about.
 * The lines are numbered under the lock of the audit's head, so in the order of commits and without gaps: none comes
 * later with a lower number (records/audit.ts).
 */
export async function changedRecords(db: Db, after: number, through: number): Promise<ChangedRecord[]> {
  const rows = await select<ChangedRecord>(
    db,
    `SELECT DISTINCT g.seq seq, g.entity entity, g.entity_id entityId, g.case_id caseId, a.account_number accountNumber
     FROM audit_log g
     LEFT JOIN cases c ON c.case_id = g.case_id
     LEFT JOIN service_agreement s ON g.entity = 'service_agreement' AND s.id = CAST(g.entity_id AS UNSIGNED)
     LEFT JOIN journal_entry j ON g.entity = 'journal_entry' AND j.entry_key = g.entity_id
     LEFT JOIN posting p ON p.entry_id = j.id
     LEFT JOIN account a ON a.id = COALESCE(s.account_id, p.account_id,
       CASE g.entity WHEN 'account' THEN CAST(g.entity_id AS UNSIGNED) END, c.account_id)
     WHERE g.seq > :after AND g.seq <= :through
     ORDER BY g.seq`,
    { after, through },
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}
