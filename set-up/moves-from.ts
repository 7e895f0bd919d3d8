import type { OnboardForm } from '../contract/forms';
import type { Account } from '../db/models/occupancy';
import type { Customer, Location } from '../db/models/places';
import { occurrenceKey, openCaseOf } from '../db/records/cases';
import type { Tx } from '../db/transaction';
import { maxDate, type CivilDate } from '../domain/dates';
import { refuseMoveOut } from '../domain/move-out/refuse-move-out';
import { HOLDING } from '../domain/states';
import type { Faults } from './faults';

/** The day on which the customer leaves the place that they move from. */
export const stopDateOf = ({ stopDate, startDate }: OnboardForm): CivilDate => stopDate ?? startDate;

/**
 * The account that the same customer moves out of for this one; null where nobody moves, or it cannot be told. Notes
 * MOVES_FROM_UNKNOWN, CASE_OPEN (a move-out is open already) and the reasons of refuseMoveOut.
 */
export async function lookAtMove(
  tx: Tx,
  form: OnboardForm,
  place: { customer: Customer | null; location: Location | null },
  faults: Faults,
): Promise<Account | null> {
  const { movesFrom = null } = form;
  if (movesFrom === null) return null;
  const pointer = '#/movesFrom';
  const account = await tx.db.Account.findOne({ where: { accountNumber: movesFrom } });
  const isTheirs = account !== null && account.customerId === place.customer?.id && account.role !== 'LANDLORD';
  if (!isTheirs || account.locationId === place.location?.id) {
    const message = 'This is no account of the customer as a tenant or owner at another place';
    faults.add([{ code: 'MOVES_FROM_UNKNOWN', message, pointer }]);
    return null;
  }
  const open = await openCaseOf(tx, occurrenceKey.moveOut(account.id));
  if (open) {
    faults.add([{ code: 'CASE_OPEN', message: 'There is an open move-out for that account already', pointer }]);
    return null;
  }
  const held = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: [...HOLDING] } });
  const [first, ...rest] = held.map((each) => each.lastBilledThrough).filter((each) => each !== null);
  const stopOn = stopDateOf(form);
  const blockers = refuseMoveOut({
    ...{ accountStatus: account.status, startOn: account.startOn, stopOn, vacateOn: stopOn, today: tx.today },
    lastBilledThrough: first === undefined ? null : maxDate(first, ...rest),
    ...tx.settings.moveOut,
  });
  const isOfDay = (at: string | undefined) => at === '#/stopDate' && (form.stopDate ?? null) !== null;
  faults.add(blockers.map((each) => ({ ...each, pointer: isOfDay(each.pointer) ? '#/stopDate' : pointer })));
  return account;
}
