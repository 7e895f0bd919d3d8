import { z } from 'zod';
import { HISTORY_KINDS } from '../../db/reads/location-history';
import { anyDate, civilDate, instant, listOf, listQuery } from './common';
import { caseType, readSource } from './words';

export const historyQuery = listQuery(z.tuple([civilDate, z.string().max(80)]), {});

export const locationHistory = listOf(
  z
    .strictObject({
      onDate: anyDate,
      kind: z.enum(HISTORY_KINDS),
      at: instant.nullable(),
      accountNumber: z.string().nullable(),
      customerNumber: z.string().nullable(),
      customerName: z.string().nullable(),
      status: z.string().nullable(),
      serviceCode: z.string().nullable(),
      meterId: z.int().nullable(),
      serial: z.string().nullable(),
      value: z.string().nullable(),
      source: readSource.nullable(),
      caseId: z.string().nullable(),
      caseType: caseType.nullable(),
    })
    .openapi('HistoryEntry'),
);

/** How many months back a chart goes: the same month of the last year, and the read before it. */
export const usageQuery = z.strictObject({ months: z.coerce.number().int().min(1).max(60).default(15) });

export const usage = z
  .strictObject({
    data: z.array(
      z.strictObject({
        serviceCode: z.string(),
        unit: z.string(),
        periods: z.array(z.strictObject({ from: anyDate, to: anyDate, quantity: z.string(), estimated: z.boolean() })),
      }),
    ),
  })
  .openapi('Usage');
