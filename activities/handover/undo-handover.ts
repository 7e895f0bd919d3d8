import { ensure } from '../../db/errors';
import type { Account, MoveOut, ServiceAgreement } from '../../db/models/occupancy';
import { followerOf } from '../../db/records/agreements';
import { closeCase, lockCase, occurrenceKey, openCaseOf } from '../../db/records/cases';
import { tellAddress, tellUndone } from '../../db/records/changes';
import type { Tx } from '../../db/transaction';
import { together, type Beside } from '../beside';
import { giveWay } from './give-way';

/**
 * Gives the leaver back the services that its move-out stopped, and ends the vacancy: the landlord who followed is taken
 * out of the chain first. Refused: HANDED_OVER when a tenant has begun there, or a landlord who was billed;
 * NEW_TENANT_SET_UP, with the case, while a new tenant is on the way; LANDLORD_MOVES_OUT, with the case, while the
 * landlord is moved out.
 */
export async function undoHandover(tx: Tx, account: Account, moveOut: MoveOut): Promise<Beside> {
  const { stopOn, vacancyCaseId } = moveOut;
  const beside: Beside[] = [];
  const leaving = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id, status: ['PENDING_START', 'PENDING_STOP', 'STOPPED'], endOn: stopOn },
    order: [['id', 'ASC']],
    lock: true,
  });
  for (const agreement of leaving) {
    const follower = await followerOf(tx, agreement.id);
    if (follower) beside.push(await takeBack(tx, follower, moveOut.caseId));
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
  if (!vacancyCaseId) return together(...beside);
  await tx.db.VacancyLine.update({ status: 'SUPERSEDED' }, { where: { caseId: vacancyCaseId } });
  const vacancy = await lockCase(tx, vacancyCaseId);
  if (vacancy && vacancy.closedAt === null) {
    await closeCase(tx, vacancy, { status: 'CANCELED', step: 'SUPERSEDED', event: 'MOVE_OUT_CANCELED' });
  }
  return together(...beside);
}

async function takeBack(tx: Tx, follower: ServiceAgreement, caseId: string): Promise<Beside> {
  const holder = await tx.db.Account.findByPk(follower.accountId, { lock: true, rejectOnEmpty: true });
  const setUp = await tx.db.Onboarding.findOne({ where: { accountId: holder.id } });
  if (setUp || holder.role !== 'LANDLORD') {
    const began = follower.status !== 'PENDING_START';
    ensure(!began, 'HANDED_OVER', 'A new customer has begun at this address');
    const details = { caseId: setUp?.caseId ?? '' };
    ensure(false, 'NEW_TENANT_SET_UP', 'A new customer is being set up here: cancel that first', details);
  }
  const next = await followerOf(tx, follower.id);
  const beside = next ? [await takeBack(tx, next, caseId)] : [];
  ensure(follower.lastBilledThrough === null, 'HANDED_OVER', 'The landlord was billed for this service already');
  const open = await openCaseOf(tx, occurrenceKey.moveOut(holder.id));
  const details = { caseId: open?.caseId ?? '' };
  ensure(!open, 'LANDLORD_MOVES_OUT', 'The landlord who followed is being moved out: cancel that first', details);
  return together(...beside, await giveWay(tx, [follower], caseId));
}
