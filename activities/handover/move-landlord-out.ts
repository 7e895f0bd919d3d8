import { Op } from 'sequelize';
import { newCaseId } from '../../contract/ids';
import type { Account } from '../../db/models/occupancy';
import { addEvent, occurrenceKey, openCase, openCaseOf } from '../../db/records/cases';
import { handOrdersTo } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import { maxDate } from '../../domain/dates';
import { ORDER_OPEN } from '../../domain/states';
import { NOTHING_BESIDE, type Beside } from '../beside';
import { moveOutStanding, readDeadlineOf } from '../move-out/standing';

/**
 * Moves a landlord's account out by a case of its own when all of its services stop; it needs no vacancy, since it is
 * known who follows. What the field owes for the account goes to this case. Nothing happens while the landlord keeps a
 * service, or is moved out already.
 */
export async function moveLandlordOut(tx: Tx, account: Account, startedByCase: string): Promise<Beside> {
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id } });
  const live = agreements.filter(({ status }) => status !== 'CANCELED');
  const ends = live.map(({ endOn }) => endOn).filter((day) => day !== null);
  const [first, ...rest] = ends;
  if (first === undefined || ends.length < live.length) return NOTHING_BESIDE;
  const key = occurrenceKey.moveOut(account.id);
  if (await openCaseOf(tx, key)) return NOTHING_BESIDE;

  const stopOn = maxDate(first, ...rest);
  const stopped = live.every(({ status }) => status === 'STOPPED');
  const stopping = stopped ? ('FINAL_PENDING' as const) : ('PENDING_STOP' as const);
  const status = account.status === 'ACTIVE' ? stopping : account.status;
  await account.update({ status, stopOn, vacateOn: stopOn, stopReason: 'CUSTOMER' });
  const caseId = newCaseId('MOVE_OUT');
  const owed = await tx.db.ServiceOrder.count({
    where: { accountId: account.id, status: [...ORDER_OPEN], caseId: { [Op.ne]: null } },
  });
  const theCase = await openCase(tx, {
    ...{ caseId, type: 'MOVE_OUT', accountId: account.id, locationId: account.locationId },
    ...{ startedBy: tx.actorId, startedByCase, occurrenceKey: key },
    ...moveOutStanding(owed, tx.today, stopOn),
  });
  await tx.db.MoveOut.create({
    ...{ caseId, accountId: account.id, stopOn, vacateOn: stopOn, stopReason: 'CUSTOMER', newTenant: 'YES' },
    ...{ vacancyCaseId: null, draftedBy: tx.actorId, readDeadlineOn: readDeadlineOf(tx, stopOn) },
  });
  const before = await handOrdersTo(tx, account.id, caseId);
  await addEvent(tx, theCase, { kind: 'STOP_SCHEDULED', data: { stopOn } });
  const wakes = before
    .filter((each) => each !== startedByCase)
    .map((each) => ({ caseId: each, reason: 'STARTED' as const }));
  return { wakes, starts: [{ workflow: 'moveOut', caseId }] };
}
