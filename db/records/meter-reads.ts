import { Op } from 'sequelize';
import { refuseRead, type ReadVerdict } from '../../domain/billing/usage';
import { compareDates, type CivilDate } from '../../domain/dates';
import { prorateRead } from '../../domain/move-out/prorate-read';
import { ensure, rejectIf } from '../errors';
import type { ReadTaken } from '../models/occupancy';
import type { Meter, MeterRead } from '../models/places';
import type { Tx } from '../transaction';

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
 * READ_BEFORE_STOP and the reasons of domain/billing refuseRead.
 */
export async function recordStopRead(
  tx: Tx,
  meter: Meter,
  taken: ReadTaken,
  stopOn: CivilDate,
  origin: ReadOrigin,
): Promise<MeterRead> {
  ensure(
    compareDates(taken.readOn, tx.today) <= 0,
    'READ_IN_FUTURE',
    `Today is ${tx.today}; the read is dated ${taken.readOn}`,
  );
  ensure(compareDates(taken.readOn, stopOn) >= 0, 'READ_BEFORE_STOP', `The read is to be taken on ${stopOn} or later`);
  const previous = await lastRead(tx, meter.id);
  const verdict = judge(tx, meter, previous, taken.value);
  const read = await addRead(tx, meter, taken, verdict.rollover, origin);
  if (taken.readOn === stopOn || !previous) return read;
  const value = prorateRead(previous, taken, stopOn, meter.dials);
  const prorated = { ...taken, value, readOn: stopOn, source: 'SYSTEM_PRORATED' as const };
  return addRead(tx, meter, prorated, judge(tx, meter, previous, value).rollover, origin);
}

/**
 * Records the read that a newcomer begins with, taken by the field at a point that nobody holds. Refused: READ_IN_FUTURE
 * and the reasons of domain/billing refuseRead.
 */
export async function recordStartRead(tx: Tx, meter: Meter, taken: ReadTaken, origin: ReadOrigin): Promise<MeterRead> {
  ensure(taken.readOn <= tx.today, 'READ_IN_FUTURE', `Today is ${tx.today}; the read is dated ${taken.readOn}`);
  const previous = await lastRead(tx, meter.id);
  const isLast = !previous || previous.readOn <= taken.readOn;
  ensure(isLast, 'READ_BEFORE_LAST', `The meter was read on ${previous?.readOn}, after this read`);
  return addRead(tx, meter, taken, judge(tx, meter, previous, taken.value).rollover, origin);
}

/**
 * The read of an earlier day than the one that was taken, along a straight line from the read before: the stop moved
 * there (domain.md rule 4). Null when there is no read before that day.
 */
export async function prorateBack(
  tx: Tx,
  meter: Meter,
  taken: MeterRead,
  day: CivilDate,
  caseId: string,
): Promise<MeterRead | null> {
  const before = await lastRead(tx, meter.id, day);
  if (!before) return null;
  if (before.readOn === day) return before;
  const value = prorateRead(before, taken, day, meter.dials);
  const given = { meterId: meter.id, value, readOn: day, source: 'SYSTEM_PRORATED' as const };
  return addRead(tx, meter, given, Number(value) < Number(before.value), { caseId, serviceOrderId: null });
}

/**
 * Records a read of the meter reading round, which never comes before the last read in force or in the place of a stop
 * read. Refused: METER_NOT_INSTALLED, READ_IN_FUTURE, READ_BEFORE_LAST, READ_AFTER_STOP and the reasons of refuseRead.
 */
export async function recordRoundRead(tx: Tx, meter: Meter, taken: Omit<ReadTaken, 'meterId'>): Promise<MeterRead> {
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
  return addRead(tx, meter, { ...taken, meterId: meter.id }, rollover, { caseId: null, serviceOrderId: null });
}

/** Puts a corrected read in the place of a wrong one; whoever began or ended on the wrong one, now does on this one. */
export async function correctRead(
  tx: Tx,
  meter: Meter,
  wrong: MeterRead,
  taken: ReadTaken,
  caseId: string,
): Promise<MeterRead> {
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
  const read = await addRead(tx, meter, taken, verdict.rollover, { caseId, serviceOrderId: wrong.serviceOrderId });
  await wrong.update({ supersededById: read.id });
  await tx.db.ServiceAgreement.update({ stopReadId: read.id }, { where: { stopReadId: wrong.id } });
  await tx.db.ServiceAgreement.update({ startReadId: read.id }, { where: { startReadId: wrong.id } });
  tx.audit({ action: 'read.corrected', entity: 'meter_read', entityId: wrong.id, caseId, data: { by: read.id } });
  return read;
}

function judge(tx: Tx, meter: Meter, previous: MeterRead | null, value: string): ReadVerdict {
  const verdict = verdictOn(tx, meter, previous?.value ?? '0', value);
  rejectIf(verdict.refusal);
  return verdict;
}

function verdictOn(tx: Tx, { dials, multiplier }: Meter, previous: string, value: string): ReadVerdict {
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
