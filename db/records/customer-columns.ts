import { checkAddress, type GivenAddress } from '../../domain/addresses/check-address';
import { listedName, type PersonName, type SecondName } from '../../domain/names/person-name';
import { splitLine, type SplitName } from '../../domain/names/split-line';
import type { MonthDay } from '../../domain/dates';
import type { ContactKind } from '../../domain/states';
import type { Settings } from '../../domain/settings';
import { readPhone } from '../phones';

/** A telephone number or an e-mail address as a form has it. */
export interface GivenContact {
  value: string;
  purpose: string | null;
}

/** A customer as a form describes one; pointers of refusals start at `#/customer`. Number null: the next one. */
export interface NewCustomer {
  number: string | null;
  name: { line: string } | (PersonName & { second?: SecondName | null }) | { organization: string };
  typeCode: string | null;
  phones: GivenContact[];
  emails: GivenContact[];
  mailingAddress: GivenAddress | null;
  alternateAddress: (GivenAddress & { seasonStart: MonthDay; seasonEnd: MonthDay }) | null;
}

/** The longest name that a list shows. */
const DISPLAY_NAME_LENGTH = 160;

/** A name as it will be kept: split when it came as one line; parts and organizations stay as the clerk gave them. */
export function splitNameOf(name: NewCustomer['name']): SplitName {
  if ('line' in name) return splitLine(name.line);
  if ('organization' in name) return { kind: 'ORGANIZATION', organization: name.organization };
  return { kind: 'PERSON', ...name, second: name.second ?? null };
}

/** What a name is in columns: a person's, a couple's or an organization's. */
export function nameColumns(given: NewCustomer['name']) {
  const name = splitNameOf(given);
  if (name.kind === 'ORGANIZATION') {
    const { kind, organization } = name;
    const displayName = organization.slice(0, DISPLAY_NAME_LENGTH);
    return { kind, organizationName: organization, displayName, ...personColumns(null) };
  }
  const displayName = listedName(name).slice(0, DISPLAY_NAME_LENGTH);
  return { kind: name.kind, organizationName: null, displayName, ...personColumns(name) };
}

function personColumns(name: (PersonName & { second: SecondName | null }) | null) {
  const second = name?.second ?? null;
  return {
    ...{ namePrefix: name?.prefix ?? null, firstName: name?.first ?? null, middleName: name?.middle ?? null },
    ...{ lastName: name?.last ?? null, nameSuffix: name?.suffix ?? null },
    ...{ secondNamePrefix: second?.prefix ?? null, secondFirstName: second?.first ?? null },
    ...{ secondMiddleName: second?.middle ?? null, secondLastName: second?.last ?? null },
    secondNameSuffix: second?.suffix ?? null,
  };
}

type Home = Settings['contacts'];

/** The permanent address in columns, in the form of its country; none: nulls. */
export function mailColumns(given: GivenAddress | null, home: Home) {
  const mail = given && checkAddress(given, home.country, '#').address;
  return {
    ...{ mailLine1: mail?.line1 ?? null, mailLine2: mail?.line2 ?? null, mailCity: mail?.city ?? null },
    ...{ mailState: mail?.state ?? null, mailPostalCode: mail?.postalCode ?? null, mailCountry: mail?.country ?? null },
  };
}

/** The address of a season in columns, likewise. */
export function alternateColumns(given: NewCustomer['alternateAddress'], home: Home) {
  const alt = given && checkAddress(given, home.country, '#').address;
  return {
    ...{ altLine1: alt?.line1 ?? null, altLine2: alt?.line2 ?? null, altCity: alt?.city ?? null },
    ...{ altState: alt?.state ?? null, altPostalCode: alt?.postalCode ?? null, altCountry: alt?.country ?? null },
    ...{ altSeasonStart: given?.seasonStart ?? null, altSeasonEnd: given?.seasonEnd ?? null },
  };
}

/** A way to reach somebody as it is kept. */
export interface ContactRow extends GivenContact {
  kind: ContactKind;
}

/** Contacts as they are kept; a number that cannot be read, which a check refuses before, stays as it was typed. */
export const contactRows = (kind: ContactKind, given: readonly GivenContact[], home: Home): ContactRow[] =>
  given.map(({ value, purpose }) => ({ kind, value: kind === 'PHONE' ? phoneOf(value, home) : value, purpose }));

function phoneOf(typed: string, home: Home): string {
  const read = readPhone(typed, home);
  return 'value' in read ? read.value : typed;
}
