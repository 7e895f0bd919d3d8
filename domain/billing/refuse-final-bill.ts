import { isCivilDate } from '../dates';
import { compare, isDecimal, parseRational, rational, sum, ZERO, type Rational } from '../rational';
import type { Refusal } from '../refusal';
import type { FinalBillFacts, FinalBillFee, FinalBillService } from './final-bill';
import { ALWAYS_MEASURED } from './price/charge-context';
import { priceBill } from './price/price-bill';
import { refuseRateParts } from './price/rate-parts';
import { periodOf } from './price/charge-contexts';
import { chargesOf } from './price/service-charges';
import type { Charge } from './rate/charges';
import { refuseRateVersion } from './rate/refuse-rate-version';
import { refuseNeeds, refuseRateForService } from './refuse-rate-for-service';
import { refuseUsage } from './usage/usage';

/** $10 billion: far above any bill, and far enough below the safe integers that taxes cannot reach them. */
const MOST_CENTS = rational(1_000_000_000_000n);

/**
 * Why a final bill cannot be worked out from these facts, or null; after null priceFinalBill cannot fail. Codes:
 * BILL_DATE, NO_SERVICES, SERVICE_TWICE, STOP_BEFORE_START, BILLED_PAST_STOP, PERIOD_DAYS, UNITS, RATE_* of the
 * versions, READ_* and METER_* of the segments, MONTHS, AVERAGE_USAGE, MEASURE, READS_WITHOUT_METER, those of
 * refuseRateForService and refuseNeeds, PENALTY_TWICE, FEE_AMOUNT, FEE_WITHOUT_TAX, AMOUNT_TOO_LARGE (domain.md rules 1 to
 * 13 and 21 to 28).
 */
export function refuseFinalBill(facts: FinalBillFacts): Refusal | null {
  if (!isCivilDate(facts.stopOn))
    return { code: 'BILL_DATE', message: 'The stop date is not a date', pointer: '/stopOn' };
  if (facts.services.length === 0)
    return { code: 'NO_SERVICES', message: 'There is no service to bill', pointer: '/services' };
  const checks = [refuseService, refuseRates, refuseQuantity, refuseNeeds];
  for (const check of checks) {
    for (const [i, service] of facts.services.entries()) {
      const refusal = check(service, facts);
      if (refusal) return below(`/services/${i}`, refusal);
    }
  }
  const penalty = refusePenaltyTwice(facts);
  if (penalty) return penalty;
  for (const [i, fee] of facts.fees.entries()) {
    const refusal = refuseFee(fee, facts);
    if (refusal) return below(`/fees/${i}`, refusal);
  }
  return refuseSize(facts);
}

const below = (at: string, refusal: Refusal): Refusal => ({ ...refusal, pointer: `${at}${refusal.pointer ?? ''}` });

function refuseService(service: FinalBillService, facts: FinalBillFacts): Refusal | null {
  const {
    agreementId,
    startOn,
    stopOn = facts.stopOn,
    lastBilledThrough,
    periodDays,
    readDays,
    units,
    quantity = '1',
  } = service;
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
  if (!isDecimal(quantity) || compare(parseRational(quantity), ZERO) <= 0)
    return { code: 'QUANTITY', message: 'The quantity is a decimal above 0', pointer: '/quantity' };
  return refuseTerms(service);
}

/** What the agreement says about itself beside its dates and units. */
function refuseTerms({ months = '1', averageUsage = '0', measures = {} }: FinalBillService): Refusal | null {
  if (!isDecimal(months) || compare(parseRational(months), ZERO) <= 0)
    return { code: 'MONTHS', message: 'The months of the cycle are a decimal above 0', pointer: '/months' };
  if (!isDecimal(averageUsage))
    return { code: 'AVERAGE_USAGE', message: 'The average usage is a decimal of 0 or more', pointer: '/averageUsage' };
  for (const [code, value] of Object.entries(measures)) {
    if (ALWAYS_MEASURED.includes(code))
      return { code: 'MEASURE', message: `${code} is measured by itself`, pointer: `/measures/${code}` };
    if (!isDecimal(value, { signed: true }))
      return {
        code: 'MEASURE',
        message: `The measured ${code} is a decimal`,
        pointer: `/measures/${code}`,
      };
  }
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
function refuseQuantity(service: FinalBillService, facts: FinalBillFacts): Refusal | null {
  const { metered, segments, rateVersions } = service;
  if (metered) {
    const refusal = refuseUsage(segments);
    if (refusal) return below('/segments', refusal);
  } else if (segments.length > 0) {
    return { code: 'READS_WITHOUT_METER', message: 'The service has reads but is not metered', pointer: '/segments' };
  }
  for (const [i, version] of rateVersions.entries()) {
    const refusal = refuseRateForService(service, version, facts);
    if (refusal) return below(`/rateVersions/${i}`, refusal);
  }
  return null;
}

/** The balance past due is the account's: one of its services has the penalty, or it would fall due twice. */
function refusePenaltyTwice({ services, pastDueCents = 0 }: FinalBillFacts): Refusal | null {
  const isPenalty = (charge: Charge) => charge.kind === 'PERCENT' && charge.ofBalance === true;
  const has = services.map(
    ({ rateVersions, pastDueCents: own }) =>
      own === undefined && rateVersions.some(({ charges }) => charges.some(isPenalty)),
  );
  const second = has.indexOf(true, has.indexOf(true) + 1);
  if (pastDueCents <= 0 || second < 0 || second === has.indexOf(true)) return null;
  const message = 'The rates of two services have a penalty on the same balance';
  return { code: 'PENALTY_TWICE', message, pointer: `/services/${second}/rateVersions` };
}

function refuseFee({ amountCents, taxable, serviceType }: FinalBillFee, { services }: FinalBillFacts): Refusal | null {
  if (!Number.isSafeInteger(amountCents))
    return { code: 'FEE_AMOUNT', message: 'A fee is whole cents, a credit below 0', pointer: '/amountCents' };
  if (taxable && !services.some((service) => service.serviceType === serviceType))
    return {
      code: 'FEE_WITHOUT_TAX',
      message: 'A taxable fee needs a service of this bill, whose taxes it bears',
      pointer: '/serviceType',
    };
  return null;
}

/** Prices the bill, since a percent of a percent can pass all bounds; the amounts before are bounded here. */
function refuseSize(facts: FinalBillFacts): Refusal | null {
  const tooLarge = { code: 'AMOUNT_TOO_LARGE', message: 'The bill is above $10 billion: a read or a price is wrong' };
  const parts = facts.services.flatMap((service) => chargesOf(service, facts));
  const charges = parts.flatMap(({ charges: each, limits, later }) => [
    ...each,
    ...limits.map(({ charge }) => charge),
    ...later.flatMap((other) => ('percent' in other ? [] : [other.charge])),
  ]);
  const total = sum([
    ...charges.map(({ exactCents }) => absolute(exactCents)),
    ...facts.fees.map(({ amountCents }) => rational(Math.abs(amountCents))),
    rational(Math.abs(facts.pastDueCents ?? 0)),
  ]);
  if (compare(total, MOST_CENTS) > 0) return tooLarge;
  try {
    const { lines } = priceBill(facts);
    return lines.some(({ amountCents }) => compare(absolute(rational(amountCents)), MOST_CENTS) > 0) ? tooLarge : null;
  } catch (error) {
    if (error instanceof RangeError) return tooLarge;
    throw error;
  }
}

const absolute = (value: Rational): Rational => (value.num < 0n ? { ...value, num: -value.num } : value);
