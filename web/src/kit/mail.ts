import { day } from './format';

interface Address {
  line1: string;
  line2?: string | null;
  city: string;
  state: string;
  postalCode: string;
}

/** An address in one line; empty where there is none. */
export const mailLine = (address: Address | null | undefined): string =>
  address
    ? `${[address.line1, address.line2, address.city].filter(Boolean).join(', ')}, ${address.state} ${address.postalCode}`
    : '';

/** A day of every year (MM-DD) for people: 11-15 is Nov 15. */
export const monthDayInWords = (monthDay: string): string => day(`2000-${monthDay}`).replace(', 2000', '');

/** What a person typed as a day of every year, as MM-DD: 11/15, 11-15; null when it is none. */
export function monthDayOf(typed: string): string | null {
  const match = /^(\d{1,2})[/. -](\d{1,2})$/.exec(typed.trim());
  if (!match?.[1] || !match[2]) return null;
  const monthDay = `${match[1].padStart(2, '0')}-${match[2].padStart(2, '0')}`;
  const at = new Date(`2000-${monthDay}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(5, 10) !== monthDay ? null : monthDay;
}
