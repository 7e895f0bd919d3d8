import { z } from 'zod';
import { isCivilDate } from '../../domain/dates';
import { SET_UP_ORDERS } from '../../domain/onboarding/refuse-set-up';
import type { OnboardForm } from '../../contract/forms';
import {
  address,
  addressShown,
  anyDate,
  byId,
  cents,
  civilDate,
  freeText,
  idText,
  instant,
  jsonObject,
  line,
  listOf,
  listQuery,
  person,
  registerValue,
} from './common';
import { accountRole, readSource } from './words';

/** A day of any year. */
export const monthDay = z
  .string()
  .refine((text) => isCivilDate(`2024-${text}`), 'Give a day of the year as MM-DD, as in 11-15')
  .openapi({ example: '11-15' });

/** A telephone number as people write it. */
export const phone = z
  .string()
  .trim()
  .regex(/^[+(]?[0-9][0-9 ().-]{4,24}( ?x ?[0-9]{1,6})?$/, 'Give a telephone number, as in 970-555-0147')
  .openapi({ example: '970-555-0147' });

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable().default(null as never);
/** A decimal above zero: a quantity, a share or a multiplier. */
const quantity = z
  .string()
  .regex(/^\d{1,8}(\.\d{1,4})?$/, 'Give a decimal number, as in 1 or 2.5')
  .refine((text) => Number(text) > 0, 'Give a number above 0');
const multiplier = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'Give a decimal number, as in 1 or 0.1')
  .refine((text) => Number(text) > 0, 'Give a number above 0');
const frequency = z.enum(['MONTHLY', 'BIMONTHLY', 'QUARTERLY']);
const position = z.int().min(1).max(20).default(1);
const contact = <T extends z.ZodType>(value: T) => z.strictObject({ value, purpose: nullable(line(24)) });

/** A name in one line, in its parts, or an organization's (domain.md row S3). */
const nameGiven = z.union([
  z.strictObject({ line: line(160) }),
  z.strictObject({ organization: line(160) }),
  z.strictObject({
    prefix: nullable(line(20)),
    first: nullable(line(80)),
    middle: nullable(line(80)),
    last: line(80),
    suffix: nullable(line(20)),
  }),
]);

const newCustomer = z
  .strictObject({
    number: nullable(idText(20)),
    name: nameGiven,
    typeCode: nullable(idText(24)),
    phones: z.array(contact(phone)).max(10).default([]),
    emails: z
      .array(contact(z.email().max(254)))
      .max(10)
      .default([]),
    mailingAddress: nullable(address),
    alternateAddress: nullable(address.extend({ seasonStart: monthDay, seasonEnd: monthDay })),
  })
  .openapi('NewCustomer');

const newLocation = z.strictObject({ number: nullable(idText(20)), address }).openapi('NewLocation');

/** Setting up a customer at a location: the whole form (domain.md rows S1 to S12, S15, S16). */
export const onboardForm = z
  .strictObject({
    customer: z.union([z.strictObject({ existing: idText(20) }), newCustomer]),
    location: z.union([z.strictObject({ existing: idText(20) }), newLocation]),
    role: accountRole.default('TENANT'),
    copiedFrom: nullable(idText(20)),
    startDate: civilDate,
    billCycle: nullable(idText(16)),
    services: z
      .array(
        z.strictObject({
          serviceCode: idText(16),
          position,
          rateCode: idText(24),
          units: quantity.default('1'),
          frequency: frequency.default('MONTHLY'),
          connectDate: nullable(civilDate),
        }),
      )
      .max(30),
    meters: z
      .array(
        z.strictObject({
          serviceCode: idText(16),
          position,
          serial: idText(32),
          dials: z.int().min(1).max(12),
          multiplier: multiplier.default('1'),
          unit: line(16),
          beginRead: nullable(z.strictObject({ value: registerValue, readOn: civilDate })),
        }),
      )
      .max(30)
      .default([]),
    deposits: z
      .array(
        z
          .strictObject({
            serviceCode: idText(16),
            amountCents: z.int().min(0).max(999_999_999),
            waivedBecause: nullable(freeText(200)),
          })
          .refine(({ amountCents, waivedBecause }) => amountCents > 0 || waivedBecause !== null, {
            message: 'Give an amount, or say why it is waived',
            path: ['amountCents'],
          }),
      )
      .max(30)
      .default([]),
    serviceOrders: z
      .array(
        z.strictObject({
          serviceCode: idText(16),
          position,
          type: z.enum(SET_UP_ORDERS),
          dueOn: nullable(civilDate),
          notes: nullable(freeText(500)),
          gating: z.boolean().default(true),
        }),
      )
      .max(30)
      .default([]),
  })
  .openapi('OnboardForm') satisfies z.ZodType<OnboardForm>;

/** What POST /cases/onboarding takes: a draft to save, or the whole form at once. */
export const onboardBody = z.union([z.strictObject({ draftId: idText(40) }).openapi('SaveDraft'), onboardForm]);

export const rescheduleBody = z.strictObject({ startDate: civilDate, reason: freeText(500) }).openapi('Reschedule');

export const draftParams = z.strictObject({ draftId: idText(40) });
export const newDraftBody = z
  .strictObject({
    copyFrom: nullable(z.strictObject({ customerNumber: idText(20), locationNumber: nullable(idText(20)) })),
  })
  .openapi('NewDraft');
export const draftBody = z.strictObject({ content: jsonObject }).openapi('DraftContent');

/** A form on its way, with all that stands against saving it. */
export const draftShown = z
  .strictObject({
    draftId: z.string(),
    kind: z.string(),
    status: z.enum(['OPEN', 'SAVED']),
    caseId: z.string().nullable(),
    content: jsonObject,
    problems: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
    createdBy: person,
    updatedAt: instant,
  })
  .openapi('Draft');

const copiedLine = z.strictObject({
  serviceCode: z.string(),
  position: z.int(),
  rateCode: z.string(),
  units: z.string(),
  frequency: z.string(),
  connectDate: z.null(),
});

/** What copying from a previous customer brings: the form, and what it leaves to the clerk (row S6). */
export const copied = z
  .strictObject({
    form: jsonObject,
    asks: z.array(copiedLine.extend({ accountNumber: z.string(), customerName: z.string() })),
    meters: z.array(
      z.strictObject({
        serviceCode: z.string(),
        position: z.int(),
        serial: z.string(),
        lastRead: z.strictObject({ value: z.string(), readOn: anyDate, source: readSource }).nullable(),
      }),
    ),
  })
  .openapi('CopiedForm');
export const copyQuery = z.strictObject({ locationNumber: idText(20).optional() });

export const nextNumberShown = z
  .strictObject({ customerNumber: z.string(), copyTicked: z.boolean() })
  .openapi('NextNumber');

export const customerTypeBody = z
  .strictObject({
    code: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9][A-Z0-9_-]{0,23}$/, 'Letters, digits and hyphens'),
    name: line(60),
  })
  .openapi('NewCustomerType');
const customerType = z.strictObject({ code: z.string(), name: z.string() }).openapi('CustomerType');
export const customerTypeShown = customerType;
export const customerTypeList = z.strictObject({ data: z.array(customerType), nextCursor: z.null() });

export const newLocationBody = newLocation;
export const createdLocation = z
  .strictObject({ locationNumber: z.string(), address: addressShown, services: z.array(z.string()) })
  .openapi('CreatedLocation');

export const serviceListQuery = listQuery(byId, {});
export const serviceList = listOf(
  z
    .strictObject({
      code: z.string(),
      name: z.string(),
      metered: z.boolean(),
      unit: z.string().nullable(),
      onNewLocation: z.boolean(),
      defaultDepositCents: cents,
      rates: z.array(z.strictObject({ code: z.string(), name: z.string(), isDefault: z.boolean() })),
    })
    .openapi('Service'),
);
