import type { Refusal } from '../refusal';
import { stateCode } from './states';

/** A postal address. State and postal code may be empty where a country has none; country is ISO 3166-1 alpha-2. */
export interface PostalAddress {
  line1: string;
  line2: string | null;
  city: string;
  state: string;
  postalCode: string;
  country: string;
}

/** An address as it is stored. */
export type StoredAddress = Omit<PostalAddress, 'country'> & {
  /** Null for one from before countries were kept, and for the utility's own places: the office's own. */
  country: string | null;
};

/** An address as it was given, without a country where it is the office's own. */
export type GivenAddress = Omit<PostalAddress, 'country'> & { country?: string | null };

/**
 * An address in the form that its country's mail wants, with everything that is wrong with it, each with its field
 * (domain.md rows S7, S11, S12). US: a USPS state code, a ZIP code of 5 or 9 digits. Canada: a province code, A1A 1A1.
 * Other countries: as it was given. Codes: ADDRESS_STATE, ADDRESS_ZIP, ADDRESS_POSTAL_CODE.
 */
export function checkAddress(
  given: GivenAddress,
  homeCountry: string,
  pointer: string,
): { address: PostalAddress; faults: Refusal[] } {
  const country = (given.country ?? homeCountry).toUpperCase();
  const { line1, line2, city } = given;
  const address = { line1, line2, city, state: given.state.trim(), postalCode: given.postalCode.trim(), country };
  if (country !== 'US' && country !== 'CA') return { address, faults: [] };
  const state = stateCode(country, address.state);
  const postalCode = country === 'US' ? zipOf(address.postalCode) : canadianCodeOf(address.postalCode);
  const faults: Refusal[] = [];
  if (state === null) {
    const message = country === 'US' ? 'Give a state of the US, as in CO' : 'Give a province of Canada, as in ON';
    faults.push({ code: 'ADDRESS_STATE', message, pointer: `${pointer}/state` });
  }
  if (postalCode === null && country === 'US') {
    const message = 'Give a ZIP code of 5 or 9 digits, as in 80000 or 80000-1234';
    faults.push({ code: 'ADDRESS_ZIP', message, pointer: `${pointer}/postalCode` });
  }
  if (postalCode === null && country === 'CA') {
    const message = 'Give a postal code of Canada, as in K1A 0B1';
    faults.push({ code: 'ADDRESS_POSTAL_CODE', message, pointer: `${pointer}/postalCode` });
  }
  return {
    address: { ...address, state: state ?? address.state, postalCode: postalCode ?? address.postalCode },
    faults,
  };
}

function zipOf(given: string): string | null {
  const [, five, four] = /^(\d{5})(?:[- ]?(\d{4}))?$/.exec(given) ?? [];
  return five ? (four ? `${five}-${four}` : five) : null;
}

function canadianCodeOf(given: string): string | null {
  const [, area, unit] =
    /^([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])[ -]?(\d[ABCEGHJ-NPRSTV-Z]\d)$/.exec(given.toUpperCase()) ?? [];
  return area && unit ? `${area} ${unit}` : null;
}
