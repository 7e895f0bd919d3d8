import { z } from 'zod';
import { ENTRY_KINDS } from '../timeline/entry';
import { instant, jsonObject, listQuery, person } from './common';

const entryKind = z.enum(ENTRY_KINDS);

export const timelineQuery = listQuery(z.tuple([z.iso.datetime(), entryKind, z.string().max(200)]), {});

const entry = z
  .strictObject({ at: instant, kind: entryKind, id: z.string(), text: z.string(), actor: person, data: jsonObject })
  .openapi('TimelineEntry');

export const timeline = z
  .strictObject({
    waitsFor: z.string(),
    /** Whether Temporal told of attempts: FORGOTTEN past its retention, UNAVAILABLE while it cannot be asked. */
    attempts: z.enum(['KNOWN', 'FORGOTTEN', 'UNAVAILABLE']),
    data: z.array(entry),
    nextCursor: z.string().nullable(),
  })
  .openapi('Timeline');
