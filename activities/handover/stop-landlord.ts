import type { Account, ServiceAgreement } from '../../db/models/occupancy';
import { meterAt } from '../../db/records/places';
import { cutOrder } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import type { Beside } from '../beside';
import { moveLandlordOut } from './move-landlord-out';

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
 * nothing left at the place the account is moved out and final billed.
 */
export async function stopLandlord(tx: Tx, { account, stops, startedByCase, ordersTo }: LandlordStop): Promise<Beside> {
  for (const { agreement, stopOn } of stops) {
    const status = agreement.status === 'PENDING_START' ? 'PENDING_START' : 'PENDING_STOP';
    await agreement.update({ status, endOn: stopOn, stopReason: 'CUSTOMER' });
  }
  for (const { agreement, stopOn: dueOn } of stops) {
    const { servicePointId } = agreement;
    if (!(await meterAt(tx, servicePointId))) continue;
    await cutOrder(tx, { type: 'READ_HANDOVER', caseId: ordersTo, accountId: account.id, servicePointId, dueOn });
  }
  return moveLandlordOut(tx, account, startedByCase);
}
