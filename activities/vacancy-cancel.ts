import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import { closeCase } from '../db/records/cases';
import { cancelOrders } from '../db/records/service-orders';
import { cancelOpenTasks } from '../db/records/tasks';
import { discardFilledForms } from '../db/records/vacancy-again';
import { isOfClerk } from '../db/records/vacancy-choice';
import { revertingLines, supersedeLines } from '../db/records/vacancy-lines';
import type { Tx } from '../db/transaction';
import type { Beside } from './beside';
import { giveBack } from './handover/give-back';

/**
 * Ends a vacancy that a clerk started: nobody is asked any more, the field is not sent, and a landlord who has not begun
 * does not. A new tenant who is being set up goes on. Refused: NOT_CANCELABLE.
 */
export async function cancelVacancyOfClerk(tx: Tx, theCase: Case): Promise<Beside> {
  const { caseId } = theCase;
  const message = 'The vacancy belongs to a move-out: cancel that, or answer what is asked';
  ensure(isOfClerk(theCase), 'NOT_CANCELABLE', message);
  const { beside } = await giveBack(tx, theCase, await revertingLines(tx, caseId));
  await supersedeLines(tx, caseId);
  await cancelOrders(tx, caseId);
  await discardFilledForms(tx, caseId);
  await cancelOpenTasks(tx, caseId);
  await closeCase(tx, theCase, { status: 'CANCELED', step: 'CANCELED', event: 'CANCELED' });
  return beside;
}
