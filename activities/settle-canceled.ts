import { newCaseId } from '../contract/ids';
import type { Account } from '../db/models/occupancy';
import { occurrenceKey, openCase } from '../db/records/cases';
import { balanceOf, heldCentsOf } from '../db/records/journal';
import type { Tx } from '../db/transaction';
import { NOTHING_BESIDE, type Beside } from './beside';

/** Money that came for an account that is canceled goes back by a settlement. */
export async function settleCanceled(tx: Tx, account: Account, startedByCase: string): Promise<Beside> {
  const held = await heldCentsOf(tx, account.id);
  if (held === 0 && (await balanceOf(tx, account.id)) === 0) return NOTHING_BESIDE;
  const caseId = newCaseId('SETTLEMENT');
  await openCase(tx, {
    ...{ caseId, type: 'SETTLEMENT', step: 'OPENED', waitingOn: 'SYSTEM' },
    ...{ accountId: account.id, locationId: account.locationId, startedBy: tx.actorId, startedByCase },
    occurrenceKey: occurrenceKey.settlement(account.id),
  });
  return { wakes: [], starts: [{ workflow: 'settleAccount', caseId }] };
}
