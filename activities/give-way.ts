import type { ServiceAgreement } from '../db/models/occupancy';
import { cancelInChain } from '../db/records/agreements';
import { tellUndone } from '../db/records/changes';
import type { Tx } from '../db/transaction';

/** Takes agreements out of their chains; an account that is left without any is canceled, and its notices with it. */
export async function giveWay(tx: Tx, agreements: ServiceAgreement[]): Promise<void> {
  for (const agreement of agreements) {
    const began = agreement.status !== 'PENDING_START';
    await cancelInChain(tx, agreement);
    if (began) tellUndone(tx, 'STOPPED', agreement, agreement.startOn);
  }
  for (const accountId of new Set(agreements.map((agreement) => agreement.accountId))) {
    const left = await tx.db.ServiceAgreement.findAll({ where: { accountId } });
    if (!left.every(({ status }) => status === 'CANCELED')) continue;
    await tx.db.Account.update({ status: 'CANCELED' }, { where: { id: accountId } });
    await tx.db.Notice.update({ status: 'CANCELED' }, { where: { accountId, status: 'QUEUED' } });
    tx.audit({ action: 'account.canceled', entity: 'account', entityId: accountId });
  }
}
