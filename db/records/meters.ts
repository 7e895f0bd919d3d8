import type { CivilDate } from '../../domain/dates';
import { ensure } from '../errors';
import type { Meter, MeterRead } from '../models/places';
import type { Tx } from '../transaction';

/** A meter to put in at a service point, with the read that it begins with there. */
export interface NewInstallation {
  serial: string;
  dials: number;
  multiplier: string;
  unit: string;
  servicePointId: number;
  installedOn: CivilDate;
  beginRead: { value: string; readOn: CivilDate } | null;
  caseId: string;
}

/**
 * Puts a meter in: one that is new, or one from the inventory with the same face. Refused: METER_INSTALLED (at another
 * point), METER_DIFFERS, and what the pointer's field breaks.
 */
export async function installMeter(tx: Tx, given: NewInstallation): Promise<{ meter: Meter; read: MeterRead | null }> {
  const { serial, dials, multiplier, unit, servicePointId, installedOn, beginRead, caseId } = given;
  const known = await tx.db.Meter.findOne({ where: { serial }, lock: true });
  ensure(!known || known.servicePointId === null, 'METER_INSTALLED', `The meter ${serial} is installed elsewhere`);
  const alike =
    !known || (known.dials === dials && known.unit === unit && Number(known.multiplier) === Number(multiplier));
  ensure(alike, 'METER_DIFFERS', `The meter ${serial} is on record with another face`);
  const place = { servicePointId, status: 'INSTALLED' as const };
  const meter = known
    ? await known.update(place)
    : await tx.db.Meter.create({ serial, dials, multiplier, unit, ...place });
  const read = beginRead
    ? await tx.db.MeterRead.create({
        ...{ meterId: meter.id, readOn: beginRead.readOn, value: beginRead.value, source: 'ACTUAL' as const },
        ...{ caseId, recordedBy: tx.actorId, createdAt: tx.now, serviceOrderId: null, supersededById: null },
      })
    : null;
  await tx.db.MeterInstallation.create({
    ...{ meterId: meter.id, servicePointId, installedOn, installReadId: read?.id ?? null },
    ...{ removedOn: null, removalReadId: null },
  });
  tx.audit({ action: 'meter.installed', entity: 'meter', entityId: serial, caseId, data: { servicePointId } });
  return { meter, read };
}
