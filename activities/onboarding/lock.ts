import { ensure } from '../../db/errors';
import type { Case } from '../../db/models/cases';
import type { Account, Onboarding } from '../../db/models/occupancy';
import { lockCase } from '../../db/records/cases';
import { lockAccountWithLocation } from '../../db/records/places';
import type { Tx } from '../../db/transaction';

/** A set-up with its rows, locked in the order of design.md decision 3. */
export interface SetUp {
  tx: Tx;
  theCase: Case;
  account: Account;
  setUp: Onboarding;
  locationNumber: string;
  customerNumber: string;
}

/** Locks the set-up of a case, open or closed. */
export async function lockSetUp(tx: Tx, caseId: string): Promise<SetUp> {
  const { accountId } = await tx.db.Onboarding.findByPk(caseId, { rejectOnEmpty: true });
  const { account, location } = await lockAccountWithLocation(tx, accountId);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  const setUp = await tx.db.Onboarding.findByPk(caseId, { rejectOnEmpty: true });
  const { customerNumber } = await tx.db.Customer.findByPk(account.customerId, { rejectOnEmpty: true });
  return { tx, theCase, account, setUp, locationNumber: location.locationNumber, customerNumber };
}

/** Locks a set-up that goes on. Refused: CASE_CLOSED. */
export async function lockOpenSetUp(tx: Tx, caseId: string): Promise<SetUp> {
  const found = await lockSetUp(tx, caseId);
  ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
  return found;
}
