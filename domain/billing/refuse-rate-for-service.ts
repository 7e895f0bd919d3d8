import { compare, rational } from '../rational';
import type { Refusal } from '../refusal';
import type { FinalBillFacts, FinalBillService } from './final-bill';
import { applies, givenBy } from './price/charge-context';
import { billedDays } from './price/proration';
import { chargesIn, contextsOf, eventOf, periodOf } from './price/charge-contexts';
import { rateParts } from './price/rate-parts';
import { ownQuantity, type Charge } from './rate/charges';
import { refuseGiven, valueOf, type Given } from './rate/figures';
import { figuresOf } from './rate/figures-of';
import { codesOf } from './rate/line-codes';
import type { RateVersion } from './rate/rate-version';
import { sourcesOf } from './usage/billed-quantity';

/**
 * Why a sound version cannot price this service of this bill, or null; the pointer is below the version. Codes:
 * METER_WITH_SHARE, RATE_NEEDS_METER, SHARE_WITHOUT_SOURCE, UNIT_MISMATCH, ATTRIBUTE_MISSING, MEASURE_MISSING,
 * FIGURE_NOT_A_NUMBER, FIGURE_BY_ZERO, RATE_CODE (domain.md rules 2, 12, 24, 27 and 28).
 */
export const refuseRateForService = (
  service: FinalBillService,
  version: RateVersion,
  facts: FinalBillFacts,
): Refusal | null => refuseTiersWithoutUsage(service, version, facts) ?? refuseTerms(service, version, facts);

/** Whether every tier and share of the version has a quantity in its unit (domain.md rules 2, 12 and 27). */
function refuseTiersWithoutUsage(
  service: FinalBillService,
  version: RateVersion,
  facts: FinalBillFacts,
): Refusal | null {
  const { metered, unit } = service;
  const refuse = (code: string, message: string): Refusal => ({ code, message, pointer: '' });
  const charges = version.charges.filter((charge) => appliesInSomeSeason(charge, service, facts));
  if (!charges.some((charge) => charge.kind === 'TIERS' && ownQuantity(charge) === undefined)) return null;
  const shares = charges.filter((charge) => charge.kind === 'SHARE_OF_USAGE');
  if (shares.length > 0 && metered)
    return refuse('METER_WITH_SHARE', 'A metered service cannot follow the usage of another');
  const measuredUnit = version.measuring?.meterUnit ?? version.unit;
  const inUnit = (sources: FinalBillService[]) =>
    sources.every((source) => source.unit === measuredUnit)
      ? null
      : refuse(
          'UNIT_MISMATCH',
          `The rate is per ${measuredUnit}, the usage is in ${sources[0]?.unit ?? unit ?? 'no unit'}`,
        );
  if (shares.length === 0 && !metered)
    return refuse('RATE_NEEDS_METER', 'The rate has tiers, but the service has no usage');
  if (shares.length === 0) return inUnit([service]);
  for (const share of shares) {
    const isAverage = share.average?.as === 'VOLUME' && (service.averageUsage ?? share.average.otherwise) !== undefined;
    if (isAverage) continue;
    const sources = sourcesOf(share, facts.services);
    if (sources.length === 0 || sources.some((source) => !source.metered))
      return refuse('SHARE_WITHOUT_SOURCE', `The bill has no metered ${share.ofService} service to take a share of`);
    const refusal = inUnit(sources);
    if (refusal) return refusal;
  }
  return null;
}

/** Whether the version's conditions, codes and what its quantity is worked out with can be told for this service. */
function refuseTerms(service: FinalBillService, version: RateVersion, facts: FinalBillFacts): Refusal | null {
  const { lastBilledThrough, through } = periodOf(service, facts);
  const before = givenBy(service, { days: billedDays(lastBilledThrough, through), usage: null });
  for (const [i, charge] of version.charges.entries()) {
    const refusal = refuseWhen(charge, service, i) ?? refuseCodes(charge, facts, i);
    if (refusal) return refusal;
    if (charge.kind !== 'SHARE_OF_USAGE' || !appliesInSomeSeason(charge, service, facts)) continue;
    const needs = refuseFigures(charge, i, before);
    if (needs) return needs;
    const average = service.averageUsage === undefined ? charge.average?.otherwise : undefined;
    const missing = average === undefined ? null : refuseGiven(average, `/charges/${i}/average`, before);
    if (missing) return missing;
  }
  for (const [i, { factor }] of (version.measuring?.conversions ?? []).entries()) {
    const refusal = factor === undefined ? null : refuseGiven(factor, `/measuring/conversions/${i}/factor`, before);
    if (refusal) return refusal;
  }
  return null;
}

/**
 * Why a charge that applies has no figure, or null; the pointer is below the service. It looks with the quantity of the
 * bill, since a figure may go by it: all services' quantities must be sound (domain.md rules 24, 27 and 28).
 */
export function refuseNeeds(service: FinalBillService, facts: FinalBillFacts): Refusal | null {
  const period = periodOf(service, facts);
  const parts = rateParts(service.rateVersions, period);
  const wanted = parts.map((part) => chargesIn(part, service, facts));
  for (const [p, { given, part }] of contextsOf(service, facts, { period, parts, wanted }).entries()) {
    for (const charge of wanted[p] ?? []) {
      const i = part.version.charges.indexOf(charge);
      const refusal = refuseFigures(charge, i, given) ?? refuseGrossUp(charge, given, i);
      const at = `/rateVersions/${service.rateVersions.indexOf(part.version)}`;
      if (refusal) return { ...refusal, pointer: `${at}${refusal.pointer ?? ''}` };
    }
  }
  return null;
}

function refuseFigures(charge: Charge, i: number, given: Given): Refusal | null {
  for (const { pointer, figure } of figuresOf(charge)) {
    const refusal = refuseGiven(figure, `/charges/${i}${pointer}`, given);
    if (refusal) return refusal;
  }
  return null;
}

/** A percent that is found by an attribute is bounded only here; 100 percent of itself has no end. */
function refuseGrossUp(charge: Charge, given: Given, i: number): Refusal | null {
  if (charge.kind !== 'PERCENT' || !charge.grossUp || compare(valueOf(charge.percent, given), rational(100n)) < 0)
    return null;
  return { code: 'RATE_PERCENT', message: 'A grossed-up percent is below 100', pointer: `/charges/${i}/percent` };
}

/** An agreement without the attribute would silently not be charged. */
function refuseWhen({ when = {} }: Charge, { attributes = {} }: FinalBillService, i: number): Refusal | null {
  const missing = Object.entries(when).find(([name, texts]) => !Object.hasOwn(attributes, name) && !texts.includes(''));
  if (!missing) return null;
  const [name, texts] = missing;
  return {
    code: 'ATTRIBUTE_MISSING',
    message: `The rate needs the attribute ${name}: whether it is ${texts.join(', ')}`,
    pointer: `/charges/${i}/when/${name}`,
  };
}

/** A percent or limit of a code that no rate of the services it names has would silently be nothing. */
function refuseCodes(charge: Charge, { services }: FinalBillFacts, i: number): Refusal | null {
  if (!('services' in charge) || !charge.services || !charge.of) return null;
  const { services: named } = charge;
  const asked = services.filter(({ serviceType }) => named.includes('*') || named.includes(serviceType));
  // Services that are not on this bill may have the code.
  if (!named.includes('*') && asked.length < named.length) return null;
  const known = asked.flatMap(({ rateVersions }) => rateVersions.flatMap(({ charges }) => charges.flatMap(codesOf)));
  const k = charge.of.findIndex((code) => !known.includes(code));
  if (k < 0) return null;
  const message = `No charge of ${named.join(', ')} has the code ${charge.of[k]}`;
  return { code: 'RATE_CODE', message, pointer: `/charges/${i}/of/${k}` };
}

const appliesInSomeSeason = ({ events, when }: Charge, service: FinalBillService, facts: FinalBillFacts): boolean =>
  applies({ events, when }, { event: eventOf(facts), season: null, service });
