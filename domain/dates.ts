/**
 * A local calendar date 'YYYY-MM-DD', years 0001 to 9999; never a timestamp (domain.md rule 5, design.md decision 9).
 * Texts of this form sort as dates.
 */
export type CivilDate = string;

/** A day of any year, 'MM-DD'. */
export type MonthDay = string;

/** Whether the value is a date of the calendar in the form 'YYYY-MM-DD'. */
export function isCivilDate(value: unknown): value is CivilDate {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const [year, month, day] = fieldsOf(value);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether the text is a day that some year has, 'MM-DD'. */
export const isMonthDay = (text: string): boolean => isCivilDate(`2024-${text}`);

/** The number of days of the date's calendar month. Throws RangeError on a bad date. */
export function monthDaysOf(date: CivilDate): number {
  const [year, month] = checked(date);
  return daysInMonth(year, month);
}

/**
 * The date that many days later (earlier if negative). Throws RangeError on a bad date or outside years 0001 to 9999.
 */
export function addDays(date: CivilDate, days: number): CivilDate {
  return civilDateOf(dayNumberOf(date) + days);
}

/**
 * The same day that many months later, or the month's last day where that day is missing: 31 January + 1 is 28 or 29
 * February. Throws like addDays.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year, month, day] = checked(date);
  const index = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(index / 12), mod(index, 12) + 1];
  return format(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** to - from in days; negative when to is earlier. Throws RangeError on a bad date. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNumberOf(to) - dayNumberOf(from);

/** -1, 0 or 1 as a is before, equal to or after b. */
export const compareDates = (a: CivilDate, b: CivilDate): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0);

/** The latest of the dates. */
export const maxDate = (first: CivilDate, ...rest: CivilDate[]): CivilDate =>
  rest.reduce((a, b) => (a > b ? a : b), first);

/** The earliest of the dates. */
export const minDate = (first: CivilDate, ...rest: CivilDate[]): CivilDate =>
  rest.reduce((a, b) => (a < b ? a : b), first);

/** The day of the week, 1 Monday to 7 Sunday. Throws RangeError on a bad date. */
export const weekdayOf = (date: CivilDate): number => mod(dayNumberOf(date) + 2, 7) + 1;

/** The calendar year of a date, and its number of days. */
export function yearOf(date: CivilDate): { year: number; days: 365 | 366 } {
  const [year] = checked(date);
  return { year, days: isLeapYear(year) ? 366 : 365 };
}

/**
 * Whether the date is in the season from start to end, both days included; a season may wrap the year end, 11-15 to
 * 03-31 (domain.md section 4, end).
 */
export function inSeason(date: CivilDate, start: MonthDay, end: MonthDay): boolean {
  const day = date.slice(5);
  return start <= end ? start <= day && day <= end : day >= start || day <= end;
}

/**
 * Days since 0000-03-01 in the proleptic Gregorian calendar: years begin in March, so that a leap day is a year's last
 * day.
 */
function dayNumberOf(date: CivilDate): number {
  const [year, month, day] = checked(date);
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = mod(month - 3, 12);
  return daysBeforeMarchYear(marchYear) + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
}

function civilDateOf(dayNumber: number): CivilDate {
  let marchYear = Math.floor(dayNumber / 365.2425);
  while (daysBeforeMarchYear(marchYear) > dayNumber) marchYear -= 1;
  while (daysBeforeMarchYear(marchYear + 1) <= dayNumber) marchYear += 1;
  const dayOfYear = dayNumber - daysBeforeMarchYear(marchYear);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((monthFromMarch + 2) % 12) + 1;
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return format(month > 2 ? marchYear : marchYear + 1, month, day);
}

const daysBeforeMarchYear = (year: number): number =>
  365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const mod = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

const fieldsOf = (date: CivilDate): [number, number, number] => [
  Number(date.slice(0, 4)),
  Number(date.slice(5, 7)),
  Number(date.slice(8, 10)),
];

function checked(date: CivilDate): [number, number, number] {
  if (!isCivilDate(date)) throw new RangeError('Not a civil date');
  return fieldsOf(date);
}

function format(year: number, month: number, day: number): CivilDate {
  const date = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  if (!isCivilDate(date)) throw new RangeError('Date outside the years 0001 to 9999');
  return date;
}
