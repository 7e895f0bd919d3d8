import * as fc from 'fast-check';
import { addDays, weekdayOf } from '../dates';
import { afterOfficeMinutes, type OfficeHours } from './office-hours';

const hours: OfficeHours = { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' };
const HOUR = 60;
const at = (date: string, hour: number) => ({ date, minute: hour * HOUR });
const noHoliday = () => false;
// 2026-11-24 is a Tuesday, 2026-11-26 Thanksgiving.
const thanksgiving = (date: string) => date === '2026-11-26' || date === '2026-11-27';

describe('afterOfficeMinutes', () => {
  it('counts within a day', () => {
    expect(afterOfficeMinutes(hours, noHoliday, at('2026-11-24', 9), 3 * HOUR)).toEqual(at('2026-11-24', 12));
  });

  it('reaches closing time before it goes on to the next morning', () => {
    expect(afterOfficeMinutes(hours, noHoliday, at('2026-11-24', 8), 9 * HOUR)).toEqual(at('2026-11-24', 17));
    expect(afterOfficeMinutes(hours, noHoliday, at('2026-11-24', 8), 9 * HOUR + 1)).toEqual({
      date: '2026-11-25',
      minute: 8 * HOUR + 1,
    });
  });

  it('skips nights, the weekend and holidays', () => {
    expect(afterOfficeMinutes(hours, noHoliday, at('2026-11-27', 16), 2 * HOUR)).toEqual(at('2026-11-30', 9));
    expect(afterOfficeMinutes(hours, thanksgiving, at('2026-11-25', 16), 2 * HOUR)).toEqual(at('2026-11-30', 9));
  });

  it('starts at the next opening from outside office hours', () => {
    for (const start of [at('2026-11-28', 10), at('2026-11-29', 3), at('2026-11-30', 5)]) {
      expect(afterOfficeMinutes(hours, noHoliday, start, HOUR)).toEqual(at('2026-11-30', 9));
    }
    expect(afterOfficeMinutes(hours, noHoliday, at('2026-11-24', 20), 0)).toEqual(at('2026-11-25', 8));
  });

  it('refuses an office that never opens', () => {
    expect(() => afterOfficeMinutes(hours, () => true, at('2026-11-24', 9), HOUR)).toThrow(RangeError);
    expect(() => afterOfficeMinutes({ ...hours, weekdays: [] }, noHoliday, at('2026-11-24', 9), 0)).toThrow(RangeError);
    expect(() => afterOfficeMinutes({ ...hours, to: '08:00' }, noHoliday, at('2026-11-24', 9), 0)).toThrow(RangeError);
  });

  it('is the same in one go as in two, and always within office hours', () => {
    const start = fc.record({ days: fc.nat(400), minute: fc.nat(24 * HOUR - 1) });
    fc.assert(
      fc.property(start, fc.nat(3000), fc.nat(3000), ({ days, minute }, first, second) => {
        const from = { date: addDays('2026-01-01', days), minute };
        const go = (since: typeof from, minutes: number) => afterOfficeMinutes(hours, thanksgiving, since, minutes);
        const whole = go(from, first + second);
        const halves = go(go(from, first), second);
        // Closing time and the next opening are the same point of the count.
        const sameCount = go(halves, 1).date === go(whole, 1).date && go(halves, 1).minute === go(whole, 1).minute;
        return sameCount && hours.weekdays.includes(weekdayOf(whole.date)) && !thanksgiving(whole.date);
      }),
    );
  });
});
