import type { Wake } from '../../contract/activities';
import type { ServiceAgreement } from '../../db/models/occupancy';
import { cancelInChain } from '../../db/records/agreements';
import { tellUndone } from '../../db/records/changes';
import { undoReversionFee } from '../../db/records/reversion-fees';
import { cancelOrdersAt } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import { together, type Beside } from '../beside';
import { moveLandlordOut } from './move-landlord-out';
import { settleCanceled } from '../settle-canceled';

/**
 * Takes a landlord's agreements out of their chains. An account that is left without any is canceled, and its notices
 * with it; one that is left with stopping ones only is moved out.
 */
export async function giveWay(tx: Tx, agreements: ServiceAgreement[], startedByCase: string): Promise<Beside> {
  for (const agreement of agreements) {
    const began = agreement.status !== 'PENDING_START';
    await cancelInChain(tx, agreement);
    if (began) tellUndone(tx, 'STOPPED', agreement, agreement.startOn);
    if (began) await undoReversionFee(tx, agreement);
  }
  const beside: Beside[] = [{ wakes: await vacanciesOf(tx, agreements), starts: [] }];
  for (const accountId of new Set(agreements.map((agreement) => agreement.accountId))) {
    const theirs = agreements.filter((agreement) => agreement.accountId === accountId);
    await cancelOrdersAt(
      tx,
      accountId,
      theirs.map(({ servicePointId }) => servicePointId),
    );
    const account = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    const left = await tx.db.ServiceAgreement.findAll({ where: { accountId } });
    if (!left.every(({ status }) => status === 'CANCELED')) {
      beside.push(await moveLandlordOut(tx, account, startedByCase));
      continue;
    }
    await account.update({ status: 'CANCELED' });
    await tx.db.Notice.update({ status: 'CANCELED' }, { where: { accountId, status: 'QUEUED' } });
    tx.audit({ action: 'account.canceled', entity: 'account', entityId: accountId });
    beside.push(await settleCanceled(tx, account, startedByCase));
  }
  return together(...beside);
}

/** The open vacancies that count on these landlords. */
async function vacanciesOf(tx: Tx, agreements: ServiceAgreement[]): Promise<Wake[]> {
  const where = { newAgreementId: agreements.map(({ id }) => id), status: 'REVERTING' as const };
  const caseId = (await tx.db.VacancyLine.findAll({ where })).map((line) => line.caseId);
  const open = await tx.db.Case.findAll({ where: { caseId, closedAt: null }, order: ['caseId'] });
  return open.map((each) => ({ caseId: each.caseId, reason: 'STOPPED' }));
}
