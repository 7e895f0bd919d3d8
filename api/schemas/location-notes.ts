import { z } from 'zod';
import { anyDate, byId, civilDate, idText, instant, lines, listOf, listQuery, person } from './common';

const noteKind = z.enum(['NOTE', 'ALERT']);

export const noteListQuery = listQuery(byId, {});
export const noteParams = z.strictObject({
  locationNumber: idText(20),
  noteId: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** A note about a place; an ALERT is shown to whoever goes there. It is shown until the day before expiresOn. */
export const noteBody = z
  .strictObject({ kind: noteKind, text: lines(1000), expiresOn: civilDate.nullable().default(null) })
  .openapi('NewLocationNote');

export const locationNote = z
  .strictObject({
    noteId: z.int(),
    kind: noteKind,
    text: z.string(),
    expiresOn: anyDate.nullable(),
    createdAt: instant,
    createdBy: person.nullable(),
    endedAt: instant.nullable(),
    endedBy: person.nullable(),
  })
  .openapi('LocationNote');
export const noteList = listOf(locationNote);
