import type { ServiceOrderType } from '../../../domain/states';
import type { Db } from '../../create-db';
import type { ReadTaken } from '../../models/occupancy';
import { parsedJson, select } from '../select';

/** What the field handed in for an order while it was with the case. */
export interface ReportRow {
  reportId: number;
  orderNumber: string;
  type: ServiceOrderType;
  outcome: 'DONE' | 'UNABLE' | 'CANCELED';
  reads: ReadTaken[];
  reason: string | null;
  status: 'RECORDED' | 'APPLIED' | 'VOID';
  at: Date;
  username: string;
  displayName: string;
}

/** The field's reports to a case. An order can go on to another case; the audit says to which one each report was made. */
export async function reportsTo(db: Db, caseId: string): Promise<ReportRow[]> {
  const rows = await select<Omit<ReportRow, 'reads'> & { readsTaken: unknown }>(
    db,
    `SELECT f.id reportId, o.order_number orderNumber, o.type type, f.outcome outcome, f.reads_taken readsTaken,
       f.reason reason, f.status status, f.created_at at, u.username username, u.display_name displayName
     FROM audit_log g JOIN field_report f ON f.id = CAST(g.entity_id AS UNSIGNED)
     JOIN service_order o ON o.id = f.service_order_id JOIN app_user u ON u.id = f.reported_by
     WHERE g.case_id = :caseId AND g.action = 'fieldReport.recorded'`,
    { caseId },
  );
  return rows.map(({ readsTaken, ...row }) => ({ ...row, reads: parsedJson(readsTaken) }));
}
