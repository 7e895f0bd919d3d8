import { z } from 'zod';
import { anyDate, cents, civilDate, idText, registerValue, rowProblem } from './common';

const step = z.strictObject({ rule: z.string(), text: z.string(), values: z.record(z.string(), z.string()) });

/** For which day a final bill is asked about, and what the meters show then; a read is of that day unless it says. */
export const quoteBody = z
  .strictObject({
    stopOn: civilDate,
    reads: z
      .array(
        z
          .strictObject({
            meterId: z.int().min(1).optional(),
            serial: idText(32).optional(),
            value: registerValue,
            readOn: civilDate.optional(),
            source: z.enum(['ACTUAL', 'CUSTOMER']).default('CUSTOMER'),
          })
          .refine(({ meterId, serial }) => meterId !== undefined || serial !== undefined, {
            message: 'Give meterId or serial',
            path: ['meterId'],
          }),
      )
      .max(30)
      .default([]),
    meanMonths: z.union([z.literal(3), z.literal(12)]).default(3),
  })
  .openapi('QuoteRequest');

/** A final bill that is not drafted: with its reads, lines, deposits and what would be due or refunded. */
export const quoteShown = z
  .strictObject({
    accountNumber: z.string(),
    stopOn: anyDate,
    periodFrom: anyDate,
    periodThrough: anyDate,
    days: z.int(),
    estimated: z.boolean(),
    reads: z.array(
      z.strictObject({
        serviceCode: z.string(),
        meterId: z.int(),
        serial: z.string(),
        value: z.string(),
        readOn: anyDate,
        source: z.enum(['ACTUAL', 'CUSTOMER', 'ESTIMATED', 'SYSTEM_PRORATED']),
        estimated: z.boolean(),
        recorded: z.boolean(),
        steps: z.array(step),
      }),
    ),
    lines: z.array(
      z
        .strictObject({
          lineNo: z.int(),
          serviceCode: z.string().nullable(),
          kind: z.string(),
          code: z.string(),
          name: z.string(),
          quantity: z.string().nullable(),
          unit: z.string().nullable(),
          from: anyDate.nullable(),
          through: anyDate.nullable(),
          amountCents: cents,
          steps: z.array(step),
        })
        .openapi('QuoteLine'),
    ),
    services: z.array(
      z.strictObject({
        serviceCode: z.string(),
        usage: z.string().nullable(),
        chargesCents: cents,
        taxCents: cents,
      }),
    ),
    totalCents: cents,
    balanceBeforeCents: cents,
    deposits: z.array(
      z.strictObject({
        depositId: z.int(),
        serviceCode: z.string().nullable(),
        heldCents: cents,
        interestCents: cents,
        interestSteps: z.array(step),
        appliedCents: cents,
        remainingCents: cents,
      }),
    ),
    interestCents: cents,
    depositAppliedCents: cents,
    netCents: cents,
    dueCents: cents,
    refundCents: cents,
    warnings: z.array(rowProblem),
  })
  .openapi('Quote');
