import { z } from 'zod';
import { anyDate, byId, civilDate, idText, instant, lines, listOf, listQuery, person } from './common';

const reason = z.enum(['MEDICAL', 'LEGAL', 'SAFETY', 'OTHER']);

export const noShutOffQuery = listQuery(byId, {});
export const noShutOffParams = z.strictObject({
  locationNumber: idText(20),
  noShutOffId: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** That a place is not to be shut off through a day, for one of its accounts or whoever lives there. */
export const noShutOffBody = z
  .strictObject({
    accountNumber: idText(20).nullable().default(null),
    reason,
    note: lines(500).nullable().default(null),
    untilOn: civilDate,
  })
  .openapi('NewNoShutOff');

export const noShutOff = z
  .strictObject({
    noShutOffId: z.int(),
    accountNumber: z.string().nullable(),
    reason,
    note: z.string().nullable(),
    untilOn: anyDate,
    createdAt: instant,
    createdBy: person.nullable(),
    endedAt: instant.nullable(),
    endedBy: person.nullable(),
  })
  .openapi('NoShutOff');
export const noShutOffList = listOf(noShutOff);
