const MONEY = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const DAY = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' });
const INSTANT = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });

/** Cents as money: 9744 is $97.44, -50 is -$0.50. */
export const money = (cents: number): string => MONEY.format(cents / 100);

/** A civil date (YYYY-MM-DD) for people: Nov 30, 2026. A date that is none stays as it is. */
export function day(date: string | null | undefined): string {
  const at = date ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? (date ?? '') : DAY.format(at);
}

/** A civil date as it is typed here: 2026-11-30 is 11/30/2026. */
export const usDate = (date: string): string => `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)}`;

/** An instant for people, in the zone of whoever looks. */
export function moment(instant: string | null | undefined): string {
  return instant ? INSTANT.format(new Date(instant)) : '';
}

/** A code for people: PENDING_START is "Pending start". */
export const words = (code: string): string => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');

/** A decimal of the API without zeros at its end: 9985.000 is 9985. */
export const decimal = (value: string): string => (value.includes('.') ? value.replace(/\.?0+$/, '') : value);

/** What a person typed as money in cents: "$1,250.5" is 125050; null when it is no sum. */
export function centsOf(text: string): number | null {
  const match = /^\$?\s*(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(',', ''));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

/** What a person typed as a date, as YYYY-MM-DD: 03/27/2026, 3-27-26 and 2026-03-27; null when it is no date. */
export function civilDateOf(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const us = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$/.exec(text.trim());
  const [year, month, dayOfMonth] = iso ? [iso[1], iso[2], iso[3]] : us ? [us[3]?.padStart(4, '20'), us[1], us[2]] : [];
  if (!year || !month || !dayOfMonth) return null;
  const date = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? null : date;
}
