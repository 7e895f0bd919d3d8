import type { Wake } from '../../contract/activities';
import { ensure } from '../../db/errors';
import type { Account } from '../../db/models/occupancy';
import { lockCase, moveCase, occurrenceKey, openCaseOf } from '../../db/records/cases';
import { cancelOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import type { Tx } from '../../db/transaction';
import { minDate, type CivilDate } from '../../domain/dates';
import { moveOutStanding, readDeadlineOf } from '../move-out/standing';
import { stopAgain, stoppingOf } from './stop-again';

/**
 * Moves the stop of an open move-out to another day (domain.md section 4, T < S: S = T): orders are cut again, a read
 * that was taken is prorated to the day, a drafted bill is dropped and drafted anew. All of the leaver's services stop
 * together: refused with START_BEFORE_STOP when `points` lacks one, or when no move-out is open.
 */
export async function moveStop(tx: Tx, account: Account, stopOn: CivilDate, points: number[]): Promise<Wake[]> {
  const open = await openCaseOf(tx, occurrenceKey.moveOut(account.id));
  const theCase = open && (await lockCase(tx, open.caseId));
  ensure(theCase, 'START_BEFORE_STOP', `The one before has the services until ${account.stopOn}`);
  const { caseId } = theCase;
  const moveOut = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  const stopping = await stoppingOf(tx, account, moveOut);
  const whole = stopping.every(({ servicePointId }) => points.includes(servicePointId));
  const message = `The one before keeps other services until ${moveOut.stopOn}: take all of them, or start then`;
  ensure(whole, 'START_BEFORE_STOP', message);

  await cancelOrders(tx, caseId);
  let orders = 0;
  for (const agreement of stopping) orders += await stopAgain(tx, agreement, { stopOn, caseId, type: 'READ_HANDOVER' });
  const vacateOn = minDate(moveOut.vacateOn, stopOn);
  await account.update({ status: 'PENDING_STOP', stopOn, vacateOn });
  await moveOut.update({ stopOn, vacateOn, readDeadlineOn: readDeadlineOf(tx, stopOn) });
  await tx.db.BillRevision.update({ status: 'CANCELED' }, { where: { caseId, status: ['DRAFT', 'SENT_BACK'] } });
  await cancelOpenTasks(tx, caseId);
  const standing = moveOutStanding(orders, tx.today, stopOn);
  await moveCase(tx, theCase, { ...standing, event: 'STOP_MOVED', data: { stopOn } });
  return [{ caseId, reason: 'STOP_MOVED' }];
}
