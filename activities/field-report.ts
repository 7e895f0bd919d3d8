import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { ReadTaken, ServiceOrder } from '../db/models/occupancy';
import { recordStartRead, recordStopRead, type ReadOrigin } from '../db/records/meter-reads';
import { meterAt } from '../db/records/places';
import { actingAs, type Tx } from '../db/transaction';
import { SET_UP_ORDERS } from '../domain/onboarding/refuse-set-up';
import { ORDER_OPEN, type ServiceOrderType } from '../domain/states';

/**
 * Applies a field report to its order: a read ends the agreement that leaves the point, or begins the one that comes.
 * Refused: ORDER_UNKNOWN, ORDER_CLOSED, REPORT_UNKNOWN, READS_DO_NOT_MATCH, NOT_STOPPING, NOT_STARTING and the reasons of
 * recordStopRead and recordStartRead.
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
  const origin = { caseId: theCase.caseId, serviceOrderId: order.id };
  if (STARTS.includes(order.type)) await beginWith(tx, order, report.readsTaken, origin);
  else await stopWith(tx, order, report.readsTaken, origin);
  await order.update({ status: 'COMPLETED', completedAt: tx.now });
  tx.audit({ action: 'order.completed', entity: 'service_order', entityId: order.orderNumber, caseId: theCase.caseId });
  return { servicePointId, tx };
}

/** The orders that begin a service; every other one is about one that stops. */
const STARTS: readonly ServiceOrderType[] = SET_UP_ORDERS;

/** The read becomes the stop read of the agreement that leaves the point. */
async function stopWith(tx: Tx, order: ServiceOrder, readsTaken: ReadTaken[], origin: ReadOrigin): Promise<void> {
  const { servicePointId, accountId } = order;
  const meter = await meterAt(tx, servicePointId);
  const [taken] = readsTaken;
  const matches = meter && taken && readsTaken.length === 1 && taken.meterId === meter.id;
  ensure(matches, 'READS_DO_NOT_MATCH', 'The order asks for one read, of the meter at its service point');
  const leaver = await tx.db.ServiceAgreement.findOne({
    where: { servicePointId, accountId, status: 'PENDING_STOP' },
    lock: true,
  });
  ensure(leaver?.endOn, 'NOT_STOPPING', 'The service at this point is not about to stop');
  const read = await recordStopRead(tx, meter, taken, leaver.endOn, origin);
  await leaver.update({ stopReadId: read.id });
}

/** The read, where the order needs or brings one, is what the newcomer begins with. */
async function beginWith(tx: Tx, order: ServiceOrder, readsTaken: ReadTaken[], origin: ReadOrigin): Promise<void> {
  const { servicePointId, accountId, type } = order;
  const meter = await meterAt(tx, servicePointId);
  const [taken] = readsTaken;
  const needed = type === 'READ_IN' && meter !== null;
  const matches = readsTaken.length <= 1 && (!taken || taken.meterId === meter?.id) && (!needed || taken);
  ensure(matches, 'READS_DO_NOT_MATCH', 'The order is about the one meter at its service point');
  if (!meter || !taken) return;
  const newcomer = await tx.db.ServiceAgreement.findOne({
    where: { servicePointId, accountId, status: 'PENDING_START' },
    lock: true,
  });
  ensure(newcomer, 'NOT_STARTING', 'The service at this point is not about to begin');
  const read = await recordStartRead(tx, meter, taken, origin);
  await newcomer.update({ startReadId: read.id });
}
