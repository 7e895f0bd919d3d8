import { z } from 'zod';
import { anyDate, byId, civilDate, listOf, listQuery } from './common';

export const unassignedQuery = listQuery(byId, { from: civilDate, to: civilDate });

/** Days of nobody at a service point; isOpen: nobody has begun since. */
export const unassigned = z
  .strictObject({
    serviceCode: z.string(),
    position: z.int(),
    from: anyDate,
    through: anyDate,
    isOpen: z.boolean(),
    usage: z.string().nullable(),
    unit: z.string().nullable(),
    /** USAGE_ABOVE: more than the office's setting; RAN_AFTER_SHUT_OFF: with the supply turned off. */
    warnings: z.array(z.string()),
  })
  .openapi('UnassignedDays');

export const unassignedList = listOf(
  unassigned.extend({ locationNumber: z.string(), address: z.string() }).openapi('UnassignedUsage'),
);
