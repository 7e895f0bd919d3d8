import type { SiblingStart } from '../contract/activities';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { FieldReport, ReadTaken, ServiceOrder } from '../db/models/occupancy';
import { recordStartRead, recordStopRead, type ReadOrigin } from '../db/records/meter-reads';
import { notPlausible } from '../db/records/plausible-reads';
import { meterAt } from '../db/records/places';
import { cancelOrder } from '../db/records/service-orders';
import { parsedJson } from '../db/reads/select';
import { switchBy } from '../db/records/switches';
import { actingAs, type Tx } from '../db/transaction';
import { SET_UP_ORDERS } from '../domain/onboarding/refuse-set-up';
import { HOLDING, ORDER_OPEN, type ServiceOrderType } from '../domain/states';
import { trueUpFinals } from './true-up';

/** What a report came to: where, in whose name, and a stop read that a supervisor has to look at. */
export interface FieldReportRecorded {
  servicePointId: number;
  tx: Tx;
  exception: ReadException | null;
  isUnable: boolean;
  /** Corrections of estimated final bills that a read has made right. */
  starts: SiblingStart[];
}

/** A stop read that is not plausible, as it was handed in; it is recorded once somebody else accepts it. */
export interface ReadException {
  code: string;
  message: string;
  orderNumber: string;
  fieldReportId: number;
  reportedBy: number;
  meterSerial: string;
  previousValue: string | null;
  read: ReadTaken;
}

/**
 * Applies a field report to its order: a read ends the agreement that leaves the point, or begins the one that comes.
 * A clerk's report may cancel an order of a set-up, which is not waited for any more. Refused: ORDER_UNKNOWN,
 * ORDER_CLOSED, ORDER_NEEDED, REPORT_UNKNOWN, READS_DO_NOT_MATCH, NOT_STOPPING, NOT_STARTING and the reasons of
 * recordStopRead and recordStartRead. A stop read of a move-out that is a number of the meter but not plausible is not
 * refused: the field has done its work, and a supervisor looks at it (domain.md rule 1).
 */
export async function recordFieldReport(
  system: Tx,
  theCase: Case,
  input: { orderNumber: string; fieldReportId: number },
): Promise<FieldReportRecorded> {
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
  const done = { servicePointId, exception: null, isUnable: false, starts: [] };
  if (report.outcome === 'CANCELED') {
    // A place that is not shut off after all is asked about again.
    const cancelable = theCase.type === 'VACANCY' || (theCase.type === 'ONBOARD' && STARTS.includes(order.type));
    ensure(cancelable, 'ORDER_NEEDED', 'The case needs this order: cancel the case or move its date instead');
    await cancelOrder(tx, order, report.reason);
    return { ...done, tx };
  }
  if (report.outcome === 'UNABLE') {
    await order.update({ status: 'UNABLE', unableReason: report.reason });
    tx.audit({ action: 'order.unable', entity: 'service_order', entityId: order.orderNumber, caseId: theCase.caseId });
    return { ...done, tx, isUnable: true };
  }
  const origin = { caseId: theCase.caseId, serviceOrderId: order.id };
  const isStart = STARTS.includes(order.type);
  const isTurnOff = order.type === 'TURN_OFF';
  const isStop = !isStart && !isTurnOff;
  const exception = isStop && theCase.type === 'MOVE_OUT' ? await exceptionOf(tx, order, report) : null;
  if (isStart) await beginWith(tx, order, report.readsTaken, origin);
  else if (isTurnOff) await turnOffWith(tx, order, report.readsTaken, origin);
  else if (!exception) await stopWith(tx, order, report.readsTaken, origin);
  await switchBy(tx, order, tx.today);
  await order.update({ status: 'COMPLETED', completedAt: tx.now });
  tx.audit({ action: 'order.completed', entity: 'service_order', entityId: order.orderNumber, caseId: theCase.caseId });
  const starts = exception ? [] : await trueUpFinals(tx, metersOf(report.readsTaken));
  return { ...done, tx, exception, starts };
}

const metersOf = (readsTaken: ReadTaken[] | string): number[] =>
  parsedJson<ReadTaken[]>(readsTaken).map(({ meterId }) => meterId);

/** The orders that begin a service; every other one is about one that stops. */
const STARTS: readonly ServiceOrderType[] = SET_UP_ORDERS;

/** The service that an order's read ends, and the meter that was read. Refused: READS_DO_NOT_MATCH, NOT_STOPPING. */
async function stoppingBy(tx: Tx, order: ServiceOrder, readsTaken: ReadTaken[]) {
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
  return { meter, taken, leaver, stopOn: leaver.endOn };
}

/** The read becomes the stop read of the agreement that leaves the point. */
async function stopWith(tx: Tx, order: ServiceOrder, readsTaken: ReadTaken[], origin: ReadOrigin): Promise<void> {
  const { meter, taken, leaver, stopOn } = await stoppingBy(tx, order, readsTaken);
  const read = await recordStopRead(tx, meter, taken, stopOn, origin);
  await leaver.update({ stopReadId: read.id });
}

/** What a supervisor has to look at before the read is recorded, or null. */
async function exceptionOf(tx: Tx, order: ServiceOrder, report: FieldReport): Promise<ReadException | null> {
  const { meter, taken, leaver, stopOn } = await stoppingBy(tx, order, parsedJson<ReadTaken[]>(report.readsTaken));
  const found = await notPlausible(tx, meter, leaver, { taken, stopOn });
  if (!found) return null;
  const { orderNumber } = order;
  const about = { orderNumber, fieldReportId: report.id, reportedBy: report.reportedBy, meterSerial: meter.serial };
  return { ...about, ...found, read: taken };
}

/** Records a read that a supervisor has accepted, and ends the service with it; one below the last is a rollover. */
export async function stopWithAccepted(
  tx: Tx,
  order: ServiceOrder,
  taken: ReadTaken,
  origin: ReadOrigin,
): Promise<void> {
  const { meter, leaver, stopOn } = await stoppingBy(tx, order, [taken]);
  const read = await recordStopRead(tx, meter, taken, stopOn, origin, 'ACCEPTED');
  await leaver.update({ stopReadId: read.id });
}

/** The supply is turned off where nobody has it any more; a read that was taken then shows what ran since. */
async function turnOffWith(tx: Tx, order: ServiceOrder, readsTaken: ReadTaken[], origin: ReadOrigin): Promise<void> {
  const { servicePointId } = order;
  const held = await tx.db.ServiceAgreement.findOne({ where: { servicePointId, status: [...HOLDING] } });
  ensure(!held, 'STILL_SERVED', 'Somebody has the service still: the final read comes first');
  const meter = await meterAt(tx, servicePointId);
  const [taken] = readsTaken;
  const matches = readsTaken.length <= 1 && (!taken || taken.meterId === meter?.id);
  ensure(matches, 'READS_DO_NOT_MATCH', 'The order is about the one meter at its service point');
  if (meter && taken) await recordStartRead(tx, meter, taken, origin);
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
