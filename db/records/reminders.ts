import { addDays, type CivilDate } from '../../domain/dates';
import type { Case } from '../models/cases';
import type { Tx } from '../transaction';

/** The day of a balance's next reminder: the bill's due date, then one interval after each reminder. */
export async function nextReminderOn(tx: Tx, settlement: Case): Promise<CivilDate> {
  const { caseId, accountId } = settlement;
  const reminded = await tx.db.CaseEvent.count({ where: { caseId, kind: 'BALANCE_REMINDED' } });
  const where = { accountId: accountId ?? 0, status: 'POSTED' as const };
  const bill = await tx.db.Bill.findOne({ where, order: [['id', 'DESC']] });
  return addDays(bill?.dueOn ?? tx.today, (reminded + (bill ? 0 : 1)) * tx.settings.balanceReminderDays);
}
