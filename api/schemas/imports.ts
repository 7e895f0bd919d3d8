import { z } from 'zod';
import { byId, byInstant, civilDate, idText, instant, listOf, listQuery, person } from './common';

export const importListQuery = listQuery(byInstant, {});
export const importParams = z.strictObject({ importId: idText(40) });
export const importFileParams = importParams.extend({ fileName: idText(40) });

/** True records are imported without a day; a town for training is moved to one. */
export const checkBody = z
  .strictObject({
    asOf: z
      .union([civilDate, z.literal('today')])
      .optional()
      .openapi({
        description: 'Moves every date by the days from `describes` of about.json to this day',
      }),
  })
  .openapi('ImportCheck');

export const loadBody = z
  .strictObject({
    skipBad: z.boolean().default(false).openapi({
      description: 'Leaves bad rows out, and what depends on them, instead of loading nothing',
    }),
  })
  .openapi('ImportLoad');

const rows = z.int().nullable();

export const importShown = z
  .strictObject({
    importId: z.string(),
    status: z.enum(['COLLECTING', 'CHECKING', 'CHECKED', 'LOADING', 'LOADED', 'FAILED', 'PUT_AWAY']),
    progress: z.strictObject({ step: z.string().nullable(), percent: z.int(), rows: z.int() }).nullable(),
    asOf: z.string().nullable(),
    loadable: z
      .boolean()
      .nullable()
      .openapi({ description: 'false: a file is not what it is to be, so that nothing can be loaded' }),
    faults: rows,
    failure: z.string().nullable(),
    startedBy: person.nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
    files: z.array(
      z.strictObject({ file: z.string(), bytes: z.int(), read: rows, loaded: rows, already: rows, bad: rows }),
    ),
  })
  .openapi('Import');
export const importList = listOf(importShown);

export const faultsQuery = listQuery(byId, { format: z.enum(['json', 'csv']).default('json') });
export const faultList = listOf(
  z
    .strictObject({ seq: z.int(), file: z.string(), line: z.int(), field: z.string(), reason: z.string() })
    .openapi('ImportFault'),
);
