import type { CivilDate, MonthDay } from '../../dates';
import type { RoundingMode } from '../../rational';
import type { BillEvent, Charge } from './charges';
import type { Figure } from './figures';

export type { BillEvent, Charge, Tier } from './charges';

/**
 * How fixed charges are scaled to the days billed, Caselle's five and STEP (domain.md rules 6 and 7; prorationFactor says
 * what each one scales).
 */
export const ProrationMethod = {
  BILL_FULL: 'BILL_FULL',
  BILL_NOTHING: 'BILL_NOTHING',
  PRORATE_BASE_AND_MIN: 'PRORATE_BASE_AND_MIN',
  PRORATE_BY_READ_DATE: 'PRORATE_BY_READ_DATE',
  PRORATE_MIN: 'PRORATE_MIN',
  STEP: 'STEP',
} as const;
export type ProrationMethod = (typeof ProrationMethod)[keyof typeof ProrationMethod];

/**
 * What the days billed are divided by: normalDays, 30, the days of the cycle, 365/12, or each day by the days of its
 * calendar month (domain.md rules 8 and 25).
 */
export const ProrationDivisor = {
  AVERAGE_DAYS: 'AVERAGE_DAYS',
  FIXED_30: 'FIXED_30',
  ACTUAL: 'ACTUAL',
  YEAR_TWELFTH: 'YEAR_TWELFTH',
  MONTH_DAYS: 'MONTH_DAYS',
} as const;
export type ProrationDivisor = (typeof ProrationDivisor)[keyof typeof ProrationDivisor];

/** Up to throughDays (null: without end) the factor of STEP is this one (domain.md rule 6). */
export interface ProrationStep {
  throughDays: number | null;
  factor: string;
}

/**
 * Rules 6 to 8 and 25 of domain.md: from fromDays to toDays, both included, a period counts as a whole one; normalDays is
 * the n of AVERAGE_DAYS. regular is BILL_FULL unless given, tempDisconnect the method of a final bill.
 */
export interface Proration {
  newConnect: ProrationMethod;
  finalDisconnect: ProrationMethod;
  regular?: ProrationMethod;
  tempDisconnect?: ProrationMethod;
  divisor: ProrationDivisor;
  normalDays: number;
  tolerance: { fromDays: number; toDays: number } | null;
  capAtOne: boolean;
  /** For the method STEP, by rising throughDays. */
  steps?: ProrationStep[];
  /** False: the first or last day billed does not count when days are divided. */
  countFirst?: boolean;
  countLast?: boolean;
  /** What a charge or bound for a year is divided by: 365 unless given, or the days of each calendar year. */
  yearDays?: 365 | 'ACTUAL';
}

/** A tax on all charges of the version; percent '5.25' is 5.25 % (domain.md rule 13). Other taxes: charges of the kind PERCENT. */
export interface Tax {
  code: string;
  name: string;
  percent: string;
}

/**
 * Rule 21 of domain.md. place LINE: each line; TOTAL: the service's total once, BILL: the bill's total once, the cents
 * spread over the lines. The places are decimal places a printed figure is rounded to before it is used.
 */
export interface Rounding {
  mode: RoundingMode;
  place: 'LINE' | 'TOTAL' | 'BILL';
  /** Amounts are rounded to a multiple of so many cents: 5 where cash has no smaller coin; 1 unless given. */
  toCents?: number;
  factorPlaces?: number;
  quantityPlaces?: number;
  boundPlaces?: number;
  ratePlaces?: number;
}

/** Days of every year from `from` to `to`, both included; it may wrap the year's end. */
export interface Season {
  code: string;
  from: MonthDay;
  to: MonthDay;
}

/**
 * How a period is divided where a version or season changes inside it (domain.md rules 11 and 26). by DAYS: each part has
 * its days' share of charges and usage; FIRST_DAY or LAST_DAY: the prices of that day are the whole period's. bounds
 * SHARE: tier bounds are divided too. lines CHANGED_ONLY: a charge that is the same in all parts is priced once.
 */
export interface Change {
  by?: 'DAYS' | 'FIRST_DAY' | 'LAST_DAY';
  bounds?: 'SHARE' | 'WHOLE';
  lines?: 'EACH' | 'CHANGED_ONLY';
}

/** usage times factor (1 unless given), rounded to a multiple of roundTo with the mode (the version's unless given). */
export interface Conversion {
  name?: string;
  factor?: Figure;
  roundTo?: string;
  mode?: RoundingMode;
}

/**
 * How reads become the quantity billed (domain.md rules 3 and 22). meterUnit is the unit of the usage before conversion, the
 * version's unless given.
 * Reads are cut down to a multiple of truncateReadsTo before they are subtracted, so that the rest carries over to the
 * next bill; finalFraction says whether a final bill bills that rest (BILL) or leaves it (DROP, unless given).
 */
export interface Measuring {
  meterUnit?: string;
  truncateReadsTo?: string;
  finalFraction?: 'BILL' | 'DROP';
  conversions?: Conversion[];
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
  rounding: Rounding;
  proration: Proration;
  taxes: Tax[];
  measuring?: Measuring;
  seasons?: Season[];
  change?: Change;
}

/** The method of rule 7 for a bill of this event. */
export function methodOf(
  { newConnect, finalDisconnect, regular, tempDisconnect }: Proration,
  event: BillEvent,
): ProrationMethod {
  return {
    REGULAR: regular ?? 'BILL_FULL',
    NEW_CONNECT: newConnect,
    TEMP_DISCONNECT: tempDisconnect ?? finalDisconnect,
    FINAL_DISCONNECT: finalDisconnect,
  }[event];
}
