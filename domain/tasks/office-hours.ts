import { addDays, weekdayOf, type CivilDate } from '../dates';

/** When the office works. Weekdays count from 1, Monday, to 7; `from` and `to` are local 'HH:MM' of each of them. */
export interface OfficeHours {
  weekdays: readonly number[];
  from: string;
  to: string;
}

/** A local time: a civil date and the minutes since its midnight. */
export interface LocalTime {
  date: CivilDate;
  minute: number;
}

/** A calendar without an office day for this long is a mistake, not a holiday. */
const LONGEST_CLOSED_DAYS = 366;

/**
 * The local time at which so many minutes of office hours have passed since `start`; nights, other weekdays and holidays
 * do not count. Zero minutes from outside office hours is the next opening. Throws RangeError when the office is closed
 * for a year, or the hours are upside down.
 */
export function afterOfficeMinutes(
  hours: OfficeHours,
  isHoliday: (date: CivilDate) => boolean,
  start: LocalTime,
  minutes: number,
): LocalTime {
  const [opens, closes] = [minuteOf(hours.from), minuteOf(hours.to)];
  if (!(opens < closes)) throw new RangeError('The office closes before it opens');
  let left = minutes;
  let closedDays = 0;
  for (
    let date = start.date, from = start.minute;
    closedDays <= LONGEST_CLOSED_DAYS;
    date = addDays(date, 1), from = 0
  ) {
    const works = hours.weekdays.includes(weekdayOf(date)) && !isHoliday(date);
    const begin = Math.max(from, opens);
    if (!works || begin >= closes) {
      closedDays += works ? 0 : 1;
      continue;
    }
    closedDays = 0;
    if (left <= closes - begin) return { date, minute: begin + left };
    left -= closes - begin;
  }
  throw new RangeError('The office does not open within a year');
}

/** Minutes since midnight of an 'HH:MM'. */
function minuteOf(time: string): number {
  const [hour = NaN, minute = NaN] = time.split(':').map(Number);
  return hour * 60 + minute;
}
