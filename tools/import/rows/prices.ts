import { z } from 'zod';
import { civilDate, idText, line } from '../../../api/schemas/common';
import { rateDefinition } from '../../../api/schemas/rate-version';
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
  definition: json.pipe(rateDefinition),
});
