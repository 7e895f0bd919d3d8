import fc from 'fast-check';
import { addDays } from '../dates';
import { toFractionString } from '../rational';
import { billedDays, billedThrough, prorationFactor, type ProrationQuestion } from './proration';
import type { Proration, ProrationMethod } from './rate-version';

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
});
