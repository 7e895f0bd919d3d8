import type { SiblingStart } from '../contract/activities';
import { newCaseId } from '../contract/ids';
import type { Account, ServiceAgreement } from '../db/models/occupancy';
import { addEvent, occurrenceKey, openCase } from '../db/records/cases';
import { meterAt } from '../db/records/places';
import { cutOrder } from '../db/records/service-orders';
import type { Tx } from '../db/transaction';
import { maxDate, type CivilDate } from '../domain/dates';
import { moveOutStanding } from './move-out-standing';

/** A landlord's agreements that stop, each on the day on which the new tenant begins. */
export interface LandlordStop {
  account: Account;
  stops: { agreement: ServiceAgreement; stopOn: CivilDate }[];
  startedByCase: string;
  /** Where the field's reads go while the landlord keeps other services at the place. */
  ordersTo: string;
}

/**
 * Stops a landlord's services for a new tenant: a normal handover, with a read of each meter. When the landlord has
 * nothing left at the place the account is moved out and final billed by a case of its own; it needs no vacancy, since it
 * is known who follows.
 */
export async function stopLandlord(
  tx: Tx,
  { account, stops, startedByCase, ordersTo }: LandlordStop,
): Promise<SiblingStart[]> {
  for (const { agreement, stopOn } of stops) {
    const status = agreement.status === 'PENDING_START' ? 'PENDING_START' : 'PENDING_STOP';
    await agreement.update({ status, endOn: stopOn, stopReason: 'CUSTOMER' });
  }
  const all = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id } });
  const leftOver = all.some(({ status, endOn }) => status !== 'CANCELED' && endOn === null);
  const points: { servicePointId: number; stopOn: CivilDate }[] = [];
  for (const { agreement, stopOn } of stops) {
    const { servicePointId } = agreement;
    if (await meterAt(tx, servicePointId)) points.push({ servicePointId, stopOn });
  }
  const cut = async (caseId: string) => {
    for (const { servicePointId, stopOn: dueOn } of points) {
      await cutOrder(tx, { type: 'READ_HANDOVER', caseId, accountId: account.id, servicePointId, dueOn });
    }
  };
  if (leftOver) {
    await cut(ordersTo);
    return [];
  }
  const [first, ...rest] = stops.map(({ stopOn }) => stopOn);
  const stopOn = maxDate(first ?? tx.today, ...rest);
  const stopping = account.status === 'ACTIVE' ? ('PENDING_STOP' as const) : account.status;
  await account.update({ status: stopping, stopOn, vacateOn: stopOn, stopReason: 'CUSTOMER' });
  const caseId = newCaseId('MOVE_OUT');
  const theCase = await openCase(tx, {
    ...{ caseId, type: 'MOVE_OUT', accountId: account.id, locationId: account.locationId },
    ...{ startedBy: tx.actorId, startedByCase, occurrenceKey: occurrenceKey.moveOut(account.id) },
    ...moveOutStanding(points.length, tx.today, stopOn),
  });
  await tx.db.MoveOut.create({
    ...{ caseId, accountId: account.id, stopOn, vacateOn: stopOn, stopReason: 'CUSTOMER', newTenant: 'YES' },
    ...{ vacancyCaseId: null, draftedBy: tx.actorId },
  });
  await cut(caseId);
  await addEvent(tx, theCase, { kind: 'STOP_SCHEDULED', data: { stopOn } });
  return [{ workflow: 'moveOut', caseId }];
}
