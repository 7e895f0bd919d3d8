/**
 * An exact fraction: lowest terms, den above 0. Lives inside a calculation only, since a bigint is not JSON; outside it
 * quantities are decimal strings.
 */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/**
 * How a value between two steps is rounded: HALF_UP and UP away from zero, DOWN towards zero (domain.md rules 19 and
 * 21).
 */
export const RoundingMode = {
  HALF_UP: 'HALF_UP',
  HALF_EVEN: 'HALF_EVEN',
  HALF_DOWN: 'HALF_DOWN',
  UP: 'UP',
  DOWN: 'DOWN',
} as const;
export type RoundingMode = (typeof RoundingMode)[keyof typeof RoundingMode];

/** The fraction num/den; a number must be a safe integer. Throws RangeError otherwise, or when den is 0. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  const [top, bottom] = [toBigInt(num), toBigInt(den)];
  if (bottom === 0n) throw new RangeError('Division by zero');
  const sign = bottom < 0n ? -1n : 1n;
  const divisor = sign * greatestCommonDivisor(top, bottom);
  return { num: top / divisor, den: bottom / divisor };
}

export const ZERO = rational(0n);
export const ONE = rational(1n);

/**
 * Whether text is a plain decimal ('12', '0.80'; no exponent, no plus) with at most 15 digits before and maxPlaces
 * after the point; a minus only if signed.
 */
export function isDecimal(text: unknown, { maxPlaces = 6, signed = false } = {}): text is string {
  if (typeof text !== 'string') return false;
  const match = /^(-?)\d{1,15}(?:\.(\d+))?$/.exec(text);
  return match !== null && (signed || match[1] === '') && (match[2] ?? '').length <= maxPlaces;
}

/**
 * The exact value of a plain decimal of any length, such as '-12.50'. Throws RangeError on anything else; guard with
 * isDecimal.
 */
export function parseRational(text: string): Rational {
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`Not a decimal: ${text}`);
  const fraction = match[2] ?? '';
  return rational(BigInt(`${match[1]}${fraction}`), 10n ** BigInt(fraction.length));
}

/** a + b */
export const add = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den);
/** a - b */
export const sub = (a: Rational, b: Rational): Rational => rational(a.num * b.den - b.num * a.den, a.den * b.den);
/** a * b */
export const mul = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
/** a / b; throws RangeError when b is 0. */
export const div = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num);
/** The sum of all values, 0 of none. */
export const sum = (values: Rational[]): Rational => values.reduce(add, ZERO);
/** The smaller of two values. */
export const min = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);
/** The larger of two values. */
export const max = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b);

/** -1, 0 or 1 as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const [left, right] = [a.num * b.den, b.num * a.den];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The value rounded to that many decimal places (domain.md rules 19 and 21). */
export function roundTo(value: Rational, places: number, mode: RoundingMode): Rational {
  const scale = 10n ** BigInt(places);
  return rational(roundToInteger(rational(value.num * scale, value.den), mode), scale);
}

/** The value rounded to a whole number (domain.md rules 19 and 21). */
export function roundToInteger({ num, den }: Rational, mode: RoundingMode): bigint {
  const towardsZero = num / den;
  const rest = num % den;
  if (rest === 0n) return towardsZero;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const away = {
    HALF_UP: twice >= den,
    HALF_DOWN: twice > den,
    HALF_EVEN: twice > den || (twice === den && towardsZero % 2n !== 0n),
    UP: true,
    DOWN: false,
  };
  return away[mode] ? towardsZero + (num < 0n ? -1n : 1n) : towardsZero;
}

/** The value rounded to a multiple of a decimal above 0, such as '0.1' or '1000' (domain.md rules 3 and 22). */
export function roundToMultiple(value: Rational, multiple: string, mode: RoundingMode): Rational {
  const unit = parseRational(multiple);
  return mul(rational(roundToInteger(div(value, unit), mode)), unit);
}

/** The largest whole number not above the value. */
export function floor({ num, den }: Rational): bigint {
  return num < 0n && num % den !== 0n ? num / den - 1n : num / den;
}

/** As a plain decimal without trailing zeros: exact if it ends within maxPlaces, else rounded HALF_UP there. */
export function toDecimalString(value: Rational, maxPlaces: number): string {
  const scaled = roundToInteger(mul(value, rational(10n ** BigInt(maxPlaces))), RoundingMode.HALF_UP);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(maxPlaces + 1, '0');
  const point = digits.length - maxPlaces;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, point)}${fraction && `.${fraction}`}`;
}

/** As an exact fraction in lowest terms for a bill's steps: '1/3', '2'. */
export const toFractionString = ({ num, den }: Rational): string => (den === 1n ? `${num}` : `${num}/${den}`);

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function toBigInt(value: bigint | number): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError('Not a safe integer');
  return BigInt(value);
}
