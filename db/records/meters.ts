import type { CivilDate } from '../../domain/dates';
import type { Refusal } from '../../domain/refusal';
import type { MeterStatus } from '../../domain/states';
import { duplicateKeyOf, ensure, RefusedError, rejectIf } from '../errors';
import type { Meter, MeterRead } from '../models/places';
import type { Tx } from '../transaction';
import { recordRemovalRead, recordStartRead, refuseRemovalRead } from './meter-reads';

/** What a meter is: its serial number, dials, multiplier (a decimal above 0) and the unit that it measures in. */
export interface MeterFace {
  serial: string;
  dials: number;
  multiplier: string;
  unit: string;
}

/** A meter to put in at a service point, with the read that it begins with there. */
export interface NewInstallation extends MeterFace {
  servicePointId: number;
  installedOn: CivilDate;
  beginRead: { value: string; readOn: CivilDate } | null;
  caseId: string | null;
}

/** Why this meter cannot be put in, or null: METER_INSTALLED (at a point), METER_RETIRED, METER_DIFFERS. */
export async function refuseToInstall(tx: Tx, face: MeterFace): Promise<Refusal | null> {
  const { serial, dials, multiplier, unit } = face;
  const known = await tx.db.Meter.findOne({ where: { serial }, lock: true });
  if (!known) return null;
  if (known.servicePointId !== null)
    return { code: 'METER_INSTALLED', message: `The meter ${serial} is installed elsewhere` };
  if (known.status === 'RETIRED') return { code: 'METER_RETIRED', message: `The meter ${serial} is retired` };
  const alike = known.dials === dials && known.unit === unit && Number(known.multiplier) === Number(multiplier);
  return alike ? null : { code: 'METER_DIFFERS', message: `The meter ${serial} is on record with another face` };
}

/**
 * Puts a meter in: one that is new, or one from the inventory with the same face. Refused: the reasons of
 * refuseToInstall and, for the read, of recordStartRead.
 */
export async function installMeter(tx: Tx, given: NewInstallation): Promise<{ meter: Meter; read: MeterRead | null }> {
  const { serial, dials, multiplier, unit, servicePointId, installedOn, beginRead, caseId } = given;
  rejectIf(await refuseToInstall(tx, given));
  const known = await tx.db.Meter.findOne({ where: { serial }, lock: true });
  const place = { servicePointId, status: 'INSTALLED' as const };
  const meter = known
    ? await known.update(place)
    : await tx.db.Meter.create({ serial, dials, multiplier, unit, ...place });
  const taken = beginRead && { ...beginRead, meterId: meter.id, source: 'ACTUAL' as const };
  const read = taken ? await recordStartRead(tx, meter, taken, { caseId, serviceOrderId: null }) : null;
  await tx.db.MeterInstallation.create({
    ...{ meterId: meter.id, servicePointId, installedOn, installReadId: read?.id ?? null },
    ...{ removedOn: null, removalReadId: null },
  });
  tx.audit({ action: 'meter.installed', entity: 'meter', entityId: serial, caseId, data: { servicePointId } });
  return { meter, read };
}

/** What a meter showed when it was taken out, and on which day. */
interface Removal {
  value: string;
  removedOn: CivilDate;
}

/**
 * Why a meter cannot be taken out with this read, or null: METER_NOT_INSTALLED, METER_HISTORY_MISSING,
 * REMOVED_BEFORE_INSTALLED and the reasons of refuseRemovalRead.
 */
export async function refuseToRemove(tx: Tx, meter: Meter, { value, removedOn }: Removal): Promise<Refusal | null> {
  const { servicePointId } = meter;
  if (!servicePointId) return { code: 'METER_NOT_INSTALLED', message: `The meter is ${meter.status}` };
  const where = { meterId: meter.id, servicePointId, removedOn: null };
  const installation = await tx.db.MeterInstallation.findOne({ where });
  const missing = 'It is not on record when the meter was put in';
  if (!installation) return { code: 'METER_HISTORY_MISSING', message: missing };
  const message = `The meter was put in on ${installation.installedOn}`;
  if (removedOn < installation.installedOn) return { code: 'REMOVED_BEFORE_INSTALLED', message };
  return refuseRemovalRead(tx, meter, { value, readOn: removedOn });
}

/** Takes a meter out with its last read, of the day on which it is taken out. Refused: the reasons of refuseToRemove. */
export async function removeMeter(
  tx: Tx,
  meter: Meter,
  given: Removal & { caseId: string | null },
): Promise<MeterRead> {
  const { value, removedOn, caseId } = given;
  rejectIf(await refuseToRemove(tx, meter, given));
  const { servicePointId } = meter;
  const where = { meterId: meter.id, removedOn: null };
  const installation = await tx.db.MeterInstallation.findOne({ where, lock: true, rejectOnEmpty: true });
  const taken = { meterId: meter.id, value, readOn: removedOn, source: 'ACTUAL' as const };
  const read = await recordRemovalRead(tx, meter, taken, { caseId, serviceOrderId: null });
  await installation.update({ removedOn, removalReadId: read.id });
  await meter.update({ servicePointId: null, status: 'REMOVED' });
  tx.audit({ action: 'meter.removed', entity: 'meter', entityId: meter.serial, caseId, data: { servicePointId } });
  return read;
}

/** Puts a new meter into the stock (domain.md section 4, INVENTORY). Refused: SERIAL_TAKEN. */
export async function addToStock(tx: Tx, face: MeterFace): Promise<Meter> {
  const { serial, dials, multiplier, unit } = face;
  const row = { serial, dials, multiplier, unit, servicePointId: null, status: 'INVENTORY' as const };
  const meter = await namingSerial(serial, () => tx.db.Meter.create(row));
  tx.audit({ action: 'meter.added', entity: 'meter', entityId: serial, data: { dials, multiplier, unit } });
  return meter;
}

/** Where a meter that is not installed can be. */
export const STOCK = ['INVENTORY', 'TESTING', 'RETIRED'] as const satisfies readonly MeterStatus[];

/**
 * Corrects what is on record of a meter: its serial number always, the rest only until it has a read, since bills were
 * worked out with it; or puts one that is not installed elsewhere in the stock. Refused: SERIAL_TAKEN, METER_IN_USE,
 * METER_INSTALLED.
 */
export async function changeMeter(
  tx: Tx,
  meter: Meter,
  change: Partial<MeterFace> & { status?: (typeof STOCK)[number] },
): Promise<void> {
  const { serial: before } = meter;
  const { serial, dials, multiplier, unit, status } = change;
  const fields = [
    dials !== undefined && dials !== meter.dials && 'dials',
    multiplier !== undefined && Number(multiplier) !== Number(meter.multiplier) && 'multiplier',
    unit !== undefined && unit !== meter.unit && 'unit',
  ].filter((field) => field !== false);
  const [field] = fields;
  if (field && (await isInUse(tx, meter))) {
    const message = 'The meter has reads that count with what it is: exchange it for another one';
    throw new RefusedError({ code: 'METER_IN_USE', message, pointer: `#/${field}` });
  }
  if (status !== undefined && meter.servicePointId !== null) {
    const message = 'The meter is installed: exchange it first';
    throw new RefusedError({ code: 'METER_INSTALLED', message, pointer: '#/status' });
  }
  const given = Object.entries({ serial, dials, multiplier, unit, status }).filter(([, value]) => value !== undefined);
  await namingSerial(serial ?? before, () => meter.update(Object.fromEntries(given)));
  const data = { before, changed: given.map(([name]) => name), ...(status && { status }) };
  tx.audit({ action: 'meter.changed', entity: 'meter', entityId: meter.serial, data });
}

/** Takes a meter that never was anywhere out of the stock. Refused: METER_INSTALLED, METER_IN_USE: retire it instead. */
export async function deleteMeter(tx: Tx, meter: Meter): Promise<void> {
  const { serial, servicePointId } = meter;
  ensure(servicePointId === null, 'METER_INSTALLED', 'The meter is installed: exchange it first');
  const message = 'The meter was installed or has reads: retire it instead';
  ensure(!(await isInUse(tx, meter)), 'METER_IN_USE', message);
  await meter.destroy();
  tx.audit({ action: 'meter.deleted', entity: 'meter', entityId: serial });
}

async function isInUse(tx: Tx, { id: meterId }: Meter): Promise<boolean> {
  const reads = await tx.db.MeterRead.count({ where: { meterId } });
  return reads > 0 || (await tx.db.MeterInstallation.count({ where: { meterId } })) > 0;
}

async function namingSerial<T>(serial: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (duplicateKeyOf(error) !== 'meter_serial') throw error;
    const message = `There is a meter ${serial} already`;
    throw new RefusedError({ code: 'SERIAL_TAKEN', message, pointer: '#/serial' });
  }
}
