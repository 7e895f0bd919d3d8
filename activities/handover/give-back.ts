import type { Wake } from '../../contract/activities';
import type { Case } from '../../db/models/cases';
import type { VacancyLine } from '../../db/models/occupancy';
import { lockCase, occurrenceKey, openCaseOf } from '../../db/records/cases';
import { cancelNotices } from '../../db/records/notices';
import type { Tx } from '../../db/transaction';
import { HOLDING } from '../../domain/states';
import { together, type Beside } from '../beside';
import { giveWay } from './give-way';
import { landlordStays } from './landlord-stays';

/**
 * Takes the landlord's starts of these lines back, which are still pending: agreements, field orders, what was to stop for
 * a later tenant, and with the last of them the notice. Returns the lines that were taken back.
 */
export async function giveBack(
  tx: Tx,
  { caseId }: Case,
  lines: VacancyLine[],
): Promise<{ taken: VacancyLine[]; beside: Beside }> {
  const ids = lines.map(({ newAgreementId }) => newAgreementId).filter((id) => id !== null);
  const where = { id: ids, status: 'PENDING_START' as const };
  const pending = await tx.db.ServiceAgreement.findAll({ where, order: ['id'], lock: true });
  const wakes: Wake[] = [];
  for (const accountId of new Set(pending.map((agreement) => agreement.accountId))) {
    const theirs = pending.filter((agreement) => agreement.accountId === accountId);
    const landlord = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    const open = await openCaseOf(tx, occurrenceKey.moveOut(accountId));
    const leaving = open && (await lockCase(tx, open.caseId));
    const stopping = theirs.filter(({ endOn }) => endOn !== null);
    wakes.push(...(await landlordStays(tx, landlord, stopping, leaving)));
  }
  const beside = together({ wakes, starts: [] }, await giveWay(tx, pending, caseId));
  await dropNotice(tx, caseId);
  const taken = lines.filter(({ newAgreementId }) => pending.some(({ id }) => id === newAgreementId));
  return { taken, beside };
}

/** A landlord who has nothing of the vacancy any more is not told of it. */
async function dropNotice(tx: Tx, caseId: string): Promise<void> {
  const all = await tx.db.VacancyLine.findAll({ where: { caseId } });
  const ids = all.map(({ newAgreementId }) => newAgreementId).filter((id) => id !== null);
  const live = await tx.db.ServiceAgreement.count({ where: { id: ids, status: [...HOLDING, 'PENDING_START'] } });
  if (live === 0) await cancelNotices(tx, caseId);
}
