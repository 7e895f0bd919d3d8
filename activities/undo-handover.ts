import { ensure } from '../db/errors';
import type { Account, MoveOut, ServiceAgreement } from '../db/models/occupancy';
import { followerOf } from '../db/records/agreements';
import { closeCase, lockCase } from '../db/records/cases';
import { tellAddress, tellUndone } from '../db/records/changes';
import type { Tx } from '../db/transaction';
import { giveWay } from './give-way';

/**
 * Gives the leaver back the services that its move-out stopped, and ends the vacancy: the landlord who followed is taken
 * out of the chain first. Refused: HANDED_OVER when a tenant has begun there, or a landlord who was billed;
 * NEW_TENANT_SET_UP, with the case, while a new tenant is on the way.
 */
export async function undoHandover(tx: Tx, account: Account, { stopOn, vacancyCaseId }: MoveOut): Promise<void> {
  const leaving = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id, status: ['PENDING_START', 'PENDING_STOP', 'STOPPED'], endOn: stopOn },
    order: [['id', 'ASC']],
    lock: true,
  });
  for (const agreement of leaving) {
    const follower = await followerOf(tx, agreement.id);
    if (follower) await takeBack(tx, follower);
    const { endOn } = agreement;
    if (agreement.status === 'STOPPED' && endOn) tellUndone(tx, 'ACTIVATED', agreement, endOn);
    const status = agreement.status === 'PENDING_START' ? 'PENDING_START' : 'ACTIVE';
    await agreement.update({ status, endOn: null, stopReadId: null, stopReason: null });
  }
  if (account.forwardLine1 !== null) tellAddress(tx, account, tx.today);
  // A landlord who was to hand over to a new tenant may not have begun yet.
  const status = account.status === 'PENDING_START' ? 'PENDING_START' : 'ACTIVE';
  await account.update({
    ...{ status, stopOn: null, vacateOn: null, stopReason: null },
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
  if (holder.role !== 'LANDLORD') {
    const began = follower.status !== 'PENDING_START';
    ensure(!began, 'HANDED_OVER', 'A new tenant has begun at this address');
    const setUp = await tx.db.Onboarding.findOne({ where: { accountId: holder.id } });
    const details = { caseId: setUp?.caseId ?? '' };
    ensure(false, 'NEW_TENANT_SET_UP', 'A new tenant is being set up here: cancel that first', details);
  }
  const next = await followerOf(tx, follower.id);
  if (next) await takeBack(tx, next);
  ensure(follower.lastBilledThrough === null, 'HANDED_OVER', 'The landlord was billed for this service already');
  await giveWay(tx, [follower]);
}
