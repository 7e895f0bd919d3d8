import { newCaseId } from '../../contract/ids';
import { ensure } from '../../db/errors';
import type { Account } from '../../db/models/occupancy';
import { addEvent, occurrenceKey, openCase } from '../../db/records/cases';
import { meteredPoints } from '../../db/records/places';
import { cutOrder } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { HOLDING, type NewTenant, type StopReason } from '../../domain/states';
import type { Beside } from '../beside';
import { moveOutStanding, readDeadlineOf } from '../move-out/standing';
import { statusesOf } from './status-before';

/** A move-out that a set-up opens: of whoever is in the way, or of the same customer at another place. */
export interface OpenedMoveOut {
  stopOn: CivilDate;
  stopReason: StopReason;
  newTenant: NewTenant;
  startedByCase: string;
  /** Whoever asked for it has a hand in the final bill. */
  startedBy: number;
  /** The account of the same customer that what is left goes to. */
  transferToId?: number;
}

/**
 * Opens the move-out of an account with all its rows, and the vacancy of what it leaves. Refused: BILLED_PAST_START,
 * START_BEFORE_STOP, CASE_OPEN.
 */
export async function openMoveOut(
  tx: Tx,
  account: Account,
  given: OpenedMoveOut,
): Promise<{ caseId: string; beside: Beside }> {
  const { stopOn, stopReason, newTenant, startedByCase, startedBy, transferToId = null } = given;
  const { id: accountId, locationId } = account;
  const held = { accountId, status: [...HOLDING] };
  const agreements = await tx.db.ServiceAgreement.findAll({ where: held, order: ['id'], lock: true });
  for (const { lastBilledThrough, startOn } of agreements) {
    const message = `Whoever is there is billed through ${lastBilledThrough}; no day is billed twice`;
    ensure(lastBilledThrough === null || lastBilledThrough < stopOn, 'BILLED_PAST_START', message);
    ensure(startOn < stopOn, 'START_BEFORE_STOP', `Whoever is there has a service since ${startOn}`);
  }
  const metered = await meteredPoints(tx, agreements);
  const caseId = newCaseId('MOVE_OUT');
  const vacancyCaseId = newCaseId('VACANCY');
  const row = { accountId, locationId, startedBy };
  const theCase = await openCase(tx, {
    ...{ ...row, caseId, type: 'MOVE_OUT', startedByCase, occurrenceKey: occurrenceKey.moveOut(accountId) },
    ...moveOutStanding(metered.length, tx.today, stopOn),
  });
  await openCase(tx, {
    ...{ ...row, caseId: vacancyCaseId, type: 'VACANCY', step: 'OPENED', waitingOn: 'SYSTEM', startedByCase: caseId },
    occurrenceKey: occurrenceKey.vacancy(accountId),
  });
  const before = statusesOf(agreements);
  await account.update({ stopReason, status: 'PENDING_STOP', stopOn, vacateOn: stopOn });
  for (const agreement of agreements) await agreement.update({ stopReason, status: 'PENDING_STOP', endOn: stopOn });
  await tx.db.MoveOut.create({
    ...{ stopReason, caseId, accountId, vacancyCaseId, draftedBy: startedBy, transferToId },
    ...{ stopOn, vacateOn: stopOn, newTenant },
    readDeadlineOn: metered.length > 0 ? readDeadlineOf(tx, stopOn) : null,
  });
  const orders: string[] = [];
  for (const servicePointId of metered) {
    const order = { type: 'READ_HANDOVER' as const, caseId, accountId, servicePointId, dueOn: stopOn };
    orders.push((await cutOrder(tx, order)).orderNumber);
  }
  await addEvent(tx, theCase, {
    kind: 'STOP_SCHEDULED',
    data: { stopOn, orders, startedByCase, ...(before.length > 0 && { before }) },
  });
  const starts = [
    { workflow: 'moveOut' as const, caseId },
    { workflow: 'resolveVacancy' as const, caseId: vacancyCaseId },
  ];
  return { caseId, beside: { wakes: [], starts } };
}
