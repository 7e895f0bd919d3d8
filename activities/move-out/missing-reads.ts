import type { ReadsLookedFor, Wake } from '../../contract/activities';
import { newTaskId } from '../../contract/ids';
import { TASK_TYPES } from '../../contract/task-types';
import { ensure, RefusedError } from '../../db/errors';
import type { Case } from '../../db/models/cases';
import type { MoveOut, ServiceOrder } from '../../db/models/occupancy';
import { addEvent, lockCase, moveCase } from '../../db/records/cases';
import { recordEstimate } from '../../db/records/meter-reads';
import { lockAccountWithLocation, meterOn } from '../../db/records/places';
import { withoutRead } from '../../db/records/quoted-ends';
import { openOrders } from '../../db/records/service-orders';
import { cancelTask } from '../../db/records/task-history';
import { openTask } from '../../db/records/tasks';
import type { Tx } from '../../db/transaction';
import { takeEffectAt } from '../handover/handover-events';
import { openReadTasks, readWaits, standingOfReads } from './read-waits';

/** Looks for reads whose last day has passed. A case that is not open, or waits for none, is left alone. */
export async function lookForReads(tx: Tx, caseId: string): Promise<ReadsLookedFor> {
  const unlocked = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  await lockAccountWithLocation(tx, unlocked.accountId);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  const moveOut = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  const isDue = moveOut.readDeadlineOn !== null && moveOut.readDeadlineOn <= tx.today;
  const isOpen = theCase.closedAt === null && (await openOrders(tx, caseId)).length > 0;
  const wakes = isOpen && isDue ? await askWithoutRead(tx, theCase, moveOut) : [];
  const waits = await readWaits(tx, moveOut);
  const standing = isOpen ? standingOfReads(tx, waits, moveOut.stopOn) : theCase;
  if (isOpen && isDue) await moveCase(tx, theCase, { ...standing, event: 'READS_LOOKED_FOR' });
  return { step: standing.step, waitingOn: standing.waitingOn, ...waits, wakes };
}

/**
 * A read that is not to be had: estimated at once where the office wants that and enough is known, else a clerk is asked
 * whether to estimate or to wait. Before the stop date nothing is done: the day may still come.
 */
export async function askWithoutRead(tx: Tx, theCase: Case, moveOut: MoveOut): Promise<Wake[]> {
  const orders = await openOrders(tx, theCase.caseId);
  if (moveOut.stopOn > tx.today || orders.length === 0) return [];
  if (tx.settings.moveOut.missingRead === 'ESTIMATE') {
    const missing = await Promise.all(orders.map((order) => whyNoEstimate(tx, order, moveOut)));
    if (missing.every((refusal) => refusal === null)) return estimateReads(tx, theCase, moveOut, orders);
  }
  if ((await openReadTasks(tx, theCase.caseId)).some(({ type }) => type === 'MISSING_READ')) return [];
  await openTask(tx, theCase, {
    ...{ taskId: newTaskId(), type: 'MISSING_READ', candidateGroup: TASK_TYPES.MISSING_READ.candidateGroup },
    subject: {
      stopOn: moveOut.stopOn,
      orders: orders.map(({ orderNumber, status, unableReason }) => ({ orderNumber, status, unableReason })),
    },
  });
  return [];
}

/** The services of these orders end with an estimate, and the field owes them no more (domain.md rule 4). */
export async function estimateReads(tx: Tx, theCase: Case, moveOut: MoveOut, orders: ServiceOrder[]): Promise<Wake[]> {
  for (const order of orders) {
    const { leaver, meter, end, steps } = await estimateOf(tx, order, moveOut);
    const origin = { caseId: theCase.caseId, serviceOrderId: order.id };
    const read = end.id === null ? await recordEstimate(tx, meter, end, origin) : { id: end.id };
    await leaver.update({ stopReadId: read.id });
    await order.update({ status: 'ESTIMATE_ALLOWED' });
    const { orderNumber } = order;
    const about = { entity: 'service_order', entityId: orderNumber, caseId: theCase.caseId };
    tx.audit({ action: 'order.estimated', ...about, data: { value: end.value, readOn: end.readOn } });
    const data = { orderNumber, value: end.value, source: end.source, steps };
    await addEvent(tx, theCase, { kind: 'READ_ESTIMATED', data });
  }
  return takeEffectAt(
    tx,
    orders.map(({ servicePointId }) => servicePointId),
  );
}

/** Closes the question for reads that have come in meanwhile. */
export async function forgetAnswered(tx: Tx, caseId: string): Promise<void> {
  if ((await openOrders(tx, caseId)).length > 0) return;
  for (const task of await openReadTasks(tx, caseId)) if (task.type === 'MISSING_READ') await cancelTask(tx, task);
}

async function estimateOf(tx: Tx, order: ServiceOrder, { stopOn }: MoveOut) {
  const { servicePointId, accountId } = order;
  const leaver = await tx.db.ServiceAgreement.findOne({
    where: { servicePointId, accountId, status: 'PENDING_STOP' },
    lock: true,
  });
  const meter = await meterOn(tx, servicePointId, stopOn);
  ensure(leaver && meter, 'NOT_STOPPING', 'The service at this point is not about to stop');
  const { meanMonths } = tx.settings.moveOut;
  return { leaver, meter, ...(await withoutRead(tx, leaver, meter, { stopOn, meanMonths })) };
}

async function whyNoEstimate(tx: Tx, order: ServiceOrder, moveOut: MoveOut): Promise<string | null> {
  try {
    await estimateOf(tx, order, moveOut);
    return null;
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal.code;
    throw error;
  }
}
