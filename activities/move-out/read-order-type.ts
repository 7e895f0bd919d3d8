import type { Account } from '../../db/models/occupancy';
import { landlordAgreementOf } from '../../db/records/places';
import { isLandlords } from '../../db/records/vacancy-choice';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { chooseLandlordStart } from '../../domain/landlord/choose-landlord-start';
import type { NewTenant, StopReason } from '../../domain/states';

/** A place that may go on with supply is only read; nobody knows of a follower: the field reads it out. */
export async function readOrderType(
  tx: Tx,
  account: Account,
  { stopDate, stopReason, newTenant }: { stopDate: CivilDate; stopReason: StopReason; newTenant: NewTenant },
): Promise<'READ_HANDOVER' | 'READ_OUT'> {
  const landlord = await landlordAgreementOf(tx, account.locationId, stopDate);
  const services = landlord?.terms.lines.map(({ serviceType }) => serviceType) ?? [];
  const landlordLeft = isLandlords(account, landlord) ? ('NOW' as const) : null;
  const facts = { landlordAgreement: landlord?.terms ?? null, stopOn: stopDate, stopReason, landlordLeft };
  const followed = services.some(
    (serviceType) => chooseLandlordStart({ ...facts, serviceType, newTenant }).choice !== 'VACANT',
  );
  return followed || newTenant === 'YES' ? 'READ_HANDOVER' : 'READ_OUT';
}
