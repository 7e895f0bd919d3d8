import { closeCase } from '../../db/records/cases';
import { cancelDepositRequests } from '../../db/records/deposit-requests';
import { cancelNotices } from '../../db/records/notices';
import { cancelOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import { together, type Beside } from '../beside';
import { moveAlone } from '../move-customer';
import { settleCanceled } from '../settle-canceled';
import type { SetUp } from './lock';

import { unplaceServices } from './unplace';

/**
 * Ends a set-up before its account is active: everything around it is as it was, the customer and the numbers stay given
 * out, and money that came for it goes back by a settlement. Refused: HANDED_OVER.
 */
export async function cancelSetUp(
  { tx, theCase, account }: SetUp,
  to: { status?: 'ABORTED'; step: 'CANCELED' | 'EXPIRED' | 'ABORTED'; event: string; data?: Record<string, unknown> },
): Promise<Beside> {
  const { caseId } = theCase;
  const { wakes, starts } = await unplaceServices(tx, { caseId, account }, 'UNDO');
  await moveAlone(tx, account);
  await account.update({ status: 'CANCELED' });
  await cancelDepositRequests(tx, account.id);
  await cancelOrders(tx, caseId);
  await cancelOpenTasks(tx, caseId);
  await cancelNotices(tx, caseId);
  await closeCase(tx, theCase, { status: 'CANCELED', ...to });
  return together({ wakes, starts }, await settleCanceled(tx, account, caseId));
}
