import type { DecisionStep, ReadsDecided, Wake } from '../../contract/activities';
import type { WaitForReadData } from '../../contract/forms';
import { ensure } from '../../db/errors';
import type { Case, HumanTask } from '../../db/models/cases';
import type { MoveOut, ServiceOrder } from '../../db/models/occupancy';
import { lockOpenCase, moveCase } from '../../db/records/cases';
import { lockAccountWithLocation } from '../../db/records/places';
import { cutOrder, openOrders } from '../../db/records/service-orders';
import { recordForgery, takeUpDecision } from '../../db/records/tasks';
import { parsedJson } from '../../db/reads/select';
import { actingAs, type Tx } from '../../db/transaction';
import { maxDate } from '../../domain/dates';
import { NOTHING_BESIDE, type Beside } from '../beside';
import { stopWithAccepted } from '../field-report';
import { takeEffectAt } from '../handover/handover-events';
import { trueUpFinals } from '../true-up';
import { estimateReads, forgetAnswered } from './missing-reads';
import type { ReadExceptionSubject } from './read-exception';
import { readWaits, standingOfReads } from './read-waits';
import { readDeadlineOf } from './standing';

/** How often the field may be sent again in one case: its history stays small. */
const MAX_REREADS = 10;

/**
 * Carries out what a supervisor decided of a read that is not plausible (accepted, read again, estimated), or a clerk of
 * reads that nobody could take (estimated, waited for). Refused as takeUpDecision, and with STOP_AHEAD, WAIT_PAST,
 * TOO_MANY_REREADS, READ_NEEDED, ESTIMATE_TOO_FAR.
 */
export async function decideReads(system: Tx, input: DecisionStep): Promise<ReadsDecided> {
  const { caseId } = input;
  const unlocked = await system.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  await lockAccountWithLocation(system, unlocked.accountId);
  const theCase = await lockOpenCase(system, caseId);
  const verified = await takeUpDecision(system, theCase, input);
  if (!verified) return recordForgery(system, theCase, input).then(() => ({ forged: true }));
  const { decision, task } = verified;
  const tx = actingAs(system, decision.actorId);
  const moveOut = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true, lock: true });
  const { outcome } = decision;
  const { wakes, starts } =
    task.type === 'READ_EXCEPTION'
      ? await decideException(tx, theCase, moveOut, task, outcome)
      : await decideMissing(tx, theCase, moveOut, outcome, parsedJson(decision.data));
  await forgetAnswered(tx, caseId);
  const waits = await readWaits(tx, moveOut);
  const standing = standingOfReads(tx, waits, moveOut.stopOn);
  await moveCase(tx, theCase, { ...standing, event: 'READ_DECIDED', data: { type: task.type, outcome } });
  return { forged: false, ...standing, ...waits, wakes, starts };
}

async function decideException(
  tx: Tx,
  theCase: Case,
  moveOut: MoveOut,
  task: HumanTask,
  outcome: string,
): Promise<Beside> {
  const { orderNumber, read } = parsedJson<ReadExceptionSubject>(task.subject);
  const order = await tx.db.ServiceOrder.findOne({ where: { orderNumber }, lock: true, rejectOnEmpty: true });
  const { caseId } = theCase;
  if (outcome === 'ESTIMATE') return waking(await estimateReads(tx, theCase, moveOut, [order]));
  if (outcome === 'REREAD') {
    const rereads = await tx.db.HumanTask.count({ where: { caseId, outcome: 'REREAD' } });
    // The one that is decided now is counted already.
    ensure(rereads <= MAX_REREADS, 'TOO_MANY_REREADS', 'The field was sent again often enough: accept or estimate');
    const { type, accountId, servicePointId } = order;
    const again = { type, caseId, accountId, servicePointId, dueOn: maxDate(moveOut.stopOn, tx.today) };
    await cutOrder(tx, { ...again, assigneeId: order.assigneeId });
    // The field gets as long again as for the first read.
    const anew = readDeadlineOf(tx, tx.today);
    await moveOut.update({ readDeadlineOn: maxDate(moveOut.readDeadlineOn ?? anew, anew) });
    return NOTHING_BESIDE;
  }
  await stopWithAccepted(tx, order, read, { caseId, serviceOrderId: order.id });
  const starts = await trueUpFinals(tx, [read.meterId]);
  return { wakes: await takeEffectAt(tx, [order.servicePointId]), starts };
}

const waking = (wakes: Wake[]): Beside => ({ wakes, starts: [] });

async function decideMissing(tx: Tx, theCase: Case, moveOut: MoveOut, outcome: string, data: unknown): Promise<Beside> {
  const orders: ServiceOrder[] = await openOrders(tx, theCase.caseId);
  if (outcome === 'ESTIMATE') {
    ensure(moveOut.stopOn <= tx.today, 'STOP_AHEAD', `Service stops on ${moveOut.stopOn}: that day is still to come`);
    return waking(await estimateReads(tx, theCase, moveOut, orders));
  }
  const { until } = data as WaitForReadData;
  ensure(until > tx.today, 'WAIT_PAST', `Today is ${tx.today}: say a later day`, { pointer: '#/data/until' });
  await moveOut.update({ readDeadlineOn: until });
  // The field goes again.
  for (const order of orders)
    if (order.status === 'UNABLE') await order.update({ status: 'SCHEDULED', unableReason: null, dueOn: until });
  return NOTHING_BESIDE;
}
