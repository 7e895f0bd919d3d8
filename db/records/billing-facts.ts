import type { FinalBillFacts, FinalBillService } from '../../domain/billing/price-final-bill';
import type { RateVersion } from '../../domain/billing/rate-version';
import { addDays, addMonths, daysBetween } from '../../domain/dates';
import { ensure } from '../errors';
import type { Account, ServiceAgreement } from '../models/occupancy';
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
    services: await Promise.all(agreements.map((agreement) => serviceFacts(tx, agreement))),
    fees: [],
  };
}

async function serviceFacts(tx: Tx, agreement: ServiceAgreement): Promise<FinalBillService> {
  const service = await tx.db.Service.findByPk(agreement.serviceCode, { rejectOnEmpty: true });
  const segment = await segmentOf(tx, agreement);
  const stopRead = agreement.stopReadId ? await tx.db.MeterRead.findByPk(agreement.stopReadId) : null;
  const billedFrom = agreement.lastBilledThrough ?? addDays(agreement.startOn, -1);
  return {
    agreementId: agreement.id,
    serviceType: agreement.serviceCode,
    unit: service.unit,
    units: agreement.units,
    startOn: agreement.startOn,
    lastBilledThrough: agreement.lastBilledThrough,
    periodDays: daysBetween(billedFrom, addMonths(billedFrom, 1)),
    rateVersions: await rateVersions(tx, agreement.rateId),
    metered: segment !== null,
    segments: segment ? [segment] : [],
    estimated: stopRead?.source === 'ESTIMATED',
  };
}

/** The metered part since the last bill, or since the start read for a first bill; null where nothing is metered. */
async function segmentOf(tx: Tx, agreement: ServiceAgreement) {
  const beginReadId = agreement.lastBilledReadId ?? agreement.startReadId;
  if (agreement.stopReadId === null) return null;
  const end = await tx.db.MeterRead.findByPk(agreement.stopReadId, { rejectOnEmpty: true });
  const begin = beginReadId === null ? null : await tx.db.MeterRead.findByPk(beginReadId);
  ensure(begin, 'START_READ_MISSING', 'The agreement has no read to begin from');
  const meter = await tx.db.Meter.findByPk(end.meterId, { rejectOnEmpty: true });
  return {
    meterSerial: meter.serial,
    dials: meter.dials,
    multiplier: meter.multiplier,
    startValue: begin.value,
    endValue: end.value,
    rollover: end.rollover ? ('ACCEPTED' as const) : ('NONE' as const),
  };
}

async function rateVersions(tx: Tx, rateId: number): Promise<RateVersion[]> {
  const rows = await tx.db.RateVersion.findAll({ where: { rateId }, order: [['effectiveFrom', 'ASC']] });
  return rows.map((row) => JSON.parse(row.definition) as RateVersion);
}
