import { Op } from 'sequelize';
import type { FinalBillFacts, FinalBillService } from '../../domain/billing/price-final-bill';
import type { RateVersion } from '../../domain/billing/rate-version';
import type { MeterSegment } from '../../domain/billing/usage';
import { addDays, addMonths, daysBetween } from '../../domain/dates';
import { ensure } from '../errors';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { MeterRead } from '../models/places';
import type { Tx } from '../transaction';

/** Everything the final bill of a stopped account is worked out from: reads, rate versions, what was billed before. */
export async function finalBillFacts(tx: Tx, account: Account): Promise<FinalBillFacts> {
  ensure(account.stopOn, 'NO_STOP_DATE', 'The account has no stop date');
  const agreements = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id, status: 'STOPPED' },
    order: [['serviceCode', 'ASC']],
  });
  return {
    stopOn: account.stopOn,
    handoverDayTo: tx.settings.handoverDayTo,
    taxRounding: tx.settings.taxRounding,
    services: await Promise.all(agreements.map((agreement) => serviceFacts(tx, account, agreement))),
    fees: [],
  };
}

async function serviceFacts(tx: Tx, account: Account, agreement: ServiceAgreement): Promise<FinalBillService> {
  const service = await tx.db.Service.findByPk(agreement.serviceCode, { rejectOnEmpty: true });
  const segments = await segmentsOf(tx, agreement);
  const stopRead = agreement.stopReadId ? await tx.db.MeterRead.findByPk(agreement.stopReadId) : null;
  const billedFrom = agreement.lastBilledThrough ?? addDays(agreement.startOn, -1);
  return {
    agreementId: agreement.id,
    serviceType: agreement.serviceCode,
    unit: service.unit,
    units: agreement.units,
    startOn: agreement.startOn,
    ...(agreement.endOn !== null && agreement.endOn !== account.stopOn && { stopOn: agreement.endOn }),
    lastBilledThrough: agreement.lastBilledThrough,
    periodDays: daysBetween(billedFrom, addMonths(billedFrom, 1)),
    rateVersions: await rateVersions(tx, agreement.rateId),
    metered: segments !== null,
    segments: segments ?? [],
    estimated: stopRead?.source === 'ESTIMATED',
  };
}

/**
 * The metered parts since the last bill, or since the start read for a first bill: one for each meter that was installed
 * meanwhile (domain.md rule 2); null where nothing is metered. Refused: START_READ_MISSING, METER_HISTORY_MISSING.
 */
async function segmentsOf(tx: Tx, agreement: ServiceAgreement): Promise<MeterSegment[] | null> {
  const ends = await endsOf(tx, agreement);
  if (!ends) return null;
  const segments: MeterSegment[] = [];
  for (const [from, to] of await spansBetween(tx, agreement.servicePointId, ...ends)) {
    const meter = await tx.db.Meter.findByPk(to.meterId, { rejectOnEmpty: true });
    segments.push({
      meterSerial: meter.serial,
      dials: meter.dials,
      multiplier: meter.multiplier,
      startValue: from.value,
      endValue: to.value,
      rollover: (await rolledOver(tx, from, to)) ? ('ACCEPTED' as const) : ('NONE' as const),
    });
  }
  return segments;
}

/** From the first read to the last, split where one meter was taken out and another put in. */
async function spansBetween(
  tx: Tx,
  servicePointId: number,
  begin: MeterRead,
  end: MeterRead,
): Promise<[from: MeterRead, to: MeterRead][]> {
  if (begin.meterId === end.meterId) return [[begin, end]];
  const installations = await tx.db.MeterInstallation.findAll({
    where: { servicePointId },
    order: ['installedOn', 'id'],
  });
  const first = installations.findIndex(({ meterId }) => meterId === begin.meterId);
  const last = installations.findIndex(({ meterId }) => meterId === end.meterId);
  ensure(first >= 0 && last > first, 'METER_HISTORY_MISSING', 'It is not on record when the meter was exchanged');
  const spans: [MeterRead, MeterRead][] = [];
  for (const [i, { installReadId, removalReadId }] of installations.slice(first, last + 1).entries()) {
    const from = i === 0 ? begin : installReadId && (await tx.db.MeterRead.findByPk(installReadId));
    const to = i === last - first ? end : removalReadId && (await tx.db.MeterRead.findByPk(removalReadId));
    ensure(from && to, 'METER_HISTORY_MISSING', 'A read of the meter exchange is not on record');
    spans.push([from, to]);
  }
  return spans;
}

/** The reads that a stopped account's final bill is worked out from, and whether each corrects another. */
export async function readsOfFinalBill(
  tx: Tx,
  account: Account,
): Promise<{ source: MeterRead['source']; corrects: boolean }[]> {
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: 'STOPPED' } });
  const ids = new Set<number>();
  for (const agreement of agreements) {
    const ends = await endsOf(tx, agreement);
    if (!ends) continue;
    for (const span of await spansBetween(tx, agreement.servicePointId, ...ends))
      for (const { id } of span) ids.add(id);
  }
  const reads = await tx.db.MeterRead.findAll({ where: { id: [...ids] } });
  const superseded = await tx.db.MeterRead.findAll({ where: { supersededById: [...ids] } });
  const correcting = new Set(superseded.map(({ supersededById }) => supersededById));
  return reads.map(({ id, source }) => ({ source, corrects: correcting.has(id) }));
}

/** The reads that an agreement's usage begins and ends with; null where nothing is metered. Refused: START_READ_MISSING. */
async function endsOf(tx: Tx, agreement: ServiceAgreement): Promise<[begin: MeterRead, end: MeterRead] | null> {
  const beginReadId = agreement.lastBilledReadId ?? agreement.startReadId;
  if (agreement.stopReadId === null) return null;
  const end = await tx.db.MeterRead.findByPk(agreement.stopReadId, { rejectOnEmpty: true });
  const begin = beginReadId === null ? null : await tx.db.MeterRead.findByPk(beginReadId);
  ensure(begin, 'START_READ_MISSING', 'The agreement has no read to begin from');
  return [begin, end];
}

/** Whether any read after the first, up to the last, was accepted as a rollover (domain.md rule 1: at most one). */
async function rolledOver(tx: Tx, from: MeterRead, to: MeterRead): Promise<boolean> {
  if (to.rollover) return true;
  const between = { meterId: to.meterId, rollover: true, supersededById: null };
  const reads = await tx.db.MeterRead.findAll({
    where: { ...between, readOn: { [Op.between]: [from.readOn, to.readOn] } },
  });
  return reads.some(({ id }) => id !== from.id);
}

async function rateVersions(tx: Tx, rateId: number): Promise<RateVersion[]> {
  const rows = await tx.db.RateVersion.findAll({ where: { rateId }, order: [['effectiveFrom', 'ASC']] });
  return rows.map((row) => JSON.parse(row.definition) as RateVersion);
}
