import { newCaseId } from '../../contract/ids';
import { closeCase, occurrenceKey, openCase } from '../../db/records/cases';
import { cancelDepositRequests } from '../../db/records/deposit-requests';
import { balanceOf, depositsHeld } from '../../db/records/journal';
import { cancelNotices } from '../../db/records/notices';
import { cancelOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import type { SetUp } from './lock';
import type { Beside } from './standing';
import { unplaceServices } from './unplace';

/**
 * Ends a set-up before its account is active: everything around it is as it was, the customer and the numbers stay given
 * out, and money that came for it goes back by a settlement. Refused: HANDED_OVER.
 */
export async function cancelSetUp(
  { tx, theCase, account }: SetUp,
  to: { step: 'CANCELED' | 'EXPIRED'; event: string },
): Promise<Beside> {
  const { caseId } = theCase;
  const { wakes, starts } = await unplaceServices(tx, { caseId, account }, 'UNDO');
  await account.update({ status: 'CANCELED' });
  await cancelDepositRequests(tx, account.id);
  await cancelOrders(tx, caseId);
  await cancelOpenTasks(tx, caseId);
  await cancelNotices(tx, caseId);
  await closeCase(tx, theCase, { status: 'CANCELED', ...to });
  const held = [...(await depositsHeld(tx, account.id)).values()].reduce((sum, cents) => sum + cents, 0);
  if (held === 0 && (await balanceOf(tx, account.id)) === 0) return { wakes, starts };
  const settlementCaseId = newCaseId('SETTLEMENT');
  await openCase(tx, {
    ...{ caseId: settlementCaseId, type: 'SETTLEMENT', step: 'OPENED', waitingOn: 'SYSTEM' },
    ...{ accountId: account.id, locationId: account.locationId, startedBy: tx.actorId, startedByCase: caseId },
    occurrenceKey: occurrenceKey.settlement(account.id),
  });
  return { wakes, starts: [...starts, { workflow: 'settleAccount', caseId: settlementCaseId }] };
}
