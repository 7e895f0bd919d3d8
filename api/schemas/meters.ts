import { z } from 'zod';
import { STOCK } from '../../db/records/meters';
import type { MeterStatus } from '../../domain/states';
import { anyDate, byId, civilDate, freeText, idText, listOf, listQuery, registerValue, rowProblem } from './common';
import { frequency, meterFace, position, priceTerms, quantity } from './onboarding';
import { lastRead } from './service-orders';
import { requestKind, wordsOf } from './words';

const meterStatus = wordsOf<MeterStatus>({
  ...{ INVENTORY: true, INSTALLED: true, REMOVED: true, TESTING: true, RETIRED: true },
});

export const meterParams = z.strictObject({
  meterId: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
export const meterListQuery = listQuery(byId, { status: meterStatus.optional(), q: idText(32).optional() });

const meterRow = z.strictObject({
  meterId: z.int(),
  serial: z.string(),
  dials: z.int(),
  multiplier: z.string(),
  unit: z.string(),
  status: meterStatus,
  locationNumber: z.string().nullable(),
  serviceCode: z.string().nullable(),
  servicePointId: z.int().nullable(),
  lastRead: lastRead.nullable(),
  version: z.int(),
});
export const meterList = listOf(meterRow.openapi('MeterRow'));

/** A meter with the places where it was and the reads in force, the newest first. */
export const meterDetail = meterRow
  .extend({
    installations: z.array(
      z.strictObject({
        locationNumber: z.string(),
        serviceCode: z.string(),
        installedOn: anyDate,
        installRead: z.string().nullable(),
        removedOn: anyDate.nullable(),
        removalRead: z.string().nullable(),
      }),
    ),
    reads: z.array(lastRead),
  })
  .openapi('MeterDetail');

export const newMeterBody = z.strictObject(meterFace).openapi('NewMeter');
export const meterPatch = z
  .strictObject({
    serial: meterFace.serial.optional(),
    dials: meterFace.dials.optional(),
    multiplier: meterFace.multiplier.unwrap().optional(),
    unit: meterFace.unit.optional(),
    status: z.enum(STOCK).optional(),
  })
  .openapi('MeterPatch');

/** Both reads are of the day of the exchange. */
export const exchangeBody = z
  .strictObject({
    newMeter: z.strictObject(meterFace),
    exchangedOn: civilDate,
    removalRead: registerValue,
    installRead: registerValue,
    reason: freeText(200),
  })
  .openapi('MeterExchange');

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable().default(null as never);
const place = { serviceCode: idText(16), position };

/** What changes of an active account's services; what is null stays. */
export const accountServicesBody = z
  .strictObject({
    add: z
      .array(
        z.strictObject({
          ...{ ...place, rateCode: idText(24), quantity: quantity.default('1'), units: quantity.default('1') },
          ...{ frequency: frequency.default('MONTHLY'), connectDate: civilDate },
          priceTerms: priceTerms.optional(),
          beginRead: nullable(z.strictObject({ value: registerValue, readOn: civilDate })),
        }),
      )
      .max(30)
      .default([]),
    change: z
      .array(
        z.strictObject({
          ...{ ...place, rateCode: nullable(idText(24)), quantity: nullable(quantity), units: nullable(quantity) },
          ...{ frequency: nullable(frequency), effectiveOn: civilDate },
          priceTerms: nullable(priceTerms),
        }),
      )
      .max(30)
      .default([]),
    remove: z
      .array(
        z.strictObject({
          ...{ ...place, stopDate: nullable(civilDate) },
          finalRead: nullable(z.strictObject({ value: registerValue, readOn: civilDate })),
        }),
      )
      .max(30)
      .default([]),
    reason: freeText(200),
  })
  .refine(({ add, change, remove }) => add.length + change.length + remove.length > 0, 'Nothing is to change')
  .openapi('AccountServices');

export const workParams = z.strictObject({ workId: idText(48) });

/** Work that somebody asked for, and what became of it. */
export const workShown = z
  .strictObject({
    workId: z.string(),
    kind: requestKind,
    status: z.enum(['RECORDED', 'APPLIED', 'REFUSED']),
    result: z.record(z.string(), z.unknown()).nullable(),
    errors: z.array(rowProblem),
    details: z.record(z.string(), z.string()),
    location: z.string(),
  })
  .openapi('FieldWork');
