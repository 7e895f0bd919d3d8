import type { Schema } from '../api/client';
import { addressBody, addressFaults, typedAddress, type TypedAddress } from '../kit/address-fields';
import { monthDayOf } from '../kit/mail';

type Customer = Schema<'CustomerDetail'>;

/** A telephone number or e-mail as it is typed. */
export interface TypedContact {
  value: string;
  purpose: string;
}

/** A person's name in its parts, as it is typed. */
export interface TypedName {
  prefix: string;
  first: string;
  middle: string;
  last: string;
  suffix: string;
}

/** The form of Modify Existing Customers as it was typed. */
export interface CustomerForm {
  organization: string | null;
  name: TypedName;
  second: TypedName;
  typeCode: string | null;
  phones: TypedContact[];
  emails: TypedContact[];
  mailing: TypedAddress | null;
  alternate: TypedAddress | null;
  seasonStart: string;
  seasonEnd: string;
}

/** The form of a customer as they are. */
export function formOf(customer: Customer): CustomerForm {
  const { second, alternateAddress: alternate } = customer;
  return {
    organization: customer.organizationName,
    name: {
      prefix: customer.namePrefix ?? '',
      first: customer.firstName ?? '',
      middle: customer.middleName ?? '',
      last: customer.lastName ?? '',
      suffix: customer.nameSuffix ?? '',
    },
    second: {
      prefix: second?.prefix ?? '',
      first: second?.first ?? '',
      middle: second?.middle ?? '',
      last: second?.last ?? '',
      suffix: second?.suffix ?? '',
    },
    typeCode: customer.typeCode,
    phones: typedContacts(customer.phones),
    emails: typedContacts(customer.emails),
    mailing: (customer.mailingAddress as Customer['mailingAddress'] | null) && typedAddress(customer.mailingAddress),
    alternate: alternate && typedAddress(alternate),
    seasonStart: alternate?.seasonStart.replace('-', '/') ?? '',
    seasonEnd: alternate?.seasonEnd.replace('-', '/') ?? '',
  };
}

const typedContacts = (contacts: Schema<'Contact'>[]): TypedContact[] =>
  contacts.map(({ value, purpose }) => ({ value, purpose: purpose ?? '' }));

/** What the form lacks, for `check`. */
export const faultsOf = ({ organization, name, mailing, alternate, seasonStart, seasonEnd }: CustomerForm) => ({
  '#/name/organization': organization !== null && !organization.trim() && 'Give the name of the organization',
  '#/name/last': organization === null && !name.last.trim() && 'Give the last name',
  ...(mailing && addressFaults('#/mailingAddress', mailing)),
  ...(alternate && {
    ...addressFaults('#/alternateAddress', alternate),
    '#/alternateAddress/seasonStart': !monthDayOf(seasonStart) && 'Give the first day of the season, for example 11/15',
    '#/alternateAddress/seasonEnd': !monthDayOf(seasonEnd) && 'Give the last day of the season, for example 04/15',
  }),
});

/** What is sent: only what was changed, each as a whole, so that nothing else is touched. */
export function patchOf(form: CustomerForm, before: CustomerForm): Schema<'CustomerPatch'> {
  const isChanged = (...parts: (keyof CustomerForm)[]) =>
    parts.some((part) => JSON.stringify(form[part]) !== JSON.stringify(before[part]));
  return {
    ...(isChanged('organization', 'name', 'second') && { name: nameBody(form) }),
    ...(isChanged('typeCode') && { typeCode: form.typeCode }),
    ...(isChanged('phones') && { phones: contactBody(form.phones) }),
    ...(isChanged('emails') && { emails: contactBody(form.emails) }),
    ...(isChanged('mailing') && { mailingAddress: form.mailing && addressBody(form.mailing) }),
    ...(isChanged('alternate', 'seasonStart', 'seasonEnd') && {
      alternateAddress: form.alternate && {
        ...addressBody(form.alternate),
        seasonStart: monthDayOf(form.seasonStart) ?? '',
        seasonEnd: monthDayOf(form.seasonEnd) ?? '',
      },
    }),
  };
}

function nameBody({ organization, name, second }: CustomerForm): NonNullable<Schema<'CustomerPatch'>['name']> {
  if (organization !== null) return { organization: organization.trim() };
  const hasSecond = Object.values(second).some((part: string) => part.trim());
  return { ...partsOf(name), last: name.last.trim(), second: hasSecond ? partsOf(second) : null };
}

const partsOf = ({ prefix, first, middle, last, suffix }: TypedName) => ({
  prefix: prefix.trim() || null,
  first: first.trim() || null,
  middle: middle.trim() || null,
  suffix: suffix.trim() || null,
  last: last.trim() || null,
});

const contactBody = (contacts: TypedContact[]) =>
  contacts
    .filter(({ value }) => value.trim())
    .map(({ value, purpose }) => ({ value: value.trim(), purpose: purpose.trim() || null }));
