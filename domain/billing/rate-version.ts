import { isCivilDate, type CivilDate } from '../dates';
import { compare, isDecimal, parseRational, RoundingMode } from '../rational';
import type { Refusal } from '../refusal';
import { refuseCharges, type Charge } from './charges';
import { problem, type Problem } from './problem';

export type { Charge, Tier } from './charges';

/**
 * How fixed charges are scaled to the days billed, Caselle's five (domain.md rule 7; prorationFactor says what each one
 * scales).
 */
export const ProrationMethod = {
  BILL_FULL: 'BILL_FULL',
  BILL_NOTHING: 'BILL_NOTHING',
  PRORATE_BASE_AND_MIN: 'PRORATE_BASE_AND_MIN',
  PRORATE_BY_READ_DATE: 'PRORATE_BY_READ_DATE',
  PRORATE_MIN: 'PRORATE_MIN',
} as const;
export type ProrationMethod = (typeof ProrationMethod)[keyof typeof ProrationMethod];

/** What the days billed are divided by: normalDays, 30, or the days of the cycle (domain.md rule 8). */
export const ProrationDivisor = { AVERAGE_DAYS: 'AVERAGE_DAYS', FIXED_30: 'FIXED_30', ACTUAL: 'ACTUAL' } as const;
export type ProrationDivisor = (typeof ProrationDivisor)[keyof typeof ProrationDivisor];

/**
 * Rules 7 and 8 of domain.md: from fromDays to toDays, both included, a period counts as a whole one; normalDays is the
 * n of AVERAGE_DAYS.
 */
export interface Proration {
  newConnect: ProrationMethod;
  finalDisconnect: ProrationMethod;
  divisor: ProrationDivisor;
  normalDays: number;
  tolerance: { fromDays: number; toDays: number } | null;
  capAtOne: boolean;
}

/** A tax on all charges of the version; percent '5.25' is 5.25 % (domain.md rule 13). */
export interface Tax {
  code: string;
  name: string;
  percent: string;
}

/**
 * The prices of one rate from effectiveFrom to the day before effectiveTo (absent: until the next version). unit is
 * that of upTo and per, such as 'gal'.
 */
export interface RateVersion {
  effectiveFrom: CivilDate;
  effectiveTo?: CivilDate | null;
  unit: string | null;
  charges: Charge[];
  rounding: { mode: RoundingMode; place: 'LINE' };
  proration: Proration;
  taxes: Tax[];
}

/**
 * Every problem of a rate version of the right shape, each with a JSON pointer; none means that it can be priced
 * (domain.md rules 7 to 13).
 */
export function refuseRateVersion(version: RateVersion): Refusal[] {
  const { effectiveFrom, effectiveTo, unit, charges, rounding, taxes } = version;
  const hasTiers = charges.some(({ kind }) => kind === 'TIERS');
  return [
    problem(isCivilDate(effectiveFrom), 'RATE_DATE', 'The version needs the date it applies from', '/effectiveFrom'),
    problem(
      effectiveTo === undefined || effectiveTo === null || (isCivilDate(effectiveTo) && effectiveTo > effectiveFrom),
      'RATE_DATE',
      'The end is a date after the start: the first day the version no longer applies',
      '/effectiveTo',
    ),
    problem(!hasTiers || !!unit, 'RATE_UNIT', 'A version with tiers needs the unit of its quantities', '/unit'),
    ...refuseCharges(charges),
    problem(Object.hasOwn(RoundingMode, rounding.mode), 'RATE_ROUNDING', 'Unknown rounding mode', '/rounding/mode'),
    problem(rounding.place === 'LINE', 'RATE_ROUNDING', 'Rounding takes place per line', '/rounding/place'),
    ...refuseProration(version.proration),
    ...refuseTaxes(taxes),
  ].filter((refusal) => refusal !== null);
}

const isDays = (value: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= 3660;

function refuseProration({ newConnect, finalDisconnect, divisor, normalDays, tolerance }: Proration): Problem[] {
  return [
    problem(
      Object.hasOwn(ProrationMethod, newConnect),
      'RATE_PRORATION',
      'Unknown proration method',
      '/proration/newConnect',
    ),
    problem(
      Object.hasOwn(ProrationMethod, finalDisconnect),
      'RATE_PRORATION',
      'Unknown proration method',
      '/proration/finalDisconnect',
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
  ];
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
