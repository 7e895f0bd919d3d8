import type { Rescheduled } from '../../contract/activities';
import type { RescheduleStopData } from '../../contract/forms';
import { ensure, rejectAll } from '../../db/errors';
import type { Case } from '../../db/models/cases';
import type { Account, MoveOut, ServiceAgreement } from '../../db/models/occupancy';
import { addEvent, moveCase } from '../../db/records/cases';
import { tellAddress } from '../../db/records/changes';
import { billedThroughOf } from '../../db/records/move-out-blockers';
import { cancelOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import { parsedJson } from '../../db/reads/select';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { refuseMoveOut } from '../../domain/move-out/refuse-move-out';
import type { Refusal } from '../../domain/refusal';
import { stopAgain, stoppingOf } from '../handover/stop-again';
import { turnOnAgain } from '../handover/turn-on-again';
import { followersMove } from './followers-move';
import { readOrderType } from './read-order-type';
import { moveOutStanding, readDeadlineOf } from './standing';

/** How often the stop of one case may be moved: its history stays small, and nobody means it more often. */
const MAX_MOVES = 20;

/**
 * Moves the stop of an open move-out to another day, or the day of vacating alone: the orders are cut again, a read that
 * was taken is prorated to the day or kept unused, a draft of the final bill is dropped, and what becomes of each service
 * is chosen anew. Refused, all reasons together: STOP_BEFORE_START, BILLED_PAST_STOP, STOP_TOO_FAR_BACK,
 * STOP_TOO_FAR_AHEAD, VACATE_BEFORE_START, NOTHING_TO_MOVE, TOO_MANY_MOVES; and NOT_RESCHEDULABLE and the reasons of
 * followersMove.
 */
export async function rescheduleStop(
  tx: Tx,
  { theCase, moveOut, account }: { theCase: Case; moveOut: MoveOut; account: Account },
  commandId: string,
): Promise<Rescheduled> {
  const command = await tx.db.CaseCommand.findByPk(commandId, { rejectOnEmpty: true });
  const asked = parsedJson<RescheduleStopData>(command.data);
  const ofNewcomer = 'Service stops here when the newcomer begins: move the set-up instead';
  const isTheirs = theCase.draftId !== null || moveOut.transferToId !== null;
  ensure(isTheirs, 'NOT_RESCHEDULABLE', ofNewcomer, { caseId: theCase.startedByCase ?? '' });
  const stopOn = asked.stopDate ?? moveOut.stopOn;
  // Who left on the day on which service stopped still does, unless another day is said.
  const alike = moveOut.vacateOn === moveOut.stopOn ? stopOn : moveOut.vacateOn;
  const vacateOn = asked.vacateDate ?? alike;
  const leaving = await stoppingOf(tx, account, moveOut);
  rejectAll(await refuseDates(tx, { account, moveOut, leaving, stopOn, vacateOn }));

  const data = { stopOn, vacateOn, before: { stopOn: moveOut.stopOn, vacateOn: moveOut.vacateOn } };
  await account.update({ vacateOn });
  await moveOut.update({ vacateOn });
  if (account.forwardLine1 !== null) tellAddress(tx, account, vacateOn);
  if (stopOn === moveOut.stopOn) {
    await addEvent(tx, theCase, { kind: 'VACATE_MOVED', data });
    return { wakes: [], starts: [] };
  }
  const { caseId } = theCase;
  const followers = await followersMove(tx, { moveOut, leaving, stopOn });
  await cancelOrders(tx, caseId);
  await cancelOpenTasks(tx, caseId);
  await tx.db.BillRevision.update({ status: 'CANCELED' }, { where: { caseId, status: ['DRAFT', 'SENT_BACK'] } });
  const { stopReason, newTenant } = moveOut;
  const known = followers.isTenantKnown ? 'YES' : newTenant;
  const type = await readOrderType(tx, account, { stopDate: stopOn, stopReason, newTenant: known });
  let orders = 0;
  for (const agreement of leaving) {
    orders += await stopAgain(tx, agreement, { stopOn, caseId, type });
    if (stopOn > tx.today) await turnOnAgain(tx, agreement);
  }
  await account.update({ status: 'PENDING_STOP', stopOn });
  await moveOut.update({ stopOn, readDeadlineOn: readDeadlineOf(tx, stopOn) });
  await moveCase(tx, theCase, { ...moveOutStanding(orders, tx.today, stopOn), event: 'STOP_MOVED', data });
  const { wakes, starts } = await followers.chooseAnew();
  return { wakes, starts, isStopMoved: true };
}

async function refuseDates(
  tx: Tx,
  about: { account: Account; moveOut: MoveOut; leaving: ServiceAgreement[]; stopOn: CivilDate; vacateOn: CivilDate },
): Promise<Refusal[]> {
  const { account, moveOut, leaving, stopOn, vacateOn } = about;
  const { caseId } = moveOut;
  const refusals = refuseMoveOut({
    ...{ accountStatus: 'ACTIVE', startOn: account.startOn, lastBilledThrough: billedThroughOf(leaving) },
    ...{ stopOn, vacateOn, today: tx.today, ...tx.settings.moveOut },
  });
  const isSame = stopOn === moveOut.stopOn;
  const blockers = isSame ? refusals.filter(({ code }) => code.startsWith('VACATE_')) : refusals;
  if (isSame && vacateOn === moveOut.vacateOn)
    blockers.push({ code: 'NOTHING_TO_MOVE', message: 'These are the dates of the case', pointer: '#/stopDate' });
  const moves = await tx.db.CaseEvent.count({ where: { caseId, kind: ['STOP_MOVED', 'VACATE_MOVED'] } });
  if (moves >= MAX_MOVES) {
    const message = `The dates were moved ${moves} times: cancel the case and start another one`;
    blockers.push({ code: 'TOO_MANY_MOVES', message, pointer: '#/stopDate' });
  }
  return blockers;
}
