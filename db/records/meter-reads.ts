import { Op } from 'sequelize';
import { prorateRead } from '../../domain/billing/usage/estimate';
import { refuseRead, type ReadVerdict } from '../../domain/billing/usage/usage';
import { compareDates, type CivilDate } from '../../domain/dates';
import type { Refusal } from '../../domain/refusal';
import { ensure, rejectIf } from '../errors';
import type { ReadTaken } from '../models/occupancy';
import type { Meter, MeterRead } from '../models/places';
import type { Tx } from '../transaction';
import { meterOn } from './places';

/** The meter's last read in force, at or before a day when one is given. */
export function lastRead(tx: Tx, meterId: number, atOrBefore?: CivilDate): Promise<MeterRead | null> {
  return tx.db.MeterRead.findOne({
    where: { meterId, supersededById: null, ...(atOrBefore ? { readOn: { [Op.lte]: atOrBefore } } : {}) },
    order: [
      ['readOn', 'DESC'],
      ['id', 'DESC'],
    ],
  });
}

/** Where a read comes from: the case and, for the field, the order; neither for one of the meter reading round. */
export interface ReadOrigin {
  caseId: string | null;
  serviceOrderId: number | null;
}

/**
 * Records a read and returns the read of the stop date: the same row, or, when the meter was read later, a second one
 * of source SYSTEM_PRORATED between it and the read before (domain.md rule 4). Refused: READ_IN_FUTURE,
 * READ_BEFORE_STOP and the reasons of domain/billing refuseRead; of a read that somebody has accepted, one below the last
 * is a rollover.
 */
export async function recordStopRead(
  tx: Tx,
  meter: Meter,
  taken: ReadTaken,
  stopOn: CivilDate,
  origin: ReadOrigin,
  judgement: 'BY_RULE' | 'ACCEPTED' = 'BY_RULE',
): Promise<MeterRead> {
  rejectIf(refuseStopDay(tx, taken, stopOn));
  const { verdict, latest } = await judgeStopRead(tx, meter, taken.value);
  const isRollover = judgement === 'ACCEPTED' && verdict.refusal?.code === 'READ_BELOW_LAST';
  if (!isRollover) rejectIf(verdict.refusal);
  // One visit may hand in the read of a leaver and of the landlord who followed: it is one read of the meter.
  const isSame = latest?.readOn === taken.readOn && Number(latest.value) === Number(taken.value);
  const read = isSame ? latest : await addRead(tx, meter, taken, isRollover || verdict.rollover, origin);
  // The meter may have been exchanged since the stop date.
  const ofTheDay = meter.servicePointId === null ? meter : await meterOn(tx, meter.servicePointId, stopOn);
  return (await readAt(tx, ofTheDay ?? meter, stopOn, origin)) ?? read;
}

/** Why a read is not of the stop's time, or null: READ_IN_FUTURE, READ_BEFORE_STOP. */
export function refuseStopDay(tx: Tx, { readOn }: Pick<ReadTaken, 'readOn'>, stopOn: CivilDate): Refusal | null {
  if (compareDates(readOn, tx.today) > 0)
    return { code: 'READ_IN_FUTURE', message: `Today is ${tx.today}; the read is dated ${readOn}` };
  if (compareDates(readOn, stopOn) < 0)
    return { code: 'READ_BEFORE_STOP', message: `The read is to be taken on ${stopOn} or later` };
  return null;
}

/** Records the read that a meter is taken to show on a day, worked out where nobody could read it (domain.md rule 4). */
export function recordEstimate(
  tx: Tx,
  meter: Meter,
  estimate: { value: string; readOn: CivilDate; rollover: boolean },
  origin: ReadOrigin,
): Promise<MeterRead> {
  const { value, readOn, rollover } = estimate;
  return addRead(tx, meter, { meterId: meter.id, value, readOn, source: 'ESTIMATED' }, rollover, origin);
}

/** What domain/billing refuseRead says of a stop read, beside the meter's last read. */
export async function judgeStopRead(
  tx: Tx,
  meter: Meter,
  value: string,
): Promise<{ verdict: ReadVerdict; latest: MeterRead | null }> {
  const latest = await lastRead(tx, meter.id);
  return { verdict: verdictOn(tx, meter, latest?.value ?? '0', value), latest };
}

/** The read of a day as readOfDay finds it; one between two others is recorded. */
export async function readAt(tx: Tx, meter: Meter, day: CivilDate, origin: ReadOrigin): Promise<MeterRead | null> {
  const read = await readOfDay(tx, meter, day);
  return read === null || isRecorded(read) ? read : addRead(tx, meter, read, read.rollover, origin);
}

/** A read that is not recorded: worked out, or only asked about. */
export type UnrecordedRead = ReadTaken & { rollover: boolean };

const isRecorded = (read: MeterRead | UnrecordedRead): read is MeterRead => 'id' in read;

/**
 * The read of a day: one that was taken on it, or one of source SYSTEM_PRORATED along a straight line between the reads
 * before and after it (domain.md rule 4), as if `taken`, a read of that day or later, were recorded too. Null where
 * there is no read on one of the sides. Nothing is written.
 */
export async function readOfDay(
  tx: Tx,
  meter: Meter,
  day: CivilDate,
  taken: UnrecordedRead | null = null,
): Promise<MeterRead | UnrecordedRead | null> {
  if (taken?.readOn === day) return taken;
  const before = await lastRead(tx, meter.id, day);
  if (!before || before.readOn === day) return before;
  const next = await tx.db.MeterRead.findOne({
    where: { meterId: meter.id, supersededById: null, readOn: { [Op.gt]: day } },
    order: ['readOn', 'id'],
  });
  const after = taken && next ? (next.readOn <= taken.readOn ? next : taken) : (taken ?? next);
  if (!after) return null;
  const value = prorateRead(before, after, day, meter.dials);
  const rollover = Number(value) < Number(before.value);
  return { meterId: meter.id, value, readOn: day, source: 'SYSTEM_PRORATED', rollover };
}

/**
 * Why a newcomer or a meter cannot begin with this read, or null: READ_IN_FUTURE, READ_BEFORE_LAST and the reasons of
 * domain/billing refuseRead. A meter that was never read may begin anywhere on its register (domain.md rule 2).
 */
export async function refuseStartRead(tx: Tx, meter: ReadableMeter, taken: StartRead): Promise<Refusal | null> {
  if (taken.readOn > tx.today)
    return { code: 'READ_IN_FUTURE', message: `Today is ${tx.today}; the read is dated ${taken.readOn}` };
  const previous = meter.id === null ? null : await lastRead(tx, meter.id);
  if (previous && previous.readOn > taken.readOn)
    return { code: 'READ_BEFORE_LAST', message: `The meter was read on ${previous.readOn}, after this read` };
  if (previous) return verdictOn(tx, meter, previous.value, taken.value).refusal;
  const message = 'The read has more digits than the meter';
  return Number(taken.value) < 10 ** meter.dials ? null : { code: 'READ_TOO_MANY_DIGITS', message };
}

/** A meter's register; id null: a meter that is new. */
type ReadableMeter = Pick<Meter, 'dials' | 'multiplier'> & { id: number | null };
type StartRead = Pick<ReadTaken, 'value' | 'readOn'>;

/** Records the read that a newcomer or a meter begins with. Refused as refuseStartRead. */
export async function recordStartRead(tx: Tx, meter: Meter, taken: ReadTaken, origin: ReadOrigin): Promise<MeterRead> {
  rejectIf(await refuseStartRead(tx, meter, taken));
  const previous = await lastRead(tx, meter.id);
  const rollover = previous !== null && judge(tx, meter, previous, taken.value).rollover;
  return addRead(tx, meter, taken, rollover, origin);
}

/** Why a meter cannot be taken out with this read, or null; one of the same day and value as its last is that read. */
export async function refuseRemovalRead(tx: Tx, meter: Meter, taken: StartRead): Promise<Refusal | null> {
  return (await isLastRead(tx, meter, taken)) ? null : refuseStartRead(tx, meter, taken);
}

/** Records the last read of a meter that is taken out. Refused as refuseRemovalRead. */
export async function recordRemovalRead(
  tx: Tx,
  meter: Meter,
  taken: ReadTaken,
  origin: ReadOrigin,
): Promise<MeterRead> {
  const latest = await lastRead(tx, meter.id);
  return latest && (await isLastRead(tx, meter, taken)) ? latest : recordStartRead(tx, meter, taken, origin);
}

async function isLastRead(tx: Tx, meter: Meter, taken: StartRead): Promise<boolean> {
  const latest = await lastRead(tx, meter.id);
  return latest?.readOn === taken.readOn && Number(latest.value) === Number(taken.value);
}

/**
 * Records a read of the meter reading round, or of an order without a case, which never comes before the last read in force or in the place of a stop
 * read. Refused: METER_NOT_INSTALLED, READ_IN_FUTURE, READ_BEFORE_LAST, READ_AFTER_STOP and the reasons of refuseRead.
 */
export async function recordRoundRead(
  tx: Tx,
  meter: Meter,
  taken: Omit<ReadTaken, 'meterId'>,
  serviceOrderId: number | null = null,
): Promise<MeterRead> {
  const { servicePointId } = meter;
  const pointer = '#/readOn';
  ensure(servicePointId, 'METER_NOT_INSTALLED', `The meter is ${meter.status}`, { pointer: '#/meterSerial' });
  ensure(taken.readOn <= tx.today, 'READ_IN_FUTURE', `Today is ${tx.today}`, { pointer });
  const previous = await lastRead(tx, meter.id);
  const isLater = !previous || compareDates(previous.readOn, taken.readOn) < 0;
  ensure(isLater, 'READ_BEFORE_LAST', `The meter was read on ${previous?.readOn}: the next read is later`, { pointer });
  const leaver = await tx.db.ServiceAgreement.findOne({
    where: { servicePointId, status: 'PENDING_STOP', stopReadId: null },
  });
  // The field's stop read is still to come, perhaps of the stop date itself: it must not find a later one.
  const beforeStop = !leaver?.endOn || compareDates(taken.readOn, leaver.endOn) <= 0;
  ensure(beforeStop, 'READ_AFTER_STOP', `Service stops on ${leaver?.endOn}; that read is not in yet`, { pointer });
  const { rollover } = judge(tx, meter, previous, taken.value);
  return addRead(tx, meter, { ...taken, meterId: meter.id }, rollover, { caseId: null, serviceOrderId });
}

/**
 * Whether a corrected read may take the place of a wrong one, and whether the register rolled over on the way to it.
 * Refused: READ_OTHER_DATE, READ_ABOVE_NEXT and the reasons of domain/billing refuseRead.
 */
export async function judgeCorrection(
  tx: Tx,
  meter: Meter,
  wrong: MeterRead,
  taken: ReadTaken,
): Promise<{ rollover: boolean }> {
  ensure(
    taken.readOn === wrong.readOn,
    'READ_OTHER_DATE',
    `The corrected read is of ${wrong.readOn}, like the one it replaces`,
  );
  const before = await tx.db.MeterRead.findOne({
    where: { meterId: meter.id, supersededById: null, readOn: { [Op.lte]: wrong.readOn }, id: { [Op.ne]: wrong.id } },
    order: [
      ['readOn', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  const verdict = judge(tx, meter, before, taken.value);
  const next = await tx.db.MeterRead.findOne({
    where: { meterId: meter.id, supersededById: null, readOn: { [Op.gt]: wrong.readOn } },
    order: ['readOn', 'id'],
  });
  if (next) {
    const { refusal, rollover } = verdictOn(tx, meter, taken.value, next.value);
    const fits = !refusal && rollover === next.rollover;
    ensure(fits, 'READ_ABOVE_NEXT', `The meter showed ${next.value} on ${next.readOn}`);
  }
  return verdict;
}

/**
 * Puts a corrected read in the place of a wrong one; whoever began or ended on the wrong one, now does on this one.
 * Refused as judgeCorrection.
 */
export async function correctRead(
  tx: Tx,
  meter: Meter,
  wrong: MeterRead,
  taken: ReadTaken,
  caseId: string,
): Promise<MeterRead> {
  const verdict = await judgeCorrection(tx, meter, wrong, taken);
  const read = await addRead(tx, meter, taken, verdict.rollover, { caseId, serviceOrderId: wrong.serviceOrderId });
  await wrong.update({ supersededById: read.id });
  await tx.db.ServiceAgreement.update({ stopReadId: read.id }, { where: { stopReadId: wrong.id } });
  await tx.db.ServiceAgreement.update({ startReadId: read.id }, { where: { startReadId: wrong.id } });
  await tx.db.MeterInstallation.update({ installReadId: read.id }, { where: { installReadId: wrong.id } });
  await tx.db.MeterInstallation.update({ removalReadId: read.id }, { where: { removalReadId: wrong.id } });
  tx.audit({ action: 'read.corrected', entity: 'meter_read', entityId: wrong.id, caseId, data: { by: read.id } });
  return read;
}

function judge(tx: Tx, meter: Meter, previous: MeterRead | null, value: string): ReadVerdict {
  const verdict = verdictOn(tx, meter, previous?.value ?? '0', value);
  rejectIf(verdict.refusal);
  return verdict;
}

function verdictOn(
  tx: Tx,
  { dials, multiplier }: Pick<Meter, 'dials' | 'multiplier'>,
  previous: string,
  value: string,
): ReadVerdict {
  return refuseRead({ previous, value, dials, multiplier, ...tx.settings.reads });
}

async function addRead(
  tx: Tx,
  meter: Meter,
  taken: ReadTaken,
  rollover: boolean,
  origin: ReadOrigin,
): Promise<MeterRead> {
  const { value, readOn, source } = taken;
  const stamp = { recordedBy: tx.actorId, createdAt: tx.now };
  const read = await tx.db.MeterRead.create({
    meterId: meter.id,
    value,
    readOn,
    source,
    rollover,
    ...origin,
    ...stamp,
  });
  tx.audit({
    action: 'read.recorded',
    entity: 'meter_read',
    entityId: read.id,
    caseId: origin.caseId,
    data: { value, readOn, source },
  });
  return read;
}
