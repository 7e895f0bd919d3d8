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

/** The landlord's account at a location that is open already, else a new one to begin on that day. */
export async function landlordAccount(
  tx: Tx,
  landlord: { customerId: number; locationId: number; startOn: string; billCycle: string | null },
): Promise<Account> {
  const { customerId, locationId, startOn, billCycle } = landlord;
  const open = await tx.db.Account.findOne({
    where: { customerId, locationId, role: 'LANDLORD', status: ['PENDING_START', 'ACTIVE'] },
    lock: true,
  });
  if (open) return open;
  const account = await tx.db.Account.create({
    ...{ customerId, locationId, startOn, billCycle },
    accountNumber: await nextNumber(tx, 'account'),
    role: 'LANDLORD',
    status: 'PENDING_START',
    createdAt: tx.now,
  });
  tx.audit({ action: 'account.opened', entity: 'account', entityId: account.id, data: { role: 'LANDLORD', startOn } });
  return account;
}
