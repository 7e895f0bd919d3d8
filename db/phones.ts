import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
} from 'libphonenumber-js';
import type { Settings } from '../domain/settings';

/** Whose numbers those are that name no country. */
type Home = Settings['contacts'];

/** A telephone number as it is kept, `+19705550147` or `+19705550147;ext=12` (E.164, RFC 3966), or why it can be none. */
export type ReadPhone = { value: string; unusual: boolean } | { why: PhoneFault };
export type PhoneFault = 'NOT_A_NUMBER' | 'INVALID_COUNTRY' | 'TOO_SHORT' | 'TOO_LONG' | 'INVALID_LENGTH';

/** What is wrong, for the clerk. */
export const PHONE_FAULTS: Record<PhoneFault, string> = {
  NOT_A_NUMBER: 'This is no telephone number',
  INVALID_COUNTRY: 'No country has this telephone code',
  TOO_SHORT: 'The telephone number is too short',
  TOO_LONG: 'The telephone number is too long',
  INVALID_LENGTH: 'Telephone numbers of this country have another length',
};

/**
 * Reads a number as people write it (domain.md row S5). One that is possible is taken, though it may be `unusual`, in no
 * range that is known to be in use: new area codes come faster than lists of them. A local number gets the area code.
 */
export function readPhone(typed: string, { country, areaCode }: Home): ReadPhone {
  const home = dialedFrom(country);
  const isLocal =
    areaCode !== null && validatePhoneNumberLength(typed, home) === 'TOO_SHORT' && !/^\s*[+(]/.test(typed);
  const number = isLocal ? `${areaCode} ${typed}` : typed;
  const fault = validatePhoneNumberLength(number, home);
  if (fault) return { why: isLocal ? 'TOO_SHORT' : fault };
  const phone = parsePhoneNumberFromString(number, home);
  if (!phone?.isPossible()) return { why: 'NOT_A_NUMBER' };
  return { value: phone.number + (phone.ext ? `;ext=${phone.ext}` : ''), unusual: !phone.isValid() };
}

/** A number as the office reads it: national at home, else international. One from before E.164 is as it was typed. */
export function shownPhone(value: string, { country }: Home): { value: string; number: string | null } {
  const phone = value.startsWith('+') ? parsePhoneNumberFromString(value) : undefined;
  if (!phone) return { value, number: null };
  const home = dialedFrom(country);
  // A country code is shared, as +1 is by the US and Canada.
  const isHome = home !== undefined && phone.countryCallingCode === getCountryCallingCode(home);
  return { value: isHome ? phone.formatNational() : phone.formatInternational(), number: value };
}

// A few countries have no telephone code of their own: their numbers are typed with one.
const dialedFrom = (country: string): CountryCode | undefined => (isSupportedCountry(country) ? country : undefined);
