import fc from 'fast-check';
import { luhnDigit, numberOf, refuseNextValue, refuseTypedNumber, type NumberForm } from './customer-number';

const form = (more: Partial<NumberForm> = {}): NumberForm => ({ prefix: 'C', width: 6, checkDigit: 'LUHN', ...more });
const refused = (typed: string, more: Partial<NumberForm> = {}) => refuseTypedNumber(form(more), typed, '#/n');

describe('S2 the numbers of customers', () => {
  it('have leading zeros, and a check digit behind them where the office wants one', () => {
    expect(numberOf(form({ checkDigit: 'NONE' }), 123)).toBe('C000123');
    // The published example of ISO/IEC 7812-1: 7992739871 has the check digit 3.
    expect(luhnDigit('7992739871')).toBe('3');
    expect(numberOf(form({ prefix: '', width: 10 }), 7992739871)).toBe('79927398713');
  });

  it('that are typed are checked where they have the form of the series, and the right digit is named', () => {
    const right = numberOf(form(), 123);
    const wrong = right.slice(0, -1) + String((Number(right.at(-1)) + 1) % 10);
    expect([refused(right), refused(right.toLowerCase())]).toEqual([null, null]);
    expect(refused(wrong)).toMatchObject({ code: 'NUMBER_CHECK_DIGIT', pointer: '#/n' });
    expect(refused(wrong)?.message).toContain(`ends in ${right.at(-1)}`);
    expect(['C000123', 'OLD-17', '0001234', wrong + '1'].map((typed) => refused(typed))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(refused(wrong, { checkDigit: 'NONE' })).toBeNull();
  });

  it('are known to be wrong with any one digit changed', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1, max: 7 }), digit, (value, at, other) => {
        const right = numberOf(form(), value);
        fc.pre(right[at] !== String(other));
        expect(refused(right.slice(0, at) + String(other) + right.slice(at + 1))?.code).toBe('NUMBER_CHECK_DIGIT');
      }),
    );
  });

  it('go on from a value that fits', () => {
    expect([1, 999_999].map((value) => refuseNextValue(form(), value))).toEqual([null, null]);
    expect([0, -4, 1_000_000].map((value) => refuseNextValue(form(), value)?.code)).toEqual(
      Array(3).fill('NEXT_VALUE_OUT_OF_RANGE'),
    );
  });
});
