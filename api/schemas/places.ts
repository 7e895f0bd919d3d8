import { z } from 'zod';
import { addressShown, anyDate, byId, idText, listOf, listQuery, searchText } from './common';
import { lastRead } from './service-orders';
import { accountRole, accountStatus, agreementStatus, landlordDecision } from './words';

export const customerParams = z.strictObject({ customerNumber: idText(20) });
export const locationParams = z.strictObject({ locationNumber: idText(20) });
export const searchQuery = listQuery(byId, { q: searchText });

export const customerList = listOf(
  z
    .strictObject({ customerNumber: z.string(), kind: z.enum(['PERSON', 'ORGANIZATION']), displayName: z.string() })
    .openapi('Customer'),
);

const contactShown = z.strictObject({ value: z.string(), purpose: z.string().nullable() }).openapi('Contact');

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
    phones: z.array(contactShown),
    emails: z.array(contactShown),
    mailingAddress: addressShown.nullable(),
    alternateAddress: addressShown.extend({ seasonStart: z.string(), seasonEnd: z.string() }).nullable(),
    mailsTo: addressShown.nullable(),
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

const landlord = z
  .strictObject({
    customerNumber: z.string(),
    customerName: z.string(),
    startOn: anyDate,
    lines: z.array(
      z.strictObject({
        serviceCode: z.string(),
        decision: landlordDecision,
        rateCode: z.string(),
        seasonStart: z.string().nullable(),
        seasonEnd: z.string().nullable(),
        stopReasonsExcluded: z.array(z.string()),
      }),
    ),
  })
  .openapi('Landlord');

export const locationDetail = z
  .strictObject({
    locationNumber: z.string(),
    address: addressShown,
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
    landlord: landlord.nullable(),
  })
  .openapi('LocationDetail');
