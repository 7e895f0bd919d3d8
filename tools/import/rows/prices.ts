import { z } from 'zod';
import { civilDate, idText, line } from '../../../api/schemas/common';
import type { RateVersion } from '../../../domain/billing/rate-version';
import { cents, flag, whole } from './cells';

/** services.csv */
export const serviceRow = z
  .strictObject({
    code: idText(16),
    name: line(60),
    metered: flag,
    unit: line(16).optional(),
    priority: whole(1, 999),
    onNewLocation: flag,
    defaultDepositCents: cents,
  })
  .refine(({ metered, unit }) => !metered || unit !== undefined, {
    path: ['unit'],
    message: 'A metered service needs the unit of its usage',
  });

const amountCents = z.int();
const named = { code: line(32).optional(), name: line(120).optional() };
const charge = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('BASE'), amountCents, ...named }),
  z.strictObject({ kind: z.literal('FLAT'), amountCents, ...named }),
  z.strictObject({ kind: z.literal('MINIMUM'), amountCents, ...named }),
  z.strictObject({ kind: z.literal('SHARE_OF_USAGE'), ofService: idText(16), share: z.string(), ...named }),
  z.strictObject({
    kind: z.literal('TIERS'),
    per: z.string(),
    tierProration: z.enum(['WHOLE', 'SCALED']),
    tiers: z.array(z.strictObject({ upTo: z.string().nullable(), rate: z.string() })),
    ...named,
  }),
]);
const method = z.enum(['BILL_FULL', 'BILL_NOTHING', 'PRORATE_BASE_AND_MIN', 'PRORATE_BY_READ_DATE', 'PRORATE_MIN']);

/** What a version of a rate charges: the shape; domain/billing refuseRateVersion says what it may hold. */
const definition = z.strictObject({
  unit: line(16).nullable(),
  charges: z.array(charge),
  rounding: z.strictObject({ mode: z.enum(['HALF_UP', 'HALF_EVEN', 'UP', 'DOWN']), place: z.literal('LINE') }),
  proration: z.strictObject({
    newConnect: method,
    finalDisconnect: method,
    divisor: z.enum(['AVERAGE_DAYS', 'FIXED_30', 'ACTUAL']),
    normalDays: z.int(),
    tolerance: z.strictObject({ fromDays: z.int(), toDays: z.int() }).nullable(),
    capAtOne: z.boolean(),
  }),
  taxes: z.array(z.strictObject({ code: idText(32), name: line(120), percent: z.string() })),
}) satisfies z.ZodType<Omit<RateVersion, 'effectiveFrom' | 'effectiveTo'>>;

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'This is not JSON' });
    return z.NEVER;
  }
});

/** rates.csv: one row for each version of a rate. */
export const rateRow = z.strictObject({
  code: idText(24),
  service: idText(16),
  name: line(80),
  isDefault: flag,
  effectiveFrom: civilDate,
  definition: json.pipe(definition),
});
