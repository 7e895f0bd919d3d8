import type { SiblingStart, Wake } from '../../contract/activities';
import { newCaseId } from '../../contract/ids';
import { ensure } from '../../db/errors';
import type { Case } from '../../db/models/cases';
import type { Account, MoveOut, ServiceAgreement } from '../../db/models/occupancy';
import { cancelInChain, followerOf } from '../../db/records/agreements';
import { lockCase, occurrenceKey, openCase, openCaseOf } from '../../db/records/cases';
import { tellUndone } from '../../db/records/changes';
import { putBack } from '../../db/records/vacancy-lines';
import type { Tx } from '../../db/transaction';
import { together, type Beside } from '../beside';
import { landlordStays } from '../handover/landlord-stays';
import { moveStop } from '../handover/move-stop';
import { askedStopOf } from '../move-out/asked-stop';
import { withdrawMoveOut } from '../move-out/withdraw';
import { moveVacancy } from '../vacancy-standing';

/**
 * Takes a newcomer whose account is not active out of the chains, and puts back what was changed for them: the landlord
 * does not stop, the leaver stops when they asked to, the vacancy asks again. A service that has begun before the others
 * is undone too, unless `begun` says to refuse it. Refused: HANDED_OVER.
 */
export async function unplaceServices(
  tx: Tx,
  about: { caseId: string; account: Account },
  begun: 'UNDO' | 'REFUSE',
): Promise<Beside> {
  const { caseId, account } = about;
  const agreements = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id },
    order: ['id'],
    lock: true,
  });
  const live = agreements.filter(({ status }) => status !== 'CANCELED');
  const pending = live.every(({ status }) => status === 'PENDING_START');
  const unbilled = live.every(({ lastBilledThrough }) => lastBilledThrough === null);
  const undone = begun === 'UNDO' && unbilled && account.status.startsWith('PENDING_');
  ensure(pending || undone, 'HANDED_OVER', 'Service has begun for this customer');
  for (const agreement of live) {
    const began = agreement.status !== 'PENDING_START';
    await cancelInChain(tx, agreement);
    if (began) tellUndone(tx, 'STOPPED', agreement, agreement.startOn);
  }
  const wakes: Wake[] = [];
  const withdrawn: Beside[] = [];
  for (const { accountId, agreements: before } of await predecessors(tx, live)) {
    const holder = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    const points = before.map(({ servicePointId }) => servicePointId);
    const open = await openMoveOut(tx, holder);
    if (open?.moveOut.stopReason === 'FORCED' && open.theCase.startedByCase === caseId) {
      withdrawn.push(await stays(tx, holder, open));
      continue;
    }
    // Moved out by a person, whoever they are: they stop when they asked to.
    if (open?.theCase.draftId) wakes.push(...(await stopAsAsked(tx, holder, open, points)));
    else if (holder.role === 'LANDLORD' && (open || holder.status === 'ACTIVE' || holder.status === 'PENDING_START')) {
      const kept = before.filter(({ id, endOn }) =>
        live.some(({ followsId, startOn }) => followsId === id && startOn === endOn),
      );
      wakes.push(...(await landlordStays(tx, holder, kept, open?.theCase ?? null)));
    }
  }
  const back = await giveLinesBack(tx, caseId);
  return together(...withdrawn, { wakes, starts: await reopenVacancies(tx, caseId, live) }, back);
}

/** Whoever was moved out for the newcomer alone stays. */
async function stays(tx: Tx, account: Account, found: { theCase: Case; moveOut: MoveOut }): Promise<Beside> {
  const to = { status: 'CANCELED', step: 'SUPERSEDED', event: 'NEW_TENANT_CANCELED' } as const;
  const beside = await withdrawMoveOut(tx, { ...found, account }, to);
  const { caseId, vacancyCaseId } = found.moveOut;
  const ids = vacancyCaseId ? [caseId, vacancyCaseId] : [caseId];
  return together({ wakes: ids.map((id) => ({ caseId: id, reason: 'CANCELED' as const })), starts: [] }, beside);
}

/**
 * Asks again what becomes of services that nobody has now: their vacancy has ended, because the newcomer had begun or the
 * landlord gave way, or the landlord was moved out for the newcomer. One that was left vacant stays so.
 */
async function reopenVacancies(tx: Tx, caseId: string, newcomers: ServiceAgreement[]): Promise<SiblingStart[]> {
  const accountIds = new Set<number>();
  for (const { followsId, startOn } of newcomers) {
    const before = followsId === null ? null : await tx.db.ServiceAgreement.findByPk(followsId);
    if (!before || (before.status !== 'STOPPED' && before.status !== 'CLOSED')) continue;
    if (await followerOf(tx, before.id)) continue;
    const lines = await tx.db.VacancyLine.findAll({ where: { outgoingAgreementId: before.id }, order: ['id'] });
    const last = lines.at(-1)?.status;
    const handedOver = last === undefined && before.endOn === startOn;
    if (last === 'REVERTED' || last === 'OCCUPIED' || handedOver) accountIds.add(before.accountId);
  }
  const starts: SiblingStart[] = [];
  for (const accountId of [...accountIds].sort((a, b) => a - b)) {
    const key = occurrenceKey.vacancy(accountId);
    if (await openCaseOf(tx, key)) continue;
    const left = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
    const vacancyCaseId = newCaseId('VACANCY');
    await openCase(tx, {
      ...{ caseId: vacancyCaseId, type: 'VACANCY', step: 'OPENED', waitingOn: 'SYSTEM', occurrenceKey: key },
      ...{ accountId, locationId: left.locationId, startedBy: tx.actorId, startedByCase: caseId },
    });
    const leaving = await openMoveOut(tx, left);
    if (leaving) await leaving.moveOut.update({ vacancyCaseId });
    starts.push({ workflow: 'resolveVacancy', caseId: vacancyCaseId });
  }
  return starts;
}

async function predecessors(tx: Tx, live: ServiceAgreement[]) {
  const ids = live.map(({ followsId }) => followsId).filter((id) => id !== null);
  const before = await tx.db.ServiceAgreement.findAll({ where: { id: ids }, order: ['id'], lock: true });
  const accountIds = [...new Set(before.map(({ accountId }) => accountId))].sort((a, b) => a - b);
  return accountIds.map((accountId) => ({
    accountId,
    agreements: before.filter((agreement) => agreement.accountId === accountId),
  }));
}

/** The leaver whose stop was moved for the newcomer stops when they asked to, as long as the bill is not posted. */
async function stopAsAsked(
  tx: Tx,
  leaver: Account,
  { theCase, moveOut }: { theCase: Case; moveOut: MoveOut },
  points: number[],
): Promise<Wake[]> {
  const stopDate = await askedStopOf(tx, theCase);
  return stopDate === moveOut.stopOn ? [] : moveStop(tx, leaver, stopDate, points);
}

async function openMoveOut(tx: Tx, account: Account) {
  const found = await openCaseOf(tx, occurrenceKey.moveOut(account.id));
  const theCase = found && (await lockCase(tx, found.caseId));
  const moveOut = theCase && (await tx.db.MoveOut.findByPk(theCase.caseId, { lock: true }));
  return theCase && moveOut ? { theCase, moveOut } : null;
}

async function giveLinesBack(tx: Tx, caseId: string): Promise<Beside> {
  const lines = await tx.db.VacancyLine.findAll({ where: { onboardingCaseId: caseId }, order: ['id'] });
  const beside: Beside[] = [];
  for (const vacancyCaseId of [...new Set(lines.map((line) => line.caseId))].sort()) {
    const vacancy = await lockCase(tx, vacancyCaseId);
    if (!vacancy || vacancy.closedAt !== null) continue;
    for (const line of lines) if (line.caseId === vacancyCaseId) await putBack(tx, vacancy, line);
    beside.push(await moveVacancy(tx, vacancy), {
      wakes: [{ caseId: vacancyCaseId, reason: 'NEW_TENANT' }],
      starts: [],
    });
  }
  return together(...beside);
}
