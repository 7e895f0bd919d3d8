import { newCaseId } from '../contract/ids';
import type { Wake } from '../contract/activities';
import type { Case } from '../db/models/cases';
import type { Account } from '../db/models/occupancy';
import { owesAgain } from '../db/records/accounts';
import { occurrenceKey, openCase } from '../db/records/cases';
import { balanceOf, heldCentsOf } from '../db/records/journal';
import type { Tx } from '../db/transaction';
import { NOTHING_BESIDE, type Beside } from './beside';

/**
 * Money has moved on an account that was final billed: the settlement that runs looks again, else a new one is opened
 * and a closed account is final billed again, until that closes it (design.md section 4: "re-opens"). The account is
 * locked. Nothing happens where nothing is left to settle and no settlement runs.
 */
export async function settleAgain(
  tx: Tx,
  account: Account,
  by: Pick<Case, 'caseId' | 'startedBy'>,
  reason: Wake['reason'],
): Promise<Beside> {
  const key = occurrenceKey.settlement(account.id);
  const running = await tx.db.Case.findOne({ where: { occurrenceKey: key, closedAt: null }, lock: true });
  if (running) return { wakes: [{ caseId: running.caseId, reason }], starts: [] };
  const isEmpty = (await balanceOf(tx, account.id)) === 0 && (await heldCentsOf(tx, account.id)) === 0;
  if (isEmpty && account.status !== 'FINAL_BILLED') return NOTHING_BESIDE;
  if (account.status === 'CLOSED' || account.status === 'WRITTEN_OFF') await owesAgain(tx, account);
  const caseId = newCaseId('SETTLEMENT');
  await openCase(tx, {
    ...{ caseId, type: 'SETTLEMENT', step: 'OPENED', waitingOn: 'SYSTEM' },
    ...{ accountId: account.id, locationId: account.locationId, startedBy: by.startedBy, startedByCase: by.caseId },
    occurrenceKey: key,
  });
  return { wakes: [], starts: [{ workflow: 'settleAccount', caseId }] };
}
