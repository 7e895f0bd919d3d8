import { z } from 'zod';
import { holdsCardNumber } from '../../domain/card-number';
import { civilDate, freeText, idText, registerValue } from './common';
import { readSourceGiven } from './words';

/** A read in the place of a wrong one of the same meter and day. */
export const correctedRead = z.strictObject({
  meterId: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  value: registerValue,
  readOn: civilDate,
  source: readSourceGiven,
});

/** An amount added to a final bill, or below 0 taken off it. */
export const adjustLine = z.strictObject({
  serviceCode: idText(16),
  amountCents: z.int().min(-100_000_000).max(100_000_000),
  name: z
    .string()
    .regex(/^[^\s\p{C}](?:[^\p{C}\p{Z}]| ){0,79}$/u, 'One line of printable characters')
    .refine((text) => !holdsCardNumber(text), 'Do not write payment card numbers here'),
});

/** Another rate of the same service. */
export const otherRate = z.strictObject({
  serviceCode: idText(16),
  position: z.int().min(1).max(20).optional().openapi({
    description: 'Which of the location’s points of this service; needed where the account has several',
  }),
  rateCode: idText(24),
});

/** A final bill to cancel and rebill, with what is known better than when it was made. */
export const correctionBody = z
  .strictObject({
    reason: freeText(500),
    reads: z.array(correctedRead).max(20).default([]).openapi({
      description: 'Reads that the bill begins or ends with; empty where the records have them right by now',
    }),
    rates: z.array(otherRate).max(20).default([]),
  })
  .openapi('BillCorrectionRequest');
