import { z } from 'zod';
import { civilDate, idText, line } from '../../api/schemas/common';
import { rateVersion } from '../../api/schemas/rate-version';
import { isDollars } from './dollars';

const dollars = z.string().refine(isDollars, 'Dollars and cents are written like 12.50');
/** A whole number is exact as a JSON number too; any other would have gone through a binary float. */
const decimal = z.union([z.string().max(40), z.int().transform(String)]);
const versions = z.union([rateVersion.transform((version) => [version]), z.array(rateVersion).min(1)]);

/** RATE.json: one version, the versions of one rate, or the rates of a bill by name. */
export const rateFile = z.union([
  z.object({ rates: z.record(z.string(), versions) }).transform(({ rates }) => rates),
  versions.transform((only): Record<string, z.output<typeof versions>> => ({ '': only })),
]);
export type RateFile = z.output<typeof rateFile>;

const read = z.strictObject({
  meter: line(32).optional(),
  dials: z.int().optional(),
  multiplier: decimal.optional(),
  start: decimal,
  end: decimal,
  rollover: z.boolean().optional(),
  from: civilDate.optional(),
  through: civilDate.optional(),
});

const service = z.strictObject({
  service: idText(16),
  rate: z.string().optional(),
  usage: decimal.optional(),
  reads: z.array(read).min(1).optional(),
  unit: line(16).optional(),
  units: decimal.optional(),
  quantity: decimal.optional(),
  attributes: z.record(z.string(), decimal).optional(),
  measures: z.record(z.string(), decimal).optional(),
  averageUsage: decimal.optional(),
  months: decimal.optional(),
  periodDays: z.int().optional(),
  readDays: z.int().optional(),
  from: civilDate.optional(),
  through: civilDate.optional(),
  balance: dollars.optional(),
  estimated: z.boolean().optional(),
});

const fee = z.strictObject({
  code: line(32),
  name: line(120),
  amount: dollars,
  service: idText(16).optional(),
  taxable: z.boolean().optional(),
});

const interest = z.strictObject({
  rateTable: z.array(z.strictObject({ from: civilDate, percent: z.string() })).min(1),
  dayBasis: z.union([z.literal(365), z.literal(360), z.literal('ACTUAL')]).optional(),
  minHoldDays: z.int().optional(),
});

const deposit = z.strictObject({ amount: dollars, paidOn: civilDate, interest: interest.optional() });

/** USAGE.json: what one bill is worked out from; docs/rates.md lists every field. */
export const usageFile = z.strictObject({
  event: z.enum(['REGULAR', 'NEW_CONNECT', 'TEMP_DISCONNECT', 'FINAL_DISCONNECT']).optional(),
  from: civilDate,
  through: civilDate,
  taxRounding: z.enum(['PER_LINE', 'PER_BILL']).optional(),
  taxExempt: z.boolean().optional(),
  balance: dollars.optional(),
  payments: dollars.refine((text) => !text.startsWith('-'), 'Payments are dollars of 0 or more').optional(),
  services: z.array(service).min(1),
  fees: z.array(fee).optional(),
  deposits: z.array(deposit).optional(),
});
export type UsageFile = z.output<typeof usageFile>;
export type ServiceInput = UsageFile['services'][number];
