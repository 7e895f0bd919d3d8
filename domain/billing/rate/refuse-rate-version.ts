import { isCivilDate } from '../../dates';
import { compare, isDecimal, parseRational, RoundingMode, ZERO } from '../../rational';
import type { Refusal } from '../../refusal';
import { problem, type Problem } from '../problem';
import { ownQuantity } from './charges';
import { isNumber } from './figures';
import {
  ProrationDivisor,
  ProrationMethod,
  type Measuring,
  type Proration,
  type RateVersion,
  type Rounding,
  type Tax,
} from './rate-version';
import { isCoin, refuseCharges } from './refuse-charges';
import { refuseFigure } from './refuse-figure';
import { refuseSeasons } from './refuse-seasons';

/**
 * Every problem of a rate version of the right shape, each with a JSON pointer; none means that it can be priced
 * (domain.md rules 6 to 13 and 21 to 28).
 */
export function refuseRateVersion(version: RateVersion): Refusal[] {
  const { effectiveFrom, effectiveTo, unit, charges, rounding, taxes } = version;
  const hasTiers = charges.some((charge) => charge.kind === 'TIERS' && ownQuantity(charge) === undefined);
  return [
    problem(isCivilDate(effectiveFrom), 'RATE_DATE', 'The version needs the date it applies from', '/effectiveFrom'),
    problem(
      effectiveTo === undefined || effectiveTo === null || (isCivilDate(effectiveTo) && effectiveTo > effectiveFrom),
      'RATE_DATE',
      'The end is a date after the start: the first day the version no longer applies',
      '/effectiveTo',
    ),
    problem(
      !hasTiers || !!unit,
      'RATE_UNIT',
      'A version with tiers of usage needs the unit of its quantities',
      '/unit',
    ),
    ...refuseCharges(charges),
    ...refuseRounding(rounding),
    ...refuseProration(version.proration),
    ...refuseTaxes(taxes),
    ...(version.measuring ? refuseMeasuring(version.measuring) : []),
    ...refuseSeasons(version),
  ].filter((refusal) => refusal !== null);
}

const isDays = (value: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= 3660;
const isPlaces = (value: number | undefined): boolean =>
  value === undefined || (Number.isSafeInteger(value) && value >= 0 && value <= 10);

function refuseRounding({ mode, place, toCents = 1, ...places }: Rounding): Problem[] {
  const { factorPlaces, quantityPlaces, boundPlaces, ratePlaces } = places;
  return [
    problem(Object.hasOwn(RoundingMode, mode), 'RATE_ROUNDING', 'Unknown rounding mode', '/rounding/mode'),
    problem(
      ['LINE', 'TOTAL', 'BILL'].includes(place),
      'RATE_ROUNDING',
      'Rounding takes place per LINE, at the TOTAL of the service or of the BILL',
      '/rounding/place',
    ),
    problem(
      isCoin(toCents),
      'RATE_ROUNDING',
      'Amounts are rounded to a multiple of 1 to 100000 cents',
      '/rounding/toCents',
    ),
    ...Object.entries({ factorPlaces, quantityPlaces, boundPlaces, ratePlaces }).map(([name, value]) =>
      problem(isPlaces(value), 'RATE_ROUNDING', 'Decimal places are a whole number from 0 to 10', `/rounding/${name}`),
    ),
  ];
}

function refuseProration(proration: Proration): Problem[] {
  const { divisor, normalDays, tolerance } = proration;
  const methods = ['newConnect', 'finalDisconnect', 'regular', 'tempDisconnect'] as const;
  const usesSteps = methods.some((name) => proration[name] === 'STEP');
  return [
    ...methods.map((name) =>
      problem(
        (proration[name] === undefined && name !== 'newConnect' && name !== 'finalDisconnect') ||
          Object.hasOwn(ProrationMethod, proration[name] ?? ''),
        'RATE_PRORATION',
        'Unknown proration method',
        `/proration/${name}`,
      ),
    ),
    problem(
      Object.hasOwn(ProrationDivisor, divisor),
      'RATE_PRORATION',
      'Unknown divisor of days',
      '/proration/divisor',
    ),
    problem(
      isDays(normalDays),
      'RATE_PRORATION',
      'The normal days are a whole number of 1 or more',
      '/proration/normalDays',
    ),
    problem(
      tolerance === null ||
        (isDays(tolerance.fromDays) && isDays(tolerance.toDays) && tolerance.fromDays <= tolerance.toDays),
      'RATE_PRORATION',
      'The tolerance is a range of whole days, from 1 or more',
      '/proration/tolerance',
    ),
    problem(
      [undefined, 365, 'ACTUAL'].includes(proration.yearDays),
      'RATE_PRORATION',
      'A year has 365 days or the ACTUAL ones',
      '/proration/yearDays',
    ),
    ...refuseSteps(proration, usesSteps),
  ];
}

function refuseSteps({ steps }: Proration, usesSteps: boolean): Problem[] {
  if (!steps || steps.length === 0)
    return [problem(!usesSteps, 'RATE_PRORATION', 'The method STEP needs its steps', '/proration/steps')];
  const last = steps.length - 1;
  return steps.flatMap(({ throughDays, factor }, i) => [
    problem(
      i === last
        ? throughDays === null
        : throughDays !== null && isDays(throughDays) && throughDays > (steps[i - 1]?.throughDays ?? 0),
      'RATE_PRORATION',
      'Steps are by rising days, and the last one is without end',
      `/proration/steps/${i}/throughDays`,
    ),
    problem(
      isNumber(factor),
      'RATE_PRORATION',
      'The factor is a decimal or fraction of 0 or more',
      `/proration/steps/${i}/factor`,
    ),
  ]);
}

function refuseTaxes(taxes: Tax[]): Problem[] {
  const isPercent = (text: string) => isDecimal(text) && compare(parseRational(text), parseRational('100')) <= 0;
  return [
    problem(taxes.length <= 20, 'RATE_TAX', 'A version has at most 20 taxes', '/taxes'),
    ...taxes.flatMap(({ code, percent }, i) => [
      problem(code !== '', 'RATE_TAX', 'The tax needs a code', `/taxes/${i}/code`),
      problem(
        taxes.findIndex((tax) => tax.code === code) === i,
        'RATE_TAX',
        'The tax is listed twice',
        `/taxes/${i}/code`,
      ),
      problem(isPercent(percent), 'RATE_TAX', 'The tax is a percent from 0 to 100, like 5.25', `/taxes/${i}/percent`),
    ]),
  ];
}

const isAboveZero = (text: string | undefined): boolean =>
  text === undefined || (isDecimal(text) && compare(parseRational(text), ZERO) > 0);

function refuseMeasuring({ meterUnit, truncateReadsTo, finalFraction, conversions = [] }: Measuring): Problem[] {
  return [
    problem(meterUnit !== '', 'RATE_MEASURING', 'The meter needs its unit', '/measuring/meterUnit'),
    problem(
      isAboveZero(truncateReadsTo),
      'RATE_MEASURING',
      'Reads are cut down to a multiple of a decimal above 0',
      '/measuring/truncateReadsTo',
    ),
    problem(
      finalFraction === undefined || truncateReadsTo !== undefined,
      'RATE_MEASURING',
      'Only where reads are cut down is there a rest that a final bill can bill or drop',
      '/measuring/finalFraction',
    ),
    ...conversions.flatMap(({ factor, roundTo, mode }, i) => [
      ...(factor === undefined
        ? []
        : refuseFigure(factor, `/measuring/conversions/${i}/factor`, {
            code: 'RATE_MEASURING',
            what: 'The factor is a decimal or fraction of 0 or more',
            holds: (text) => isNumber(text),
          })),
      problem(
        isAboveZero(roundTo),
        'RATE_MEASURING',
        'A quantity is rounded to a multiple of a decimal above 0, like 0.1 or 1000',
        `/measuring/conversions/${i}/roundTo`,
      ),
      problem(
        mode === undefined || Object.hasOwn(RoundingMode, mode),
        'RATE_MEASURING',
        'Unknown rounding mode',
        `/measuring/conversions/${i}/mode`,
      ),
    ]),
  ];
}
