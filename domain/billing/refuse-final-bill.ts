import { isCivilDate } from '../dates';
import { compare, isDecimal, parseRational, rational, sum, ZERO } from '../rational';
import type { Refusal } from '../refusal';
import type { FinalBillFacts, FinalBillFee, FinalBillService } from './final-bill';
import { refuseRateParts } from './rate-parts';
import { refuseRateVersion } from './rate-version';
import { chargesOf, periodOf } from './service-charges';
import { refuseUsage } from './usage';

/** $10 billion: far above any bill, and far enough below the safe integers that taxes cannot reach them. */
const MOST_CENTS = rational(1_000_000_000_000n);

/**
 * Why a final bill cannot be worked out from these facts, or null; after null priceFinalBill cannot fail. Codes:
 * BILL_DATE, NO_SERVICES, SERVICE_TWICE, STOP_BEFORE_START, BILLED_PAST_STOP, PERIOD_DAYS, UNITS, RATE_* of the
 * versions, READ_* and METER_* of the segments, RATE_NEEDS_METER, METER_WITH_SHARE, READS_WITHOUT_METER,
 * SHARE_WITHOUT_SOURCE, UNIT_MISMATCH, FEE_AMOUNT, FEE_WITHOUT_TAX, AMOUNT_TOO_LARGE (domain.md rules 1 to 13).
 */
export function refuseFinalBill(facts: FinalBillFacts): Refusal | null {
  if (!isCivilDate(facts.stopOn))
    return { code: 'BILL_DATE', message: 'The stop date is not a date', pointer: '/stopOn' };
  if (facts.services.length === 0)
    return { code: 'NO_SERVICES', message: 'There is no service to bill', pointer: '/services' };
  const checks = [refuseService, refuseRates, refuseQuantity];
  for (const check of checks) {
    for (const [i, service] of facts.services.entries()) {
      const refusal = check(service, facts);
      if (refusal) return below(`/services/${i}`, refusal);
    }
  }
  for (const [i, fee] of facts.fees.entries()) {
    const refusal = refuseFee(fee, facts);
    if (refusal) return below(`/fees/${i}`, refusal);
  }
  return refuseSize(facts);
}

const below = (at: string, refusal: Refusal): Refusal => ({ ...refusal, pointer: `${at}${refusal.pointer ?? ''}` });

function refuseService(service: FinalBillService, facts: FinalBillFacts): Refusal | null {
  const { agreementId, startOn, stopOn = facts.stopOn, lastBilledThrough, periodDays, readDays, units } = service;
  if (facts.services.find((other) => other.agreementId === agreementId) !== service)
    return { code: 'SERVICE_TWICE', message: 'The service agreement is listed twice', pointer: '/agreementId' };
  if (!isCivilDate(startOn)) return { code: 'BILL_DATE', message: 'The start date is not a date', pointer: '/startOn' };
  if (lastBilledThrough !== null && !isCivilDate(lastBilledThrough))
    return { code: 'BILL_DATE', message: 'The last billed date is not a date', pointer: '/lastBilledThrough' };
  if (!isCivilDate(stopOn) || stopOn > facts.stopOn)
    return { code: 'BILL_DATE', message: 'A service stops no later than its account', pointer: '/stopOn' };
  if (stopOn < startOn)
    return {
      code: 'STOP_BEFORE_START',
      message: `The service starts after the stop, on ${startOn}`,
      pointer: '/startOn',
    };
  const period = periodOf(service, facts);
  if (period.through < period.lastBilledThrough)
    return {
      code: 'BILLED_PAST_STOP',
      message: `Already billed through ${period.lastBilledThrough}, but this bill ends on ${period.through}`,
      pointer: '/lastBilledThrough',
    };
  if (!Number.isSafeInteger(periodDays) || periodDays < 1)
    return { code: 'PERIOD_DAYS', message: 'The cycle needs at least one day', pointer: '/periodDays' };
  if (readDays !== undefined && (!Number.isSafeInteger(readDays) || readDays < 0))
    return { code: 'PERIOD_DAYS', message: 'The days between the reads are 0 or more', pointer: '/readDays' };
  if (!isDecimal(units) || compare(parseRational(units), ZERO) <= 0)
    return { code: 'UNITS', message: 'Units are a decimal above 0', pointer: '/units' };
  return null;
}

function refuseRates(service: FinalBillService, facts: FinalBillFacts): Refusal | null {
  for (const [i, version] of service.rateVersions.entries()) {
    const [refusal] = refuseRateVersion(version);
    if (refusal) return below(`/rateVersions/${i}`, refusal);
  }
  const refusal = refuseRateParts(service.rateVersions, periodOf(service, facts));
  return refusal && below('/rateVersions', refusal);
}

/** Runs after the versions of all services were found sound, since a share looks at another service. */
function refuseQuantity(service: FinalBillService, { services }: FinalBillFacts): Refusal | null {
  const { metered, segments, rateVersions, unit } = service;
  if (metered) {
    const refusal = refuseUsage(segments);
    if (refusal) return below('/segments', refusal);
  } else if (segments.length > 0) {
    return { code: 'READS_WITHOUT_METER', message: 'The service has reads but is not metered', pointer: '/segments' };
  }
  for (const [i, version] of rateVersions.entries()) {
    const refuse = (code: string, message: string): Refusal => ({ code, message, pointer: `/rateVersions/${i}` });
    const follows = version.charges.find((charge) => charge.kind === 'SHARE_OF_USAGE');
    const sources = follows
      ? services.filter(({ serviceType }) => serviceType === follows.ofService)
      : metered
        ? [service]
        : [];
    if (!version.charges.some(({ kind }) => kind === 'TIERS')) continue;
    if (follows && metered) return refuse('METER_WITH_SHARE', 'A metered service cannot follow the usage of another');
    if (follows && (sources.length === 0 || sources.some((source) => !source.metered)))
      return refuse('SHARE_WITHOUT_SOURCE', `The bill has no metered ${follows.ofService} service to take a share of`);
    if (sources.length === 0) return refuse('RATE_NEEDS_METER', 'The rate has tiers, but the service has no usage');
    if (sources.some((source) => source.unit !== version.unit))
      return refuse(
        'UNIT_MISMATCH',
        `The rate is per ${version.unit}, the usage is in ${sources[0]?.unit ?? unit ?? 'no unit'}`,
      );
  }
  return null;
}

function refuseFee({ amountCents, taxable, serviceType }: FinalBillFee, { services }: FinalBillFacts): Refusal | null {
  if (!Number.isSafeInteger(amountCents) || amountCents < 0)
    return { code: 'FEE_AMOUNT', message: 'A fee is whole cents of 0 or more', pointer: '/amountCents' };
  if (taxable && !services.some((service) => service.serviceType === serviceType))
    return {
      code: 'FEE_WITHOUT_TAX',
      message: 'A taxable fee needs a service of this bill, whose taxes it bears',
      pointer: '/serviceType',
    };
  return null;
}

function refuseSize(facts: FinalBillFacts): Refusal | null {
  const parts = facts.services.flatMap((service) => chargesOf(service, facts));
  const charges = parts.flatMap(({ charges: each, minimum }) => [...each, ...(minimum ? [minimum] : [])]);
  const total = sum([
    ...charges.map(({ exactCents }) => exactCents),
    ...facts.fees.map(({ amountCents }) => rational(amountCents)),
  ]);
  return compare(total, MOST_CENTS) > 0
    ? { code: 'AMOUNT_TOO_LARGE', message: 'The bill is above $10 billion: a read or a price is wrong' }
    : null;
}
