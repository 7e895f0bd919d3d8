import fc from 'fast-check';
import {
  addDays,
  addMonths,
  compareDates,
  daysBetween,
  inSeason,
  isCivilDate,
  maxDate,
  minDate,
  yearOf,
} from './dates';

const anyDate = fc
  .date({ min: new Date('1600-01-01T00:00:00Z'), max: new Date('2400-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('civil dates', () => {
  it('knows the dates of the calendar', () => {
    expect(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01'].every(isCivilDate)).toBe(true);
    expect(
      [
        '2026-02-29',
        '1900-02-29',
        '2026-13-01',
        '2026-00-10',
        '2026-04-31',
        '0000-01-01',
        '2026-1-1',
        '2026-01-01T00:00',
        20260101,
        null,
      ].some(isCivilDate),
    ).toBe(false);
  });

  it('counts days across months, leap days and years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-07-01', '2026-08-01')).toBe(31);
    expect(daysBetween('2026-08-01', '2026-07-01')).toBe(-31);
  });

  it('adds months and keeps to the end of a short month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-11-15', 3)).toBe('2027-02-15');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  });

  it('puts dates in order', () => {
    expect([compareDates('2026-01-01', '2026-01-02'), compareDates('2026-01-01', '2026-01-01')]).toEqual([-1, 0]);
    expect([maxDate('2026-01-01', '2026-03-01', '2025-12-31'), minDate('2026-01-01', '2025-12-31')]).toEqual([
      '2026-03-01',
      '2025-12-31',
    ]);
    expect([yearOf('2024-05-01').days, yearOf('1900-05-01').days]).toEqual([366, 365]);
  });

  it('refuses a bad date and a date out of range', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addMonths('0001-01-31', -1)).toThrow(RangeError);
  });

  it('agrees with the calendar of the machine', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -200_000, max: 200_000 }), (date, days) => {
        const later = new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
        expect(addDays(date, days)).toBe(later);
        expect(daysBetween(date, later)).toBe(days);
      }),
    );
  });

  it('knows a season, also one that wraps the year end, both ends included', () => {
    const winter = (date: string) => inSeason(date, '11-15', '03-31');
    expect(['2026-11-15', '2026-12-31', '2027-01-01', '2027-03-31', '2028-02-29'].every(winter)).toBe(true);
    expect(['2026-11-14', '2027-04-01', '2026-07-01'].some(winter)).toBe(false);
    const summer = (date: string) => inSeason(date, '05-01', '09-30');
    expect([summer('2026-05-01'), summer('2026-09-30'), summer('2026-10-01'), summer('2026-04-30')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([inSeason('2026-07-04', '07-04', '07-04'), inSeason('2026-07-05', '07-04', '07-04')]).toEqual([true, false]);
  });
});
