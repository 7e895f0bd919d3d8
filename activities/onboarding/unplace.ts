import type { SiblingStart, Wake } from '../../contract/activities';
import { newCaseId } from '../../contract/ids';
import { ensure } from '../../db/errors';
import type { Account, ServiceAgreement } from '../../db/models/occupancy';
import { cancelInChain, followerOf } from '../../db/records/agreements';
import { lockCase, occurrenceKey, openCase } from '../../db/records/cases';
import { tellUndone } from '../../db/records/changes';
import { putBack } from '../../db/records/vacancy-lines';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { moveStop } from '../move-stop';
import { moveVacancy } from '../vacancy-standing';
import { withdrawMoveOut } from '../withdraw-move-out';

/**
 * Takes a newcomer whose account is not active out of the chains, and puts back what was changed for them: the landlord
 * does not stop, the leaver stops when they asked to, the vacancy asks again. A service that has begun before the others
 * is undone too, unless `begun` says to refuse it. Refused: HANDED_OVER.
 */
export async function unplaceServices(
  tx: Tx,
  about: { caseId: string; account: Account },
  begun: 'UNDO' | 'REFUSE',
): Promise<{ wakes: Wake[]; starts: SiblingStart[] }> {
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
  for (const { accountId, agreements: before } of await predecessors(tx, live)) {
    const holder = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    const points = before.map(({ servicePointId }) => servicePointId);
    wakes.push(
      ...(holder.role === 'LANDLORD'
        ? await landlordStays(tx, holder, before, live)
        : await stopAsAsked(tx, holder, points)),
    );
  }
  const back = await giveLinesBack(tx, caseId);
  const again = await reopenVacancies(tx, caseId, live);
  return { wakes: [...wakes, ...back.wakes], starts: [...back.starts, ...again] };
}

/** A landlord who had taken over gave way to the newcomer, and the vacancy has ended: what becomes of the place is asked again. */
async function reopenVacancies(tx: Tx, caseId: string, newcomers: ServiceAgreement[]): Promise<SiblingStart[]> {
  const outgoingIds = newcomers.map(({ followsId }) => followsId).filter((id) => id !== null);
  const lines = await tx.db.VacancyLine.findAll({ where: { outgoingAgreementId: outgoingIds, status: 'REVERTED' } });
  const accountIds = new Set<number>();
  for (const line of lines) {
    const landlord = await tx.db.ServiceAgreement.findByPk(line.newAgreementId ?? 0);
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    if (landlord?.status === 'CANCELED' && !(await followerOf(tx, leaver.id))) accountIds.add(leaver.accountId);
  }
  const starts: SiblingStart[] = [];
  for (const accountId of [...accountIds].sort((a, b) => a - b)) {
    const key = occurrenceKey.vacancy(accountId);
    if ((await tx.db.Case.count({ where: { occurrenceKey: key, closedAt: null } })) > 0) continue;
    const { locationId } = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
    const vacancyCaseId = newCaseId('VACANCY');
    await openCase(tx, {
      ...{ caseId: vacancyCaseId, type: 'VACANCY', step: 'OPENED', waitingOn: 'SYSTEM', occurrenceKey: key },
      ...{ accountId, locationId, startedBy: tx.actorId, startedByCase: caseId },
    });
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

/** The landlord who was to stop for the newcomer keeps the services, unless the stop has been final billed. */
async function landlordStays(
  tx: Tx,
  landlord: Account,
  before: ServiceAgreement[],
  newcomers: ServiceAgreement[],
): Promise<Wake[]> {
  const open = await openMoveOut(tx, landlord);
  if (open) {
    if (open.theCase.startedByCase === null) return [];
    await withdrawMoveOut(tx, { ...open, account: landlord }, { step: 'SUPERSEDED', event: 'NEW_TENANT_CANCELED' });
    return [{ caseId: open.theCase.caseId, reason: 'CANCELED' }];
  }
  if (landlord.status !== 'ACTIVE' && landlord.status !== 'PENDING_START') return [];
  for (const agreement of before) {
    const forNewcomer = newcomers.some(
      ({ followsId, startOn }) => followsId === agreement.id && startOn === agreement.endOn,
    );
    if (!forNewcomer) continue;
    if (agreement.status === 'STOPPED' && agreement.endOn) tellUndone(tx, 'ACTIVATED', agreement, agreement.endOn);
    const status = agreement.status === 'PENDING_START' ? 'PENDING_START' : 'ACTIVE';
    await agreement.update({ status, endOn: null, stopReadId: null, stopReason: null });
  }
  return [];
}

/** The leaver whose stop was moved for the newcomer stops when they asked to, as long as the bill is not posted. */
async function stopAsAsked(tx: Tx, leaver: Account, points: number[]): Promise<Wake[]> {
  const open = await openMoveOut(tx, leaver);
  if (!open?.theCase.draftId) return [];
  const { draftId, draftRevision: revision } = open.theCase;
  const form = await tx.db.DraftRevision.findOne({ where: { draftId, revision: revision ?? 0 }, rejectOnEmpty: true });
  const { stopDate } = form.content as { stopDate: CivilDate };
  return stopDate === open.moveOut.stopOn ? [] : moveStop(tx, leaver, stopDate, points);
}

async function openMoveOut(tx: Tx, account: Account) {
  const where = { occurrenceKey: occurrenceKey.moveOut(account.id), closedAt: null };
  const found = await tx.db.Case.findOne({ where });
  const theCase = found && (await lockCase(tx, found.caseId));
  const moveOut = theCase && (await tx.db.MoveOut.findByPk(theCase.caseId, { lock: true }));
  return theCase && moveOut ? { theCase, moveOut } : null;
}

async function giveLinesBack(tx: Tx, caseId: string): Promise<{ wakes: Wake[]; starts: SiblingStart[] }> {
  const lines = await tx.db.VacancyLine.findAll({ where: { onboardingCaseId: caseId }, order: ['id'] });
  const wakes: Wake[] = [];
  const starts: SiblingStart[] = [];
  for (const vacancyCaseId of [...new Set(lines.map((line) => line.caseId))].sort()) {
    const vacancy = await lockCase(tx, vacancyCaseId);
    if (!vacancy || vacancy.closedAt !== null) continue;
    for (const line of lines) if (line.caseId === vacancyCaseId) await putBack(tx, vacancy, line);
    const moved = await moveVacancy(tx, vacancy);
    wakes.push(...moved.wakes, { caseId: vacancyCaseId, reason: 'NEW_TENANT' });
    starts.push(...moved.starts);
  }
  return { wakes, starts };
}
