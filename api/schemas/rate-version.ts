import { z } from 'zod';
import type { Figure } from '../../domain/billing/rate/figures';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import { civilDate, idText, line } from './common';

const decimal = z.string().max(40);
const days = z.int();
const places = z.int();

const roundingMode = z.enum(['HALF_UP', 'HALF_EVEN', 'HALF_DOWN', 'UP', 'DOWN']);

/** A decimal, a fraction, or where it is found: see domain/billing/rate/figures. */
const figure: z.ZodType<Figure> = z.lazy(() => anyFigure).openapi('RateFigure');
const computed = {
  over: figure.optional(),
  atLeast: figure.optional(),
  atMost: figure.optional(),
  places: z.int().optional(),
  mode: roundingMode.optional(),
};
const anyFigure = z.union([
  decimal,
  z.strictObject({ by: line(40), values: z.record(z.string().max(60), figure), otherwise: figure.optional() }),
  z.strictObject({ attribute: line(40), otherwise: decimal.optional() }),
  z.strictObject({ measure: line(40), otherwise: decimal.optional() }),
  z.strictObject({ of: figure, bands: z.array(z.strictObject({ upTo: decimal.nullable(), value: figure })).max(50) }),
  // One shape for products and sums: two that share their terms would each parse what lies in them, twice as much a level.
  z.strictObject({ product: z.array(figure).max(20).optional(), sum: z.array(figure).max(20).optional(), ...computed }),
]);
const figures = z.array(figure).max(20);
const codes = z.array(line(32)).max(100);
const perPeriod = z.enum(['PERIOD', 'MONTH', 'DAY', 'YEAR']);
const event = z.enum(['REGULAR', 'NEW_CONNECT', 'TEMP_DISCONNECT', 'FINAL_DISCONNECT']);
const dayRange = z.strictObject({ fromDays: days, toDays: days });

const anyCharge = {
  code: line(32).optional(),
  name: line(90).optional(),
  seasons: codes.optional(),
  events: z.array(event).optional(),
  when: z.record(line(40), z.array(z.string().max(60)).max(100)).optional(),
  rounding: z.strictObject({ mode: roundingMode.optional(), toCents: z.int().optional() }).optional(),
  isTax: z.boolean().optional(),
  taxed: z.boolean().optional(),
};
const amount = {
  amountCents: z.int().optional(),
  amount: figure.optional(),
  times: figures.optional(),
  per: perPeriod.optional(),
  prorated: z.boolean().optional(),
};
const limits = { atLeast: figure.optional(), atMost: figure.optional() };
const tiers = z
  .array(
    z.strictObject({
      upTo: figure.nullable(),
      rate: figure,
      amount: figure.optional(),
      code: line(32).optional(),
      name: line(90).optional(),
    }),
  )
  .max(50);

const charge = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('BASE'), ...anyCharge, ...amount, ...limits }),
  z.strictObject({ kind: z.literal('FLAT'), ...anyCharge, ...amount, ...limits }),
  z.strictObject({
    kind: z.literal('MINIMUM'),
    ...anyCharge,
    ...amount,
    of: codes.optional(),
    services: codes.optional(),
  }),
  z.strictObject({
    kind: z.literal('MAXIMUM'),
    ...anyCharge,
    ...amount,
    of: codes.optional(),
    services: codes.optional(),
  }),
  z.strictObject({
    kind: z.literal('TIERS'),
    ...anyCharge,
    per: decimal.default('1'),
    tierProration: z.enum(['WHOLE', 'SCALED']),
    tiers,
    measure: line(40).optional(),
    quantity: figure.optional(),
    unit: line(16).optional(),
    boundsPer: perPeriod.optional(),
    boundsTimes: figures.optional(),
    boundsTimesUnits: z.boolean().optional(),
    unscaledDays: dayRange.optional(),
    included: z.strictObject({ quantity: figure, from: z.enum(['IN_TIERS', 'BEFORE_TIERS']) }).optional(),
    pricing: z.enum(['MARGINAL', 'REACHED']).optional(),
    averaged: z
      .strictObject({
        per: z.enum(['DAY', 'MONTH']),
        quantityPlaces: z.int().min(0).max(10).optional(),
        amountPlaces: z.int().min(0).max(10).optional(),
      })
      .optional(),
    times: figures.optional(),
    lines: z.enum(['ONE', 'EACH_TIER']).optional(),
    ...limits,
  }),
  z.strictObject({
    kind: z.literal('DEMAND'),
    ...anyCharge,
    measure: line(40).optional(),
    unit: line(16).optional(),
    ratchet: z.strictObject({ measure: line(40), share: figure, otherwise: decimal.optional() }).optional(),
    least: figure.optional(),
    quantity: figure.optional(),
    tiers,
    times: figures.optional(),
    prorated: z.boolean().optional(),
    ...limits,
  }),
  z.strictObject({
    kind: z.literal('SHARE_OF_USAGE'),
    ...anyCharge,
    ofService: idText(16),
    share: figure.optional(),
    average: z
      .strictObject({
        as: z.enum(['VOLUME', 'CAP']),
        per: z.enum(['PERIOD', 'MONTH', 'DAY']).optional(),
        otherwise: figure.optional(),
        prorated: z.boolean().optional(),
        caps: z.enum(['USAGE', 'SHARE']).optional(),
      })
      .optional(),
    ...limits,
  }),
  z.strictObject({
    kind: z.literal('PERCENT'),
    ...anyCharge,
    percent: figure,
    of: codes.optional(),
    except: codes.optional(),
    fees: codes.optional(),
    services: codes.optional(),
    ofBalance: z.boolean().optional(),
    grossUp: z.boolean().optional(),
    above: figure.optional(),
    onFirst: figure.optional(),
    onlyAbove: figure.optional(),
    ...limits,
  }),
]);

const method = z.enum([
  'BILL_FULL',
  'BILL_NOTHING',
  'PRORATE_BASE_AND_MIN',
  'PRORATE_BY_READ_DATE',
  'PRORATE_MIN',
  'STEP',
]);
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'A day of a year is written MM-DD');

/**
 * What a version of a rate charges, without the dates it applies: the shape. domain/billing refuseRateVersion says what
 * it may hold; docs/rates.md says what each field means.
 */
export const rateDefinition = z.strictObject({
  unit: line(16).nullable().default(null),
  charges: z.array(charge).max(100),
  rounding: z
    .strictObject({
      mode: roundingMode.default('HALF_UP'),
      place: z.enum(['LINE', 'TOTAL', 'BILL']).default('LINE'),
      toCents: z.int().optional(),
      factorPlaces: places.optional(),
      quantityPlaces: places.optional(),
      boundPlaces: places.optional(),
      ratePlaces: places.optional(),
    })
    .prefault({}),
  proration: z
    .strictObject({
      newConnect: method.default('PRORATE_BASE_AND_MIN'),
      finalDisconnect: method.default('PRORATE_BASE_AND_MIN'),
      regular: method.optional(),
      tempDisconnect: method.optional(),
      divisor: z.enum(['AVERAGE_DAYS', 'FIXED_30', 'ACTUAL', 'YEAR_TWELFTH', 'MONTH_DAYS']).default('FIXED_30'),
      normalDays: days.default(30),
      tolerance: dayRange.nullable().default(null),
      capAtOne: z.boolean().default(false),
      steps: z
        .array(z.strictObject({ throughDays: days.nullable(), factor: decimal }))
        .max(50)
        .optional(),
      countFirst: z.boolean().optional(),
      countLast: z.boolean().optional(),
      yearDays: z.union([z.literal(365), z.literal('ACTUAL')]).optional(),
    })
    .prefault({}),
  taxes: z.array(z.strictObject({ code: idText(32), name: line(120), percent: z.string() })).default([]),
  measuring: z
    .strictObject({
      meterUnit: line(16).optional(),
      truncateReadsTo: decimal.optional(),
      finalFraction: z.enum(['BILL', 'DROP']).optional(),
      conversions: z
        .array(
          z.strictObject({
            name: line(60).optional(),
            factor: figure.optional(),
            roundTo: decimal.optional(),
            mode: roundingMode.optional(),
          }),
        )
        .max(20)
        .optional(),
    })
    .optional(),
  seasons: z
    .array(z.strictObject({ code: idText(32), from: monthDay, to: monthDay }))
    .max(20)
    .optional(),
  change: z
    .strictObject({
      by: z.enum(['DAYS', 'FIRST_DAY', 'LAST_DAY']).optional(),
      bounds: z.enum(['SHARE', 'WHOLE']).optional(),
      lines: z.enum(['EACH', 'CHANGED_ONLY']).optional(),
    })
    .optional(),
});

/** A whole version of a rate, as docs/rates.md describes it. */
export const rateVersion = rateDefinition.extend({
  effectiveFrom: civilDate,
  effectiveTo: civilDate.nullable().optional(),
}) satisfies z.ZodType<RateVersion>;
