import { z } from 'zod';
import { isCivilDate } from '../../domain/dates';
import { DEPOSIT_WHYS } from '../../domain/deposits/propose';
import { SET_UP_ORDERS } from '../../domain/onboarding/refuse-set-up';
import type { OnboardForm } from '../../contract/forms';
import {
  address,
  addressShown,
  anyDate,
  cents,
  civilDate,
  freeText,
  homeAddress,
  idText,
  jsonObject,
  line,
  registerValue,
  userName,
} from './common';
import { landlordTerms } from './landlords';
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
  .regex(/^[+(]?[0-9][0-9 ()./-]{2,26}(,? ?(x|ext\.?|#) ?[0-9]{1,8})?$/i, 'Give a telephone number, as in 970-555-0147')
  .openapi({ example: '970-555-0147' });

/** A field that may be left out or null. */
export const nullable = <T extends z.ZodType>(schema: T) => schema.nullable().default(null as never);
/** A decimal above zero: a quantity, a share or a multiplier. */
export const quantity = z
  .string()
  .regex(/^\d{1,8}(\.\d{1,4})?$/, 'Give a decimal number, as in 1 or 2.5')
  .refine((text) => Number(text) > 0, 'Give a number above 0');
const multiplier = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'Give a decimal number, as in 1 or 0.1')
  .refine((text) => Number(text) > 0, 'Give a number above 0');
/** What a meter is, on its face and in the books. */
export const meterFace = {
  serial: idText(32),
  dials: z.int().min(1).max(12),
  multiplier: multiplier.default('1'),
  unit: line(16),
};
const decimalText = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'Give a decimal number of 0 or more');
const few = (values: object) => Object.keys(values).length <= 50;
/** What a rate looks up of an agreement: see docs/rates.md, Figures. */
export const priceTerms = z
  .strictObject({
    attributes: z.record(line(40), line(60)).refine(few, 'Give at most 50').optional(),
    measures: z.record(line(40), decimalText).refine(few, 'Give at most 50').optional(),
    averageUsage: decimalText.optional(),
    months: quantity.optional(),
  })
  .openapi('PriceTerms');
export const frequency = z.enum(['MONTHLY', 'BIMONTHLY', 'QUARTERLY']);
export const position = z.int().min(1).max(20).default(1);
const contact = <T extends z.ZodType>(value: T) => z.strictObject({ value, purpose: nullable(line(24)) });

/** The parts of a name beside the last one. */
const givenParts = {
  prefix: nullable(line(20)),
  first: nullable(line(80)),
  middle: nullable(line(80)),
  suffix: nullable(line(20)),
};

/** A name in one line, in its parts, or an organization's (domain.md row S3). */
const nameGiven = z.union([
  z.strictObject({ line: line(160) }),
  z.strictObject({ organization: line(160) }),
  z.strictObject({
    ...givenParts,
    last: line(80),
    second: nullable(z.strictObject({ ...givenParts, last: nullable(line(80)) })),
  }),
]);

/** An e-mail address. Its domain is the same in capitals. */
export const email = z
  .string()
  .trim()
  .max(254)
  .regex(z.regexes.email, 'Give an e-mail address')
  .transform((text) => text.replace(/@.*$/, (domain) => domain.toLowerCase()))
  .openapi({ format: 'email' });

const alternate = address.extend({ seasonStart: monthDay, seasonEnd: monthDay });
const customerFields = {
  name: nameGiven,
  typeCode: idText(24).nullable(),
  phones: z.array(contact(phone)).max(10),
  emails: z.array(contact(email)).max(10),
  mailingAddress: address.nullable(),
  alternateAddress: alternate.nullable(),
};

/** A customer who is new to the office. */
export const newCustomer = z
  .strictObject({
    number: nullable(idText(20)),
    name: nameGiven,
    typeCode: nullable(idText(24)),
    phones: customerFields.phones.default([]),
    emails: customerFields.emails.default([]),
    mailingAddress: nullable(address),
    alternateAddress: nullable(alternate),
  })
  .openapi('NewCustomer');

export const createdCustomer = z.strictObject({ customerNumber: z.string() }).openapi('CreatedCustomer');

/** Changes of a customer's record, each field as a whole; null clears. */
export const customerPatch = z
  .strictObject(customerFields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Give what is to change')
  .openapi('CustomerPatch');

const newLocation = z
  .strictObject({ number: nullable(idText(20)), address: homeAddress, classCode: nullable(idText(16)) })
  .openapi('NewLocation');

const readTaken = z.strictObject({ value: registerValue, readOn: civilDate });
const meterPlace = { serviceCode: idText(16), position };
const installMeter = z
  .strictObject({
    action: z.literal('INSTALL').default('INSTALL'),
    ...{ ...meterPlace, ...meterFace, beginRead: nullable(readTaken) },
  })
  .openapi('InstallMeter');
const removeMeter = z
  .strictObject({ action: z.literal('REMOVE'), ...meterPlace, serial: idText(32), removalRead: readTaken })
  .openapi('RemoveMeter');

/** What is named once the record is there (domain.md rows S13 and S14): before that it is refused with AFTER_SAVE. */
const afterSave = (message: string) =>
  z
    .unknown()
    .optional()
    .refine((given) => given === undefined, { message, params: { code: 'AFTER_SAVE' } })
    .openapi({ description: message });

/** Setting up a customer at a location: the whole form (domain.md rows S1 to S12, S15, S16). */
export const onboardForm = z
  .strictObject({
    customer: z.union([z.strictObject({ existing: idText(20) }), newCustomer]),
    location: z.union([z.strictObject({ existing: idText(20) }), newLocation]),
    role: accountRole.default('TENANT'),
    copiedFrom: nullable(idText(20)),
    startDate: civilDate,
    billCycle: nullable(idText(16)),
    taxExempt: nullable(z.boolean()),
    penaltyExempt: nullable(z.boolean()),
    services: z
      .array(
        z.strictObject({
          serviceCode: idText(16),
          position,
          rateCode: idText(24),
          quantity: quantity.default('1'),
          units: quantity.default('1'),
          priceTerms: priceTerms.optional(),
          frequency: frequency.default('MONTHLY'),
          connectDate: nullable(civilDate),
        }),
      )
      .max(30),
    meters: z
      .array(z.union([installMeter, removeMeter]))
      .max(60)
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
          assignee: nullable(userName),
        }),
      )
      .max(30)
      .default([]),
    movesFrom: idText(20).nullable().optional().openapi({
      description:
        'The account of this customer at the place that they leave: it is moved out, and what is left follows',
    }),
    stopDate: civilDate
      .nullable()
      .optional()
      .openapi({ description: 'When they leave it; the start date unless given' }),
    forceMoveOut: z.boolean().optional().openapi({
      description:
        'Whoever holds a service there still is moved out on the start date, once a supervisor has approved it',
    }),
    landlordAgreement: nullable(landlordTerms),
    cosigner: afterSave('A cosigner is named on the account, after the save'),
    masterContact: afterSave('A master contact is assigned to the customer, after the save'),
  })
  .openapi('OnboardForm') satisfies z.ZodType<OnboardForm>;

/** A draft to save; `version`, that of its ETag, says which one the clerk saw: one that was written since is not saved. */
const saveDraft = z.strictObject({ draftId: idText(40), version: z.int().min(0).optional() }).openapi('SaveDraft');

/** What POST /cases/onboarding takes: a draft to save, or the whole form at once. */
export const onboardBody = z.union([saveDraft, onboardForm]);

/** Another date of a case: of a set-up its start, of a move-out its stop, the day of vacating, or both. */
export const rescheduleBody = z
  .strictObject({
    startDate: civilDate.optional(),
    stopDate: civilDate.optional(),
    vacateDate: civilDate.optional(),
    reason: freeText(500),
  })
  .openapi('Reschedule');

const copiedLine = z.strictObject({
  serviceCode: z.string(),
  position: z.int(),
  rateCode: z.string(),
  quantity: z.string(),
  units: z.string(),
  priceTerms: priceTerms.optional(),
  frequency: z.string(),
  connectDate: z.null(),
});

/** What a service is to be secured with, and why (row S9). */
export const depositProposal = z
  .strictObject({
    serviceCode: z.string(),
    amountCents: cents,
    why: z.enum(DEPOSIT_WHYS),
    averageBillCents: cents.nullable(),
  })
  .openapi('DepositProposal');

/** What copying from a previous customer brings: the form, and what it leaves to the clerk (row S6). */
export const copied = z
  .strictObject({
    form: jsonObject,
    asks: z.array(copiedLine.extend({ accountNumber: z.string(), customerName: z.string() })),
    meters: z.array(
      z.strictObject({
        serviceCode: z.string(),
        position: z.int(),
        serial: z.string().nullable(),
        lastRead: z.strictObject({ value: z.string(), readOn: anyDate, source: readSource }).nullable(),
        readAgeDays: z.int().nullable(),
        exchangedOn: anyDate.nullable(),
        isRemoved: z.boolean(),
        isNeverRead: z.boolean(),
        needsReadIn: z.boolean(),
      }),
    ),
    holders: z.array(
      z.strictObject({
        serviceCode: z.string(),
        position: z.int(),
        accountNumber: z.string(),
        role: accountRole,
        isActive: z.boolean(),
        stopsOn: anyDate.nullable(),
      }),
    ),
    deposits: z.array(depositProposal),
  })
  .openapi('CopiedForm');
export const copyQuery = z.strictObject({ locationNumber: idText(20).optional() });

/** What the number field shows; null where the clerk types every number. */
export const nextNumberShown = z
  .strictObject({
    customerNumber: z.string().nullable(),
    autoIncrement: z.boolean(),
    copyTicked: z.boolean(),
  })
  .openapi('NextNumber');
export const nextValueBody = z.strictObject({ nextValue: z.int() }).openapi('NextValue');

export const splitBody = z.strictObject({ line: line(160) }).openapi('NameLine');
const partsShown = {
  prefix: z.string().nullable(),
  first: z.string().nullable(),
  middle: z.string().nullable(),
  suffix: z.string().nullable(),
};
/** A line in its parts, as Name Details shows them, and what it was taken for. */
export const splitShown = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...{ kind: z.literal('PERSON'), ...partsShown, last: z.string() },
      second: z.strictObject({ ...partsShown, last: z.string().nullable() }).nullable(),
    }),
    z.strictObject({ kind: z.literal('ORGANIZATION'), organization: z.string() }),
  ])
  .openapi('SplitName');

/** The code of a list that the office keeps. */
const listCode = (max: number) =>
  z
    .string()
    .trim()
    .toUpperCase()
    .regex(new RegExp(`^[A-Z0-9][A-Z0-9_-]{0,${max - 1}}$`), 'Letters, digits and hyphens');

const customerTypeFields = {
  name: line(60),
  rateClass: idText(16).nullable(),
  billCycle: idText(16).nullable(),
  depositPercent: z.int().min(0).max(1000),
  penaltyExempt: z.boolean(),
  taxExempt: z.boolean(),
  inUse: z.boolean(),
};
export const customerTypeBody = z
  .strictObject({
    ...{ code: listCode(24), ...customerTypeFields },
    ...{ rateClass: nullable(idText(16)), billCycle: nullable(idText(16)) },
    depositPercent: customerTypeFields.depositPercent.default(100),
    ...{ penaltyExempt: z.boolean().default(false), taxExempt: z.boolean().default(false) },
    inUse: z.boolean().default(true),
  })
  .openapi('NewCustomerType');
export const customerTypePatch = z.strictObject(customerTypeFields).partial().openapi('CustomerTypePatch');
export const customerTypeParams = z.strictObject({ code: idText(24) });
const customerType = z
  .strictObject({
    ...{ code: z.string(), name: z.string(), rateClass: z.string().nullable(), billCycle: z.string().nullable() },
    ...{ depositPercent: z.int(), penaltyExempt: z.boolean(), taxExempt: z.boolean(), inUse: z.boolean() },
  })
  .openapi('CustomerType');

/** A code of a list with its name: rate classes and bill cycles. */
export const listedCodeBody = z.strictObject({ code: listCode(16), name: line(60) }).openapi('NewListedCode');
export const listedCodeShown = z.strictObject({ code: z.string(), name: z.string() }).openapi('ListedCode');
export const listedCodes = z.strictObject({ data: z.array(listedCodeShown), nextCursor: z.null() });
export const customerTypeShown = customerType;
export const customerTypeList = z.strictObject({ data: z.array(customerType), nextCursor: z.null() });

export const newLocationBody = newLocation;
export const createdLocation = z
  .strictObject({
    ...{ locationNumber: z.string(), address: addressShown, classCode: z.string().nullable() },
    services: z.array(z.string()),
  })
  .openapi('CreatedLocation');
