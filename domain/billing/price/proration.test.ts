import fc from 'fast-check';
import { addDays } from '../../dates';
import { add, toFractionString } from '../../rational';
import { billedDays, billedThrough, prorationFactor, type ProrationQuestion } from './proration';
import type { Proration, ProrationMethod } from '../rate/rate-version';

const proration = (changes: Partial<Proration> = {}): Proration => ({
  newConnect: 'BILL_FULL',
  finalDisconnect: 'PRORATE_BASE_AND_MIN',
  divisor: 'FIXED_30',
  normalDays: 30,
  tolerance: null,
  capAtOne: false,
  ...changes,
});
const factors = (days: number, changes: Partial<Proration> = {}, question: Partial<ProrationQuestion> = {}) => {
  const { factor, base, minimum } = prorationFactor({
    days,
    periodDays: 31,
    proration: proration(changes),
    event: 'FINAL_DISCONNECT',
    ...question,
  });
  return [factor, base, minimum].map(toFractionString);
};

describe('days billed', () => {
  it('rule 5: a bill through 1 August after one through 1 July has 31 days, 2 July to 1 August', () => {
    expect(billedDays('2026-07-01', '2026-08-01')).toBe(31);
  });

  it('rule 5: the handover day goes to the leaver or, one day earlier, to the newcomer', () => {
    expect(billedThrough('2026-06-10', 'OUTGOING')).toBe('2026-06-10');
    expect(billedThrough('2026-06-10', 'INCOMING')).toBe('2026-06-09');
  });

  it('rule 5: every day of a chain of holders is billed exactly once', () => {
    const gaps = fc.array(fc.nat(60), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(gaps, fc.constantFrom('OUTGOING' as const, 'INCOMING' as const), (lengths, handoverDayTo) => {
        const handovers = lengths.reduce(
          (dates, length) => [...dates, addDays(dates.at(-1) ?? '', length)],
          ['2024-01-15'],
        );
        const billed = handovers.map((date) => billedThrough(date, handoverDayTo));
        const days = billed.slice(1).map((through, i) => billedDays(billed[i] ?? '', through));
        expect(days).toEqual(lengths);
      }),
    );
  });
});

describe('proration', () => {
  it('rule 8: divides by the normal days, by 30 or by the days of the cycle', () => {
    expect(factors(10, { divisor: 'AVERAGE_DAYS', normalDays: 60 })[0]).toBe('1/6');
    expect(factors(10, { divisor: 'FIXED_30', normalDays: 60 })[0]).toBe('1/3');
    expect(factors(10, { divisor: 'ACTUAL' })[0]).toBe('10/31');
  });

  it('rule 8: Oracle monthly counts 27 to 33 days as a month', () => {
    const tolerance = { fromDays: 27, toDays: 33 };
    expect([26, 27, 30, 33, 34].map((days) => factors(days, { tolerance })[0])).toEqual([
      '13/15',
      '1',
      '1',
      '1',
      '17/15',
    ]);
  });

  it('rule 8: Lafayette prorates only under 25 or over 35 days', () => {
    const tolerance = { fromDays: 25, toDays: 35 };
    expect([24, 25, 35, 36].map((days) => factors(days, { tolerance })[0])).toEqual(['4/5', '1', '1', '6/5']);
  });

  it('rule 8: a long period costs no more than a whole one where the factor is capped', () => {
    expect(factors(45)[0]).toBe('3/2');
    expect(factors(45, { capAtOne: true })[0]).toBe('1');
  });

  it.each<[ProrationMethod, string, string]>([
    ['BILL_FULL', '1', '1'],
    ['BILL_NOTHING', '0', '0'],
    ['PRORATE_BASE_AND_MIN', '1/3', '1/3'],
    ['PRORATE_BY_READ_DATE', '2/5', '1'],
    ['PRORATE_MIN', '1', '1/3'],
  ])(
    'rule 7: %s leaves %s of the base and %s of the minimum after 10 days, 12 between the reads',
    (finalDisconnect, base, minimum) => {
      expect(factors(10, { finalDisconnect }, { readDays: 12 })).toEqual(['1/3', base, minimum]);
    },
  );

  it('rule 7: connects and disconnects have methods of their own', () => {
    expect(factors(10, {}, { event: 'NEW_CONNECT' })).toEqual(['1/3', '1', '1']);
  });

  it('rule 5: no day billed means no fixed charge, whatever the method', () => {
    for (const finalDisconnect of ['BILL_FULL', 'PRORATE_MIN', 'PRORATE_BY_READ_DATE'] as const)
      expect(factors(0, { finalDisconnect }, { readDays: 3 })).toEqual(['0', '0', '0']);
  });

  it('rule 6: Howard KS bills half under 17 days and all from 17, New Bremen nothing under 3', () => {
    const steps = [
      { throughDays: 2, factor: '0' },
      { throughDays: 16, factor: '1/2' },
      { throughDays: null, factor: '1' },
    ];
    const step = (days: number) => factors(days, { finalDisconnect: 'STEP', steps }).slice(1);
    expect([2, 3, 16, 17, 40].map(step)).toEqual([
      ['0', '0'],
      ['1/2', '1/2'],
      ['1/2', '1/2'],
      ['1', '1'],
      ['1', '1'],
    ]);
    expect(step(0)).toEqual(['0', '0']);
  });

  it('rule 7: a regular bill is whole and a temporary stop is as a final one, unless the version says otherwise', () => {
    const of = (event: ProrationQuestion['event'], changes = {}) => factors(10, changes, { event })[1];
    expect(of('REGULAR')).toBe('1');
    expect(of('REGULAR', { regular: 'PRORATE_BASE_AND_MIN' })).toBe('1/3');
    expect(of('TEMP_DISCONNECT')).toBe('1/3');
    expect(of('TEMP_DISCONNECT', { tempDisconnect: 'BILL_NOTHING' })).toBe('0');
  });

  it('rule 25: divides by a twelfth of 365 days, or each day by the days of its month', () => {
    const period = { lastBilledThrough: '2026-06-14', through: '2026-07-14' };
    expect(factors(29, { divisor: 'YEAR_TWELFTH' })[0]).toBe('348/365');
    expect(factors(30, { divisor: 'MONTH_DAYS' }, { period })[0]).toBe('458/465'); // 16/30 + 14/31
    expect(
      factors(
        365,
        { divisor: 'MONTH_DAYS' },
        { period: { lastBilledThrough: '2025-12-31', through: '2026-12-31' } },
      )[0],
    ).toBe('12');
  });

  it('rule 25: counts the first and the last day or not', () => {
    expect(factors(10, { countFirst: false })[0]).toBe('3/10');
    expect(factors(10, { countFirst: false, countLast: false })[0]).toBe('4/15');
    expect(factors(1, { countFirst: false, countLast: false })[0]).toBe('0');
    const period = { lastBilledThrough: '2026-06-14', through: '2026-07-14' };
    expect(factors(30, { divisor: 'MONTH_DAYS', countFirst: false }, { period })[0]).toBe('59/62'); // 15/30 + 14/31
    expect(factors(30, { divisor: 'MONTH_DAYS', countLast: false }, { period })[0]).toBe('443/465'); // 16/30 + 13/31
  });

  it('rule 25: the months of a calendar year add up to 12 whatever day it is cut at', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 364 }), (days) => {
        const cut = addDays('2025-12-31', days);
        const part = (lastBilledThrough: string, through: string) =>
          prorationFactor({
            ...{ days: 1, periodDays: 30, proration: proration({ divisor: 'MONTH_DAYS' }) },
            ...{ event: 'FINAL_DISCONNECT', period: { lastBilledThrough, through } },
          }).factor;
        expect(toFractionString(add(part('2025-12-31', cut), part(cut, '2026-12-31')))).toBe('12');
      }),
    );
  });

  it('rule 24: a year has 365 days, or those of each calendar year', () => {
    const period = { lastBilledThrough: '2027-12-30', through: '2028-12-31' };
    const years = (changes: Partial<Proration>) =>
      toFractionString(
        prorationFactor({
          days: 367,
          periodDays: 367,
          proration: proration(changes),
          event: 'FINAL_DISCONNECT',
          period,
        }).years,
      );
    expect(years({})).toBe('367/365');
    expect(years({ yearDays: 'ACTUAL' })).toBe('366/365');
  });

  it('rule 8: a cycle of several months has several times the days of one', () => {
    expect(factors(60, {}, { months: '2' })[0]).toBe('1');
    expect(factors(30, { divisor: 'YEAR_TWELFTH' }, { months: '3' })[0]).toBe('24/73');
    expect(factors(60, { divisor: 'AVERAGE_DAYS', normalDays: 60 }, { months: '2' })[0]).toBe('1');
  });

  it('rule 21: a printed factor is rounded first: 34/30 is 1.13', () => {
    expect(factors(34, {}, { factorRounding: { places: 2, mode: 'HALF_UP' } })[0]).toBe('113/100');
  });
});
