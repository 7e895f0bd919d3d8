import { landlordAgreementOf } from '../../db/records/places';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { chooseLandlordStart } from '../../domain/landlord/choose-landlord-start';
import type { NewTenant, StopReason } from '../../domain/states';

/** A place that may go on with supply is only read; nobody knows of a follower: the field reads it out. */
export async function readOrderType(
  tx: Tx,
  locationId: number,
  { stopDate, stopReason, newTenant }: { stopDate: CivilDate; stopReason: StopReason; newTenant: NewTenant },
): Promise<'READ_HANDOVER' | 'READ_OUT'> {
  const landlord = await landlordAgreementOf(tx, locationId, stopDate);
  const services = landlord?.terms.lines.map(({ serviceType }) => serviceType) ?? [];
  const facts = { landlordAgreement: landlord?.terms ?? null, stopOn: stopDate, stopReason };
  const followed = services.some(
    (serviceType) => chooseLandlordStart({ ...facts, serviceType, newTenant }).choice !== 'VACANT',
  );
  return followed || newTenant === 'YES' ? 'READ_HANDOVER' : 'READ_OUT';
}
