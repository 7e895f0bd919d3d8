import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import { recordStopRead } from '../db/records/meter-reads';
import { meterAt } from '../db/records/places';
import { actingAs, type Tx } from '../db/transaction';
import { ORDER_OPEN } from '../domain/states';

/**
 * Applies a field report to its order: the read becomes the stop read of the agreement that leaves the point. Refused:
 * ORDER_UNKNOWN, ORDER_CLOSED, REPORT_UNKNOWN, READS_DO_NOT_MATCH and the reasons of recordStopRead.
 */
export async function recordFieldReport(
  system: Tx,
  theCase: Case,
  input: { orderNumber: string; fieldReportId: number },
): Promise<{ servicePointId: number; tx: Tx }> {
  const order = await system.db.ServiceOrder.findOne({ where: { orderNumber: input.orderNumber }, lock: true });
  ensure(order?.caseId === theCase.caseId, 'ORDER_UNKNOWN', 'The order does not belong to this case');
  ensure(ORDER_OPEN.includes(order.status), 'ORDER_CLOSED', `The order is ${order.status}`);
  const report = await system.db.FieldReport.findByPk(input.fieldReportId, { lock: true });
  ensure(
    report?.serviceOrderId === order.id && report.status === 'RECORDED',
    'REPORT_UNKNOWN',
    'Nobody handed in this report',
  );
  const tx = actingAs(system, report.reportedBy);
  await report.update({ status: 'APPLIED' });
  const { servicePointId } = order;
  if (report.outcome === 'UNABLE') {
    await order.update({ status: 'UNABLE', unableReason: report.reason });
    tx.audit({ action: 'order.unable', entity: 'service_order', entityId: order.orderNumber, caseId: theCase.caseId });
    return { servicePointId, tx };
  }
  const meter = await meterAt(tx, servicePointId);
  const [taken] = report.readsTaken;
  const matches = meter && taken && report.readsTaken.length === 1 && taken.meterId === meter.id;
  ensure(matches, 'READS_DO_NOT_MATCH', 'The order asks for one read, of the meter at its service point');
  const leaver = await tx.db.ServiceAgreement.findOne({
    where: { servicePointId, accountId: order.accountId, status: 'PENDING_STOP' },
    lock: true,
  });
  ensure(leaver?.endOn, 'NOT_STOPPING', 'The service at this point is not about to stop');
  const origin = { caseId: theCase.caseId, serviceOrderId: order.id };
  const read = await recordStopRead(tx, meter, taken, leaver.endOn, origin);
  await leaver.update({ stopReadId: read.id });
  await order.update({ status: 'COMPLETED', completedAt: tx.now });
  tx.audit({ action: 'order.completed', entity: 'service_order', entityId: order.orderNumber, caseId: theCase.caseId });
  return { servicePointId, tx };
}
