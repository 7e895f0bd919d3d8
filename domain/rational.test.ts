import fc from 'fast-check';
import {
  add,
  compare,
  div,
  floor,
  isDecimal,
  max,
  min,
  mul,
  parseRational,
  rational,
  RoundingMode,
  roundTo,
  sub,
  sum,
  toDecimalString,
  toFractionString,
  type Rational,
} from './rational';

const decimal = (text: string, mode: RoundingMode, places = 0) =>
  toDecimalString(roundTo(parseRational(text), places, mode), 6);
const anyRational = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([n, d]) => rational(n, d));

describe('exact fractions', () => {
  it('reads and writes decimals exactly', () => {
    expect(toDecimalString(parseRational('0.10'), 6)).toBe('0.1');
    expect(toDecimalString(parseRational('-12.050'), 6)).toBe('-12.05');
    expect(toDecimalString(parseRational('100'), 0)).toBe('100');
    expect(toDecimalString(rational(1, 3), 4)).toBe('0.3333');
    expect(toDecimalString(rational(-1, 1000), 2)).toBe('0');
    expect(toFractionString(rational(10, 30))).toBe('1/3');
    expect(toFractionString(rational(-4, -2))).toBe('2');
  });

  it('adds a tenth and two tenths to exactly three tenths', () => {
    expect(compare(add(parseRational('0.1'), parseRational('0.2')), parseRational('0.3'))).toBe(0);
  });

  it.each([
    ['HALF_UP', ['3', '2', '2', '-3', '-2']],
    ['HALF_EVEN', ['2', '2', '2', '-2', '-2']],
    ['HALF_DOWN', ['2', '2', '2', '-2', '-2']],
    ['UP', ['3', '3', '3', '-3', '-3']],
    ['DOWN', ['2', '2', '2', '-2', '-2']],
  ] as const)('rule 21: %s rounds 2.5, 2.4, 2.000001, -2.5 and -2.4', (mode, expected) => {
    const expectedOfTiny = mode === 'UP' ? '3' : '2';
    expect(['2.5', '2.4', '2.000001', '-2.5', '-2.4'].map((text) => decimal(text, mode))).toEqual([
      expected[0],
      expected[1],
      expectedOfTiny,
      expected[3],
      expected[4],
    ]);
  });

  it('rule 21: HALF_DOWN goes to zero from the half, and up from above it', () => {
    expect(decimal('3.5', 'HALF_DOWN')).toBe('3');
    expect(decimal('-3.5', 'HALF_DOWN')).toBe('-3');
    expect(decimal('3.500001', 'HALF_DOWN')).toBe('4');
  });

  it('rule 21: HALF_EVEN goes to the even neighbour, at any place', () => {
    expect(decimal('3.5', 'HALF_EVEN')).toBe('4');
    expect(decimal('0.125', 'HALF_EVEN', 2)).toBe('0.12');
    expect(decimal('0.135', 'HALF_EVEN', 2)).toBe('0.14');
    expect(decimal('1.1333', 'HALF_UP', 2)).toBe('1.13');
  });

  it('knows a plain decimal from anything else', () => {
    expect(['0', '12', '0.80', '000123'].every((text) => isDecimal(text))).toBe(true);
    expect(
      ['', '-1', '+1', '1e3', '.5', '5.', '1,000', ' 1', '0.1234567', '1234567890123456', 5, null].some((x) =>
        isDecimal(x),
      ),
    ).toBe(false);
    expect(isDecimal('-1.5', { signed: true })).toBe(true);
  });

  it('refuses to divide by zero and to read what is no decimal', () => {
    expect(() => div(rational(1), rational(0))).toThrow(RangeError);
    expect(() => parseRational('1e3')).toThrow(RangeError);
    expect(() => rational(0.5)).toThrow(RangeError);
  });

  it('finds the smaller, the larger and the whole number below', () => {
    const [a, b] = [rational(-7, 2), rational(1, 3)];
    expect([min(a, b), max(a, b)]).toEqual([a, b]);
    expect([floor(a), floor(b), floor(rational(-4))]).toEqual([-4n, 0n, -4n]);
  });

  it('keeps the laws of arithmetic', () => {
    fc.assert(
      fc.property(anyRational, anyRational, anyRational, (a, b, c) => {
        expect(mul(a, add(b, c))).toEqual(add(mul(a, b), mul(a, c)));
        expect(sub(add(a, b), b)).toEqual(a);
        expect(sum([a, b, c])).toEqual(sum([c, a, b]));
        if (b.num !== 0n) expect(mul(div(a, b), b)).toEqual(a);
      }),
    );
  });

  it('rounds to a neighbour, never more than half a step away in the HALF modes', () => {
    const distance = (a: Rational, b: Rational) => (compare(a, b) < 0 ? sub(b, a) : sub(a, b));
    fc.assert(
      fc.property(anyRational, fc.constantFrom(...Object.values(RoundingMode)), fc.nat(4), (value, mode, places) => {
        const most = mul(rational(1n, 10n ** BigInt(places)), mode.startsWith('HALF') ? rational(1, 2) : rational(1));
        expect(compare(distance(roundTo(value, places, mode), value), most)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
