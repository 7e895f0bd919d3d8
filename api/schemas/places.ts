import { z } from 'zod';
import {
  addressShown,
  anyDate,
  byId,
  civilDate,
  homeAddress,
  idText,
  listOf,
  listQuery,
  mailAddressShown,
  searchText,
} from './common';
import { agreementShown } from './landlords';
import { locationNote } from './location-notes';
import { lastRead } from './service-orders';
import { unassigned } from './unassigned-usage';
import { accountRole, accountStatus, agreementStatus } from './words';

export const customerParams = z.strictObject({ customerNumber: idText(20) });
export const locationParams = z.strictObject({ locationNumber: idText(20) });
/** `mailOn`: the day whose mail is asked about; today unless given. */
export const customerQuery = z.strictObject({ mailOn: civilDate.optional() });
export const searchQuery = listQuery(byId, { q: searchText });

export const customerList = listOf(
  z
    .strictObject({ customerNumber: z.string(), kind: z.enum(['PERSON', 'ORGANIZATION']), displayName: z.string() })
    .openapi('Customer'),
);

const contactShown = z.strictObject({ value: z.string(), purpose: z.string().nullable() }).openapi('Contact');

/** A telephone number as the office reads it; `number` is E.164, null for one that was kept before. */
const phoneShown = contactShown.extend({ number: z.string().nullable() }).openapi('Phone');

export const customerDetail = z
  .strictObject({
    customerNumber: z.string(),
    kind: z.enum(['PERSON', 'ORGANIZATION']),
    displayName: z.string(),
    typeCode: z.string().nullable(),
    namePrefix: z.string().nullable(),
    firstName: z.string().nullable(),
    middleName: z.string().nullable(),
    lastName: z.string().nullable(),
    nameSuffix: z.string().nullable(),
    organizationName: z.string().nullable(),
    /** The second person of a couple; last null: the same last name. */
    second: z
      .strictObject({
        ...{ prefix: z.string().nullable(), first: z.string().nullable(), middle: z.string().nullable() },
        ...{ last: z.string().nullable(), suffix: z.string().nullable() },
      })
      .nullable(),
    /** The name as an envelope has it. */
    nameLine: z.string(),
    phones: z.array(phoneShown),
    emails: z.array(contactShown),
    mailingAddress: mailAddressShown.nullable(),
    alternateAddress: mailAddressShown.extend({ seasonStart: z.string(), seasonEnd: z.string() }).nullable(),
    mailsTo: mailAddressShown.nullable(),
    mailOn: anyDate,
    masterContact: z.strictObject({ masterContactId: z.int(), displayName: z.string() }).nullable(),
    cosigns: z.array(z.strictObject({ accountNumber: z.string() })),
    accounts: z.array(
      z.strictObject({
        accountNumber: z.string(),
        role: accountRole,
        status: accountStatus,
        locationNumber: z.string(),
        address: z.string(),
        startOn: anyDate,
        stopOn: anyDate.nullable(),
      }),
    ),
  })
  .openapi('CustomerDetail');

export const locationList = listOf(
  z.strictObject({ locationNumber: z.string(), address: z.string() }).openapi('Location'),
);

const meter = z
  .strictObject({
    meterId: z.int(),
    serial: z.string(),
    dials: z.int(),
    multiplier: z.string(),
    unit: z.string(),
    lastRead: lastRead.nullable(),
  })
  .openapi('Meter');

/** Who had, has or will have a service at a place; the one that `holds` is the occupant. */
const agreement = z
  .strictObject({
    accountNumber: z.string(),
    accountRole,
    customerNumber: z.string(),
    customerName: z.string(),
    status: agreementStatus,
    holds: z.boolean(),
    startOn: anyDate,
    endOn: anyDate.nullable(),
  })
  .openapi('AgreementAtPoint');

export const locationPatch = z
  .strictObject({ address: homeAddress.optional(), classCode: idText(16).nullable().optional() })
  .openapi('LocationPatch');

export const locationDetail = z
  .strictObject({
    locationNumber: z.string(),
    address: addressShown,
    classCode: z.string().nullable(),
    version: z.int(),
    servicePoints: z.array(
      z
        .strictObject({
          servicePointId: z.int(),
          serviceCode: z.string(),
          serviceName: z.string(),
          metered: z.boolean(),
          meter: meter.nullable(),
          agreements: z.array(agreement),
        })
        .openapi('ServicePoint'),
    ),
    landlord: agreementShown.nullable(),
    landlordHistory: z.array(agreementShown),
    alerts: z.array(locationNote),
    notes: z.array(locationNote),
    unassigned: z.array(unassigned),
  })
  .openapi('LocationDetail');
