import fc from 'fast-check';
import { addDays } from '../../dates';
import { ONE, sum } from '../../rational';
import { rateParts, refuseRateParts } from './rate-parts';
import { waterRate } from '../sample-facts';

const from = (effectiveFrom: string, effectiveTo?: string) => waterRate({ effectiveFrom, effectiveTo });
const june = { lastBilledThrough: '2026-05-31', through: '2026-06-30' };

describe('rule 11: a rate change inside the period', () => {
  it('rule 11: splits the period on the effective date', () => {
    const parts = rateParts([from('2025-01-01'), from('2026-06-11')], june);
    expect(parts.map((part) => [part.from, part.through, part.days])).toEqual([
      ['2026-06-01', '2026-06-10', 10],
      ['2026-06-11', '2026-06-30', 20],
    ]);
  });

  it('rule 11: a change on the first day, or after the last, does not split it', () => {
    expect(rateParts([from('2025-01-01', '2026-06-01'), from('2026-06-01')], june)).toHaveLength(1);
    expect(rateParts([from('2025-01-01'), from('2026-07-01')], june)).toHaveLength(1);
  });

  it('rule 11: a period without a day keeps the version of its last billed day', () => {
    const empty = { lastBilledThrough: '2026-06-10', through: '2026-06-10' };
    expect(rateParts([from('2025-01-01'), from('2026-06-11')], empty)).toMatchObject([
      { days: 0, version: { effectiveFrom: '2025-01-01' } },
    ]);
    expect(rateParts([from('2026-06-11')], empty)).toHaveLength(1);
  });

  it('rule 11: refuses days without a price and days with two', () => {
    expect(refuseRateParts([], june)?.code).toBe('RATE_MISSING');
    expect(refuseRateParts([from('2026-06-02')], june)).toMatchObject({ code: 'RATE_GAP' });
    expect(refuseRateParts([from('2025-01-01', '2026-06-10'), from('2026-06-11')], june)?.message).toBe(
      '1 of the 30 days have no version of the rate',
    );
    expect(refuseRateParts([from('2025-01-01', '2026-06-12'), from('2026-06-11')], june)?.code).toBe('RATE_OVERLAP');
    expect(refuseRateParts([from('2026-06-11'), from('2025-01-01')], june)?.code).toBe('RATE_OVERLAP');
    expect(refuseRateParts([from('2025-01-01', '2026-06-11'), from('2026-06-11')], june)).toBeNull();
  });

  it('rule 11: the parts have all the days of the period, each once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -40, max: 80 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (starts, days) => {
          const versions = [-100, ...starts.sort((a, b) => a - b)].map((offset) => from(addDays('2026-05-31', offset)));
          const parts = rateParts(versions, { lastBilledThrough: '2026-05-31', through: addDays('2026-05-31', days) });
          expect(parts.reduce((total, part) => total + part.days, 0)).toBe(days);
          expect(sum(parts.map(({ share }) => share))).toEqual(ONE);
          parts.slice(1).forEach((part, i) => expect(part.from).toBe(addDays(parts[i]?.through ?? '', 1)));
        },
      ),
    );
  });
});
