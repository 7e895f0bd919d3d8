import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { Account } from '../db/models/occupancy';
import { lockCase } from '../db/records/cases';
import { lockAccountWithLocation } from '../db/records/places';
import type { Tx } from '../db/transaction';

/** A settlement under its locks. */
export interface LockedSettlement {
  tx: Tx;
  theCase: Case;
  account: Account;
  locationNumber: string;
}

/** Locks location, account and case of a settlement. Refused: CASE_UNKNOWN. */
export async function lockSettlement(tx: Tx, caseId: string): Promise<LockedSettlement> {
  const unlocked = await tx.db.Case.findByPk(caseId, { rejectOnEmpty: true });
  const { account, location } = await lockAccountWithLocation(tx, unlocked.accountId ?? 0);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  return { tx, theCase, account, locationNumber: location.locationNumber };
}
