import type { Case } from '../../db/models/cases';
import type { Account, MoveOut } from '../../db/models/occupancy';
import { closeCase, type CaseEnd } from '../../db/records/cases';
import { restoreBills } from '../../db/records/later-bills';
import { cancelNotices } from '../../db/records/notices';
import { cancelOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import { discardFilledForms } from '../../db/records/vacancy-again';
import type { Tx } from '../../db/transaction';
import type { Beside } from '../beside';
import { undoHandover } from '../handover/undo-handover';

/**
 * Ends a move-out before its bill is posted: account, agreements and orders are as they were before it,
 * and nobody is asked for a new tenant any more. Refused:
 * HANDED_OVER, NEW_TENANT_SET_UP, LANDLORD_MOVES_OUT.
 */
export async function withdrawMoveOut(
  tx: Tx,
  found: { theCase: Case; moveOut: MoveOut; account: Account },
  to: CaseEnd = { status: 'CANCELED', step: 'CANCELED', event: 'CANCELED' },
): Promise<Beside> {
  const { theCase, moveOut, account } = found;
  const { caseId } = theCase;
  const { vacancyCaseId } = moveOut;
  const beside = await undoHandover(tx, account, moveOut);
  await restoreBills(tx, caseId);
  await cancelOrders(tx, caseId);
  await tx.db.BillRevision.update({ status: 'CANCELED' }, { where: { caseId, status: ['DRAFT', 'SENT_BACK'] } });
  for (const each of vacancyCaseId ? [caseId, vacancyCaseId] : [caseId]) {
    await discardFilledForms(tx, each);
    await cancelOpenTasks(tx, each);
    await cancelNotices(tx, each);
  }
  await closeCase(tx, theCase, to);
  return beside;
}
