import { canonicalJson } from '../canonical';
import type { FieldReport, ReadTaken } from '../models/occupancy';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';

/** What the field hands in for an order. */
export interface NewFieldReport {
  serviceOrderId: number;
  /** Null: of an order without a case. */
  caseId: string | null;
  outcome: FieldReport['outcome'];
  readsTaken: ReadTaken[];
  reason: string | null;
}

/** A report as the message to the case needs it. */
export interface RecordedReport {
  fieldReportId: number;
  status: FieldReport['status'];
}

/** Records a report as it came; the same report of the same person that still waits is the one row. */
export async function recordFieldReport(tx: Tx, given: NewFieldReport): Promise<RecordedReport> {
  const { serviceOrderId, caseId, outcome, readsTaken, reason } = given;
  const waiting = await tx.db.FieldReport.findAll({
    where: { serviceOrderId, reportedBy: tx.actorId, status: 'RECORDED' },
  });
  const same = waiting.find((row) => sameReport(row, given));
  if (same) return { fieldReportId: same.id, status: same.status };
  const row = await tx.db.FieldReport.create({
    serviceOrderId,
    reportedBy: tx.actorId,
    outcome,
    readsTaken,
    reason,
    status: 'RECORDED',
    createdAt: tx.now,
  });
  tx.audit({
    action: 'fieldReport.recorded',
    entity: 'field_report',
    entityId: row.id,
    caseId,
    data: { serviceOrderId, outcome },
  });
  return { fieldReportId: row.id, status: 'RECORDED' };
}

/** A report that was recorded before, or null. */
export async function findFieldReport(tx: Tx, fieldReportId: number): Promise<RecordedReport | null> {
  const row = await tx.db.FieldReport.findByPk(fieldReportId);
  return row && { fieldReportId, status: row.status };
}

/** Voids a report that the case refused, unless it has taken effect meanwhile; returns what it is now. */
export async function voidFieldReport(tx: Tx, fieldReportId: number, reason: string): Promise<FieldReport['status']> {
  const row = await tx.db.FieldReport.findByPk(fieldReportId, { lock: true, rejectOnEmpty: true });
  if (row.status !== 'RECORDED') return row.status;
  await row.update({ status: 'VOID' });
  tx.audit({ action: 'fieldReport.voided', entity: 'field_report', entityId: fieldReportId, data: { reason } });
  return 'VOID';
}

const sameReport = (row: FieldReport, given: NewFieldReport): boolean =>
  row.outcome === given.outcome &&
  row.reason === given.reason &&
  canonicalJson(parsedJson(row.readsTaken)) === canonicalJson(given.readsTaken);
