import type { StoredAddress } from '../addresses/check-address';
import type { CivilDate } from '../dates';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];

/** A day as letters write it: 2026-06-01 is June 1, 2026. */
export function longDay(day: CivilDate): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${MONTHS[Number(month) - 1]} ${Number(date)}, ${year}`;
}

/** A day as columns have it: 2026-06-01 is Jun 1, 2026. */
export const shortDay = (day: CivilDate): string => longDay(day).replace(/^(\w{3})\w*/, '$1');

/** A month under a bar: 2026-06-01 is Jun 26. */
export const monthOf = (day: CivilDate): string => `${shortDay(day).slice(0, 3)} ${day.slice(2, 4)}`;

/** A stored word for people: WATER is Water. */
export const inWords = (code: string): string => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');

/** A decimal text as people write it: 2514.9780 is 2,514.978. Its digits stay as they are. */
export function grouped(decimal: string): string {
  const [whole = '', places] = decimal.split('.');
  const rest = places?.replace(/0+$/, '');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (rest ? `.${rest}` : '');
}

/** The lines of an address below a name. */
export function addressLines({ line1, line2, city, state, postalCode, country }: StoredAddress): string[] {
  const place = `${city}, ${state} ${postalCode}`.replace(/^, /, '').trim();
  return [line1, line2 ?? '', place, country ?? ''].filter((line) => line !== '');
}

/** An address in one line. */
export const addressLine = (address: StoredAddress): string => addressLines(address).join(', ');
