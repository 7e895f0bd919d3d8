import type { CustomerType } from '../models/places';
import { ensure } from '../errors';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { nextNumber } from './numbers';

/**
 * Closes a settled account and its agreements: nothing is owed, nothing is held; one that was canceled stays so. Refused:
 * BALANCE_LEFT.
 */
export async function closeAccount(
  tx: Tx,
  account: Account,
  left: { balanceCents: number; heldCents: number },
): Promise<void> {
  ensure(left.balanceCents === 0 && left.heldCents === 0, 'BALANCE_LEFT', 'Money is left on the account');
  if (account.status === 'CANCELED') return;
  await account.update({ status: 'CLOSED' });
  await tx.db.ServiceAgreement.update({ status: 'CLOSED' }, { where: { accountId: account.id, status: 'STOPPED' } });
  tx.audit({ action: 'account.closed', entity: 'account', entityId: account.id });
}

/** Keeps that an account owes again: final billed, or canceled where its set-up was, which owes only what came back. */
export async function owesAgain(tx: Tx, account: Account): Promise<void> {
  const setUp = await tx.db.Onboarding.findOne({ where: { accountId: account.id } });
  const theCase = setUp && (await tx.db.Case.findByPk(setUp.caseId));
  const wasCanceled = theCase?.status === 'CANCELED' || theCase?.status === 'ABORTED';
  await account.update({ status: wasCanceled ? 'CANCELED' : 'FINAL_BILLED' });
}

/** Leaves an account written off, with its agreements closed: nothing is receivable, and the debt is remembered. */
export async function leaveWrittenOff(tx: Tx, account: Account): Promise<void> {
  await account.update({ status: 'WRITTEN_OFF' });
  await tx.db.ServiceAgreement.update({ status: 'CLOSED' }, { where: { accountId: account.id, status: 'STOPPED' } });
  tx.audit({ action: 'account.writtenOff', entity: 'account', entityId: account.id });
}

/** The kind of customer that somebody is, or null. */
export async function typeOfCustomer(tx: Tx, customerId: number): Promise<CustomerType | null> {
  const { typeCode } = await tx.db.Customer.findByPk(customerId, { rejectOnEmpty: true });
  return typeCode === null ? null : tx.db.CustomerType.findByPk(typeCode);
}

/** What an account does not bear: what the form of its set-up says, else what the customer's type says (row S4). */
export const exemptionsOf = (
  type: CustomerType | null,
  form: { taxExempt?: boolean | null; penaltyExempt?: boolean | null } = {},
) => ({
  taxExempt: form.taxExempt ?? type?.taxExempt ?? false,
  penaltyExempt: form.penaltyExempt ?? type?.penaltyExempt ?? false,
});

/** The landlord's account at a location that is open already and does not stop, else a new one to begin on that day. */
export async function landlordAccount(
  tx: Tx,
  landlord: { customerId: number; locationId: number; startOn: string; billCycle: string | null },
): Promise<Account> {
  const { customerId, locationId, startOn, billCycle } = landlord;
  const open = await tx.db.Account.findOne({
    where: { customerId, locationId, role: 'LANDLORD', status: ['PENDING_START', 'ACTIVE'], stopOn: null },
    lock: true,
  });
  if (open) return open;
  const account = await tx.db.Account.create({
    ...{ customerId, locationId, startOn, billCycle, ...exemptionsOf(await typeOfCustomer(tx, customerId)) },
    accountNumber: await nextNumber(tx, 'account'),
    role: 'LANDLORD',
    status: 'PENDING_START',
    createdAt: tx.now,
  });
  tx.audit({ action: 'account.opened', entity: 'account', entityId: account.id, data: { role: 'LANDLORD', startOn } });
  return account;
}

/** Mail goes where it went before the account was to end. */
export const NO_FORWARDING = {
  ...{ forwardLine1: null, forwardLine2: null, forwardCity: null, forwardState: null, forwardPostalCode: null },
  forwardCountry: null,
};
