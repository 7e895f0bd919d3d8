import { Op } from 'sequelize';
import type { FinalBillFacts, FinalBillService } from '../../domain/billing/price-final-bill';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { MeterSegment } from '../../domain/billing/usage/usage';
import { addDays, addMonths, daysBetween, type CivilDate } from '../../domain/dates';
import { ensure } from '../errors';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { MeterInstallation, MeterRead } from '../models/places';
import type { Tx } from '../transaction';
import { priceTermsOf } from './agreements';

/** The read that a service ends with; id null: one that is not recorded. */
export type EndRead = Pick<MeterRead, 'meterId' | 'readOn' | 'value' | 'rollover' | 'source'> & { id: number | null };

/** A service as a bill ends it; end is null where nothing is metered. */
export interface EndingService {
  agreement: ServiceAgreement;
  stopOn: CivilDate;
  end: EndRead | null;
}

/** Everything the final bill of a stopped account is worked out from: reads, rate versions, what was billed before. */
export async function finalBillFacts(tx: Tx, account: Account): Promise<FinalBillFacts> {
  const { stopOn } = account;
  ensure(stopOn, 'NO_STOP_DATE', 'The account has no stop date');
  const agreements = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id, status: 'STOPPED' },
    order: [['serviceCode', 'ASC']],
  });
  const endings = agreements.map(async (agreement) => ({
    ...{ agreement, stopOn: agreement.endOn ?? stopOn, end: await stopReadOf(tx, agreement) },
  }));
  return factsOfEndings(tx, account, stopOn, await Promise.all(endings));
}

/** The same of services that end in a way that is only asked about. */
export async function factsOfEndings(
  tx: Tx,
  account: Account,
  stopOn: CivilDate,
  endings: EndingService[],
): Promise<FinalBillFacts> {
  return {
    stopOn,
    handoverDayTo: tx.settings.handoverDayTo,
    taxRounding: tx.settings.taxRounding,
    services: await Promise.all(endings.map((ending) => serviceFacts(tx, stopOn, ending))),
    fees: [],
    // Facts from before exemptions were kept lack the field, and their bills recompute without it.
    ...(account.taxExempt && { taxExempt: true }),
  };
}

/** The months of a cycle (domain.md rule 8: bimonthly and quarterly bills are of as many periods). */
const MONTHS: Record<string, number> = { MONTHLY: 1, BIMONTHLY: 2, QUARTERLY: 3 };

async function serviceFacts(tx: Tx, accountStopOn: CivilDate, ending: EndingService): Promise<FinalBillService> {
  const { agreement, stopOn, end } = ending;
  const service = await tx.db.Service.findByPk(agreement.serviceCode, { rejectOnEmpty: true });
  const segments = end && (await segmentsOf(tx, agreement, end));
  const billedFrom = agreement.lastBilledThrough ?? addDays(agreement.startOn, -1);
  const terms = priceTermsOf(agreement);
  const months = MONTHS[agreement.frequency] ?? 1;
  return {
    agreementId: agreement.id,
    serviceType: agreement.serviceCode,
    unit: service.unit,
    ...(Number(agreement.quantity) !== 1 && { quantity: agreement.quantity }),
    units: agreement.units,
    startOn: agreement.startOn,
    ...(stopOn !== accountStopOn && { stopOn }),
    lastBilledThrough: agreement.lastBilledThrough,
    periodDays: daysBetween(billedFrom, addMonths(billedFrom, months)),
    rateVersions: await rateVersions(tx, agreement.rateId),
    metered: segments !== null,
    segments: segments ?? [],
    estimated: end?.source === 'ESTIMATED',
    // Only what is given: bills from before there were any recompute from facts without them.
    ...(months !== 1 && { months: `${months}` }),
    ...terms,
  };
}

/**
 * The metered parts since the last bill, or since the start read for a first bill: one for each meter that was installed
 * meanwhile (domain.md rule 2). Refused: START_READ_MISSING, METER_HISTORY_MISSING.
 */
async function segmentsOf(tx: Tx, agreement: ServiceAgreement, end: EndRead): Promise<MeterSegment[]> {
  const segments: MeterSegment[] = [];
  for (const [from, to] of await spansOf(tx, agreement, end)) {
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
async function spansOf(tx: Tx, agreement: ServiceAgreement, end: EndRead): Promise<[from: MeterRead, to: EndRead][]> {
  const { servicePointId } = agreement;
  const begin = await beginReadOf(tx, agreement);
  const installations = await tx.db.MeterInstallation.findAll({
    where: { servicePointId },
    order: ['installedOn', 'id'],
  });
  const first = installationOf(installations, begin);
  const last = installationOf(installations, end);
  // A meter may have been away and come back: then its two reads are of two installations.
  if (begin.meterId === end.meterId && first === last) return [[begin, end]];
  ensure(first >= 0 && last > first, 'METER_HISTORY_MISSING', 'It is not on record when the meter was exchanged');
  const spans: [MeterRead, EndRead][] = [];
  for (const [i, { installReadId, removalReadId }] of installations.slice(first, last + 1).entries()) {
    const from = i === 0 ? begin : installReadId && (await tx.db.MeterRead.findByPk(installReadId));
    const to = i === last - first ? end : removalReadId && (await tx.db.MeterRead.findByPk(removalReadId));
    ensure(from && to, 'METER_HISTORY_MISSING', 'A read of the meter exchange is not on record');
    spans.push([from, to]);
  }
  return spans;
}

/** The place of a read's installation among those of a point: the last that began by its day, else its meter's first. */
function installationOf(installations: MeterInstallation[], { meterId, readOn }: EndRead): number {
  const begun = installations.findLastIndex((each) => each.meterId === meterId && each.installedOn <= readOn);
  return begun >= 0 ? begun : installations.findIndex((each) => each.meterId === meterId);
}

/** The reads that a stopped account's final bill is worked out from, and whether each corrects another. */
export async function readsOfFinalBill(
  tx: Tx,
  account: Account,
): Promise<{ source: MeterRead['source']; corrects: boolean }[]> {
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: 'STOPPED' } });
  const ids = new Set<number>();
  for (const agreement of agreements) {
    const end = await stopReadOf(tx, agreement);
    for (const span of end ? await spansOf(tx, agreement, end) : [])
      for (const { id } of span) if (id !== null) ids.add(id);
  }
  const reads = await tx.db.MeterRead.findAll({ where: { id: [...ids] } });
  const superseded = await tx.db.MeterRead.findAll({ where: { supersededById: [...ids] } });
  const correcting = new Set(superseded.map(({ supersededById }) => supersededById));
  return reads.map(({ id, source }) => ({ source, corrects: correcting.has(id) }));
}

/** The read that a stopped agreement ends with; null where nothing is metered. */
async function stopReadOf(tx: Tx, { stopReadId }: ServiceAgreement): Promise<MeterRead | null> {
  return stopReadId === null ? null : tx.db.MeterRead.findByPk(stopReadId, { rejectOnEmpty: true });
}

/** The read that an agreement's usage begins with. Refused: START_READ_MISSING. */
async function beginReadOf(tx: Tx, { lastBilledReadId, startReadId }: ServiceAgreement): Promise<MeterRead> {
  const beginReadId = lastBilledReadId ?? startReadId;
  const begin = beginReadId === null ? null : await tx.db.MeterRead.findByPk(beginReadId);
  ensure(begin, 'START_READ_MISSING', 'The agreement has no read to begin from');
  return begin;
}

/** Whether any read after the first, up to the last, was accepted as a rollover (domain.md rule 1: at most one). */
async function rolledOver(tx: Tx, from: MeterRead, to: EndRead): Promise<boolean> {
  if (to.rollover) return true;
  const between = { meterId: to.meterId, rollover: true, supersededById: null };
  const reads = await tx.db.MeterRead.findAll({
    where: { ...between, readOn: { [Op.between]: [from.readOn, to.readOn] } },
  });
  return reads.some(({ id }) => id !== from.id);
}

/** What a rate costs, version by version. */
export async function rateVersions(tx: Tx, rateId: number): Promise<RateVersion[]> {
  const rows = await tx.db.RateVersion.findAll({ where: { rateId }, order: [['effectiveFrom', 'ASC']] });
  return rows.map((row) => JSON.parse(row.definition) as RateVersion);
}
