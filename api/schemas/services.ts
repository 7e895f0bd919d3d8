import { z } from 'zod';
import { byId, cents, idText, line, listOf, listQuery } from './common';

const amount = z.int().min(0).max(999_999_999);
const times = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'Give a decimal number, as in 2 or 2.5')
  .refine((text) => Number(text) > 0, 'Give a number above 0');

/** How a service's deposit is worked out: none, a fixed amount, or so many average bills of a month (row S9). */
const depositPolicy = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('NONE') }),
    z.strictObject({ kind: z.literal('FIXED'), amountCents: amount }),
    z.strictObject({ kind: z.literal('AVERAGE_BILL'), times, fallbackCents: amount }),
  ])
  .openapi('DepositPolicy');

export const serviceParams = z.strictObject({ serviceCode: idText(16) });
export const serviceListQuery = listQuery(byId, {});

/** A service with its rates and defaults; a rate without a class is for every place. */
export const serviceShown = z
  .strictObject({
    code: z.string(),
    name: z.string(),
    metered: z.boolean(),
    unit: z.string().nullable(),
    onNewLocation: z.boolean(),
    depositPolicy,
    defaultDepositCents: cents,
    rates: z.array(
      z.strictObject({
        code: z.string(),
        name: z.string(),
        isDefault: z.boolean(),
        classCode: z.string().nullable(),
      }),
    ),
    classDefaults: z.array(
      z.strictObject({ classCode: z.string(), rateCode: z.string(), depositCents: cents.nullable() }),
    ),
    version: z.int(),
  })
  .openapi('Service');
export const serviceList = listOf(serviceShown);

export const servicePatch = z
  .strictObject({
    name: line(60).optional(),
    onNewLocation: z.boolean().optional(),
    defaultRateCode: idText(24).nullable().optional(),
    depositPolicy: depositPolicy.optional(),
  })
  .openapi('ServicePatch');

export const classParams = z.strictObject({ classCode: idText(16) });

/** What a new service address of a class gets. */
export const classServicesBody = z
  .strictObject({
    services: z
      .array(
        z.strictObject({
          serviceCode: idText(16),
          rateCode: idText(24),
          depositCents: amount.nullable().default(null),
        }),
      )
      .max(30),
  })
  .openapi('ClassServicesInput');

/** What it gets, by a list of its own or, without one, by the default of every place. */
export const classServices = z
  .strictObject({
    classCode: z.string(),
    hasOwnList: z.boolean(),
    services: z.array(
      z.strictObject({ serviceCode: z.string(), rateCode: z.string(), depositCents: cents.nullable() }),
    ),
  })
  .openapi('ClassServices');
