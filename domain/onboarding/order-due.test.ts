import { weekdayOf } from '../dates';
import { orderDueOn } from './order-due';

const HOLIDAY = '2026-11-26'; // a Thursday
const isOpen = (day: string) => weekdayOf(day) <= 5 && day !== HOLIDAY;
const due = (today: string, startOn: string, workdays = 1) => orderDueOn({ today, startOn, workdays, isOpen });

describe('S15 when an order is due, where nobody says', () => {
  it('is so many workdays from today, without weekends and holidays', () => {
    expect(due('2026-11-25', '2026-11-20')).toBe('2026-11-27');
    expect(due('2026-11-27', '2026-11-20')).toBe('2026-11-30');
    expect(due('2026-11-25', '2026-11-20', 3)).toBe('2026-12-01');
    expect(due('2026-11-26', '2026-11-20', 0)).toBe('2026-11-27');
  });

  it('is never after a start that is still to come, even on a closed day', () => {
    expect(due('2026-11-25', '2026-11-25')).toBe('2026-11-25');
    expect(due('2026-11-25', '2026-11-26')).toBe('2026-11-26');
    expect(due('2026-11-27', '2026-11-28')).toBe('2026-11-28');
  });

  it('is the day of a start further ahead, or the last workday before it', () => {
    expect(due('2026-11-24', '2026-12-15')).toBe('2026-12-15');
    expect(due('2026-11-24', '2026-12-13')).toBe('2026-12-11');
    expect(due('2026-11-24', '2026-11-26')).toBe('2026-11-25');
  });

  it('does not look for ever in a calendar that never opens', () => {
    expect(orderDueOn({ today: '2026-11-24', startOn: '2026-11-01', workdays: 2, isOpen: () => false })).toBe(
      '2026-11-26',
    );
  });
});
