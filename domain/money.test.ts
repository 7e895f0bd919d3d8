import { assertCents, dollarsToCents, formatCents, roundToCents, sumCents } from './money';
import { parseRational } from './rational';

describe('money', () => {
  it('writes cents as dollars', () => {
    expect([123456, -500, 0, 5, 99, 100, 123456789, -7].map(formatCents)).toEqual([
      '$1,234.56',
      '-$5.00',
      '$0.00',
      '$0.05',
      '$0.99',
      '$1.00',
      '$1,234,567.89',
      '-$0.07',
    ]);
  });

  it('rule 19: rounds an exact amount once to whole cents', () => {
    expect(roundToCents(dollarsToCents(parseRational('2.675')), 'HALF_UP')).toBe(268);
    expect(roundToCents(parseRational('-0.4'), 'HALF_UP')).toBe(0);
    expect(Object.is(roundToCents(parseRational('-0.4'), 'HALF_UP'), 0)).toBe(true);
  });

  it('takes nothing for cents that is not a safe integer', () => {
    for (const bad of [0.5, NaN, Infinity, 2 ** 53]) expect(() => assertCents(bad)).toThrow(RangeError);
    expect(() => roundToCents(parseRational('9007199254740993'), 'HALF_UP')).toThrow(RangeError);
    expect(() => sumCents([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
    expect(sumCents([Number.MAX_SAFE_INTEGER, 1, -1])).toBe(Number.MAX_SAFE_INTEGER);
  });
});
