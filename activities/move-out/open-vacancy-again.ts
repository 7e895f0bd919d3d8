import { newCaseId } from '../../contract/ids';
import type { MoveOut, ServiceAgreement } from '../../db/models/occupancy';
import { followerOf } from '../../db/records/agreements';
import { occurrenceKey, openCase } from '../../db/records/cases';
import type { Tx } from '../../db/transaction';
import { NOTHING_BESIDE, type Beside } from '../beside';

/**
 * The vacancy of a move-out has ended, but the leaver has services again that nobody is to follow: it is asked anew what
 * becomes of them, by a case of its own.
 */
export async function openVacancyAgain(tx: Tx, moveOut: MoveOut, leaving: ServiceAgreement[]): Promise<Beside> {
  const { caseId: startedByCase, accountId } = moveOut;
  const followers = await Promise.all(leaving.map(({ id }) => followerOf(tx, id)));
  if (followers.every((follower) => follower !== null)) return NOTHING_BESIDE;
  const before = moveOut.vacancyCaseId ?? '';
  await tx.db.VacancyLine.update({ status: 'SUPERSEDED' }, { where: { caseId: before } });
  const { locationId } = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
  const caseId = newCaseId('VACANCY');
  await openCase(tx, {
    ...{ caseId, type: 'VACANCY', step: 'OPENED', waitingOn: 'SYSTEM', accountId, locationId },
    ...{ startedBy: tx.actorId, startedByCase, occurrenceKey: occurrenceKey.vacancy(accountId) },
  });
  await moveOut.update({ vacancyCaseId: caseId });
  return { wakes: [], starts: [{ workflow: 'resolveVacancy', caseId }] };
}
