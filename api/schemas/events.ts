import { z } from 'zod';

/** The id of an event: the number of a change. */
export const eventId = z.coerce
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .openapi({ description: 'The id of the last event that the caller has, where there is no Last-Event-ID' });

export const eventsQuery = z.strictObject({ after: eventId.optional() });

export const eventStream = z.string().openapi({
  description:
    '`change` with data {cases, tasks, orders, accounts, drafts}, lists of ids; `reset` when too much has changed ' +
    'since the id: fetch everything again. Blocks without data are heartbeats.',
});
