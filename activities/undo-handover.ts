import { ensure } from '../db/errors';
import type { Account, ServiceAgreement } from '../db/models/occupancy';
import { cancelInChain, followerOf } from '../db/records/agreements';
import { closeCase, lockCase } from '../db/records/cases';
import { tellAddress, tellUndone } from '../db/records/changes';
import type { Tx } from '../db/transaction';

/**
 * Gives the leaver its services back and ends the vacancy: what followed is taken out of the chain first. Refused with
 * HANDED_OVER when a tenant has begun there, or a landlord who was billed.
 */
export async function undoHandover(tx: Tx, account: Account, vacancyCaseId: string | null): Promise<void> {
  const leaving = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id, status: ['PENDING_STOP', 'STOPPED'] },
    order: [['id', 'ASC']],
    lock: true,
  });
  for (const agreement of leaving) {
    const follower = await followerOf(tx, agreement.id);
    if (follower) await takeBack(tx, follower);
    const { status, endOn } = agreement;
    await agreement.update({ status: 'ACTIVE', endOn: null, stopReadId: null, stopReason: null });
    if (status === 'STOPPED' && endOn) tellUndone(tx, 'ACTIVATED', agreement, endOn);
  }
  if (account.forwardLine1 !== null) tellAddress(tx, account, tx.today);
  await account.update({
    ...{ status: 'ACTIVE', stopOn: null, vacateOn: null, stopReason: null },
    ...{ forwardLine1: null, forwardLine2: null, forwardCity: null, forwardState: null, forwardPostalCode: null },
  });
  if (!vacancyCaseId) return;
  await tx.db.VacancyLine.update({ status: 'SUPERSEDED' }, { where: { caseId: vacancyCaseId } });
  const vacancy = await lockCase(tx, vacancyCaseId);
  if (vacancy && vacancy.closedAt === null) {
    await closeCase(tx, vacancy, { status: 'CANCELED', step: 'SUPERSEDED', event: 'MOVE_OUT_CANCELED' });
  }
}

async function takeBack(tx: Tx, follower: ServiceAgreement): Promise<void> {
  const holder = await tx.db.Account.findByPk(follower.accountId, { lock: true, rejectOnEmpty: true });
  const began = follower.status !== 'PENDING_START';
  ensure(holder.role === 'LANDLORD' || !began, 'HANDED_OVER', 'A new tenant has begun at this address');
  ensure(follower.lastBilledThrough === null, 'HANDED_OVER', 'The landlord was billed for this service already');
  await cancelInChain(tx, follower);
  if (began) tellUndone(tx, 'STOPPED', follower, follower.startOn);
  const siblings = await tx.db.ServiceAgreement.findAll({ where: { accountId: holder.id } });
  if (siblings.every(({ status }) => status === 'CANCELED')) await holder.update({ status: 'CANCELED' });
}
