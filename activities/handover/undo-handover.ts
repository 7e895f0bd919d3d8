import { Op } from 'sequelize';
import { ensure } from '../../db/errors';
import type { Account, MoveOut, ServiceAgreement } from '../../db/models/occupancy';
import { NO_FORWARDING } from '../../db/records/accounts';
import { followerOf } from '../../db/records/agreements';
import { closeCase, lockCase, occurrenceKey, openCaseOf } from '../../db/records/cases';
import { tellAddress, tellUndone } from '../../db/records/changes';
import { cancelOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import { discardFilledForms } from '../../db/records/vacancy-again';
import type { Tx } from '../../db/transaction';
import { together, type Beside } from '../beside';
import { giveWay } from './give-way';
import { statusesBefore } from './status-before';
import { turnOnAgain } from './turn-on-again';

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
    where: {
      accountId: account.id,
      status: ['PENDING_START', 'PENDING_STOP', 'STOPPED'],
      endOn: stopOn,
      stopReason: { [Op.ne]: null },
    },
    order: [['id', 'ASC']],
    lock: true,
  });
  const held = await statusesBefore(tx, moveOut.caseId);
  for (const agreement of leaving) {
    const follower = await followerOf(tx, agreement.id);
    if (follower) beside.push(await takeBack(tx, follower, moveOut.caseId));
    const { endOn } = agreement;
    if (agreement.status === 'STOPPED' && endOn) tellUndone(tx, 'ACTIVATED', agreement, endOn);
    const before = held.get(agreement.id) ?? 'ACTIVE';
    const status = agreement.status === 'PENDING_START' ? 'PENDING_START' : before;
    await agreement.update({ status, endOn: null, stopReadId: null, stopReason: null });
    await turnOnAgain(tx, agreement);
  }
  if (account.forwardLine1 !== null) tellAddress(tx, account, tx.today);
  // A landlord who was to hand over to a new tenant may not have begun yet.
  const status = account.status === 'PENDING_START' ? 'PENDING_START' : 'ACTIVE';
  await account.update({
    ...{ status, stopOn: null, vacateOn: null, stopReason: null },
    ...NO_FORWARDING,
  });
  for (const caseId of await vacanciesOf(tx, vacancyCaseId, leaving)) {
    await tx.db.VacancyLine.update({ status: 'SUPERSEDED' }, { where: { caseId } });
    const vacancy = await lockCase(tx, caseId);
    if (!vacancy || vacancy.closedAt !== null) continue;
    await cancelOrders(tx, caseId);
    await discardFilledForms(tx, caseId);
    await cancelOpenTasks(tx, caseId);
    await closeCase(tx, vacancy, { status: 'CANCELED', step: 'SUPERSEDED', event: 'MOVE_OUT_CANCELED' });
    // The caller wakes the vacancy of the move-out itself.
    if (caseId !== vacancyCaseId) beside.push({ wakes: [{ caseId, reason: 'CANCELED' }], starts: [] });
  }
  return together(...beside);
}

/** The vacancy of the move-out, and one that a clerk started of what it had left vacant. */
async function vacanciesOf(tx: Tx, ownId: string | null, leaving: ServiceAgreement[]): Promise<string[]> {
  const lines = await tx.db.VacancyLine.findAll({ where: { outgoingAgreementId: leaving.map(({ id }) => id) } });
  const open = await tx.db.Case.findAll({ where: { caseId: lines.map(({ caseId }) => caseId), closedAt: null } });
  return [...new Set([...(ownId ? [ownId] : []), ...open.map(({ caseId }) => caseId)])].sort();
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
