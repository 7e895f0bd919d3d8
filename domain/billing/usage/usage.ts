import { isCivilDate, type CivilDate } from '../../dates';
import {
  add,
  compare,
  isDecimal,
  mul,
  parseRational,
  rational,
  sub,
  sum,
  toDecimalString,
  ZERO,
  type Rational,
} from '../../rational';
import type { Refusal } from '../../refusal';
import type { Step } from '../../step';

/**
 * One meter's part of a period. Reads are register units, the multiplier turns them into billing units; ACCEPTED: a
 * person or rule 1 accepted one rollover.
 */
export interface MeterSegment {
  meterSerial: string;
  dials: number;
  multiplier: string;
  startValue: string;
  endValue: string;
  rollover: 'NONE' | 'ACCEPTED';
  /**
   * The first and last day of usage between the two reads; where all are known, usage is put where it was when a price
   * changes inside the period (domain.md rule 26).
   */
  from?: CivilDate;
  through?: CivilDate;
}

/** The usage of all segments in billing units, an exact decimal, with one step per meter. */
export interface UsageResult {
  usage: string;
  rolledOver: boolean;
  steps: Step[];
}

/** Reads and multipliers have at most 6 decimal places, so that their product is exact in 12. */
const USAGE_PLACES = 12;

/**
 * Why the usage of these segments cannot be worked out, or null: no read, a bad figure, or an end below the start
 * without an accepted rollover (domain.md rule 1).
 */
export function refuseUsage(segments: MeterSegment[]): Refusal | null {
  if (segments.length === 0) return { code: 'READ_MISSING', message: 'There is no read to bill' };
  for (const [i, { dials, multiplier, startValue, endValue, rollover }] of segments.entries()) {
    const refusal =
      refuseMeter(dials, multiplier, `/${i}`) ??
      refuseFigure(startValue, dials, `/${i}/startValue`) ??
      refuseFigure(endValue, dials, `/${i}/endValue`);
    if (refusal) return refusal;
    if (!hasDays(segments[i] as MeterSegment))
      return {
        code: 'READ_DATES',
        message: 'The days between two reads are from one date through another',
        pointer: `/${i}/from`,
      };
    if (rollover === 'NONE' && isBelow(endValue, startValue)) return belowLast(endValue, startValue, `/${i}/endValue`);
  }
  return null;
}

/**
 * Adds up end - start of every meter times its multiplier, plus one turn of the register where a rollover was accepted
 * (domain.md rules 1 and 2). Needs a null refuseUsage.
 */
export function usageOf(segments: MeterSegment[]): UsageResult {
  const meters = segments.map((segment) => ({
    segment,
    ...registerUsage(segment.startValue, segment.endValue, segment.dials),
  }));
  const usages = meters.map(({ segment, units }) => mul(units, parseRational(segment.multiplier)));
  const steps = meters.map(({ segment, rolledOver }, i): Step => ({
    rule: rolledOver ? 'rule 1' : 'rule 2',
    text: rolledOver
      ? 'The register passed its maximum once: end + 10^dials - start, times the multiplier'
      : 'End read - start read, times the multiplier',
    values: {
      meterSerial: segment.meterSerial,
      dials: `${segment.dials}`,
      startValue: segment.startValue,
      endValue: segment.endValue,
      multiplier: segment.multiplier,
      usage: toDecimalString(usages[i] ?? ZERO, USAGE_PLACES),
    },
  }));
  return {
    usage: toDecimalString(sum(usages), USAGE_PLACES),
    rolledOver: meters.some(({ rolledOver }) => rolledOver),
    steps,
  };
}

/**
 * A new read beside the last one; the limits are the utility's: rolloverMinRatio '0.9', highUsageLimit in register
 * units, null for none.
 */
export interface ReadQuestion {
  previous: string;
  value: string;
  dials: number;
  multiplier: string;
  rolloverMinRatio: string;
  highUsageLimit: string | null;
}

/** usage in billing units, null when refused; a warning does not stop the read. */
export interface ReadVerdict {
  refusal: Refusal | null;
  rollover: boolean;
  usage: string | null;
  warning: Refusal | null;
}

/**
 * Judges a new read (domain.md rule 1). A read below the last one counts as a rollover only if the last one was near
 * the register's end (previous / 10^dials >= rolloverMinRatio) and the usage is within highUsageLimit; without a limit
 * none can be plausible. Codes: METER_INVALID, READ_NOT_A_NUMBER, READ_TOO_MANY_DIGITS, READ_BELOW_LAST; the warning is
 * HIGH_USAGE. Throws RangeError on a limit that is no decimal.
 */
export function refuseRead({
  previous,
  value,
  dials,
  multiplier,
  rolloverMinRatio,
  highUsageLimit,
}: ReadQuestion): ReadVerdict {
  const refused = (refusal: Refusal): ReadVerdict => ({ refusal, rollover: false, usage: null, warning: null });
  const refusal =
    refuseMeter(dials, multiplier, '') ??
    refuseFigure(previous, dials, '/previous') ??
    refuseFigure(value, dials, '/value');
  if (refusal) return refused(refusal);
  const { units, rolledOver } = registerUsage(previous, value, dials);
  const isHigh = highUsageLimit !== null && compare(units, parseRational(highUsageLimit)) > 0;
  if (rolledOver) {
    const nearTheEnd = compare(parseRational(previous), mul(parseRational(rolloverMinRatio), registerSize(dials))) >= 0;
    if (!nearTheEnd || highUsageLimit === null || isHigh) return refused(belowLast(value, previous, '/value'));
  }
  const usage = toDecimalString(mul(units, parseRational(multiplier)), USAGE_PLACES);
  const warning = isHigh
    ? {
        code: 'HIGH_USAGE',
        message: `Usage ${toDecimalString(units, USAGE_PLACES)} is above the limit of ${highUsageLimit}`,
        pointer: '/value',
      }
    : null;
  return { refusal: null, rollover: rolledOver, usage, warning };
}

/**
 * Whether a person should look at this part of a period: the register passed its end, or the usage is above the
 * utility's limit in register units, null for none.
 */
export function hasReadException(
  { startValue, endValue, dials, rollover }: MeterSegment,
  limit: string | null,
): boolean {
  const { units, rolledOver } = registerUsage(startValue, endValue, dials);
  return rolledOver || rollover === 'ACCEPTED' || (limit !== null && compare(units, parseRational(limit)) > 0);
}

const hasDays = ({ from, through }: MeterSegment): boolean =>
  from === undefined || through === undefined
    ? from === through
    : isCivilDate(from) && isCivilDate(through) && from <= through;

/** M of rule 1: the maximum reading + 1. */
const registerSize = (dials: number): Rational => rational(10n ** BigInt(dials));

function registerUsage(start: string, end: string, dials: number): { units: Rational; rolledOver: boolean } {
  const difference = sub(parseRational(end), parseRational(start));
  const rolledOver = compare(difference, ZERO) < 0;
  return { units: rolledOver ? add(difference, registerSize(dials)) : difference, rolledOver };
}

const isBelow = (value: string, last: string): boolean => compare(parseRational(value), parseRational(last)) < 0;

const belowLast = (value: string, last: string, pointer: string): Refusal => ({
  code: 'READ_BELOW_LAST',
  message: `The read ${value} is below the last read, ${last}`,
  pointer,
});

function refuseMeter(dials: number, multiplier: string, at: string): Refusal | null {
  if (!Number.isInteger(dials) || dials < 1 || dials > 12)
    return { code: 'METER_INVALID', message: 'A meter has 1 to 12 dials', pointer: `${at}/dials` };
  if (!isDecimal(multiplier) || compare(parseRational(multiplier), ZERO) <= 0)
    return { code: 'METER_INVALID', message: 'A multiplier is a decimal above 0', pointer: `${at}/multiplier` };
  return null;
}

function refuseFigure(value: string, dials: number, pointer: string): Refusal | null {
  if (!isDecimal(value))
    return { code: 'READ_NOT_A_NUMBER', message: 'A read is a number of 0 or more, like 1234 or 1234.5', pointer };
  if (compare(parseRational(value), registerSize(dials)) >= 0)
    return {
      code: 'READ_TOO_MANY_DIGITS',
      message: `The read ${value} has more than the meter's ${dials} digits`,
      pointer,
    };
  return null;
}
