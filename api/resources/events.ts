import { RefusedError } from '../../db/errors';
import type { ApiDeps } from '../deps';
import { changeStreams } from '../events/change-streams';
import { ok, route, type Route } from '../route';
import { eventId, eventsQuery, eventStream } from '../schemas/events';

/** What changed, told to screens that are open. */
export const eventRoutes = (deps: ApiDeps): Route[] => {
  const streams = changeStreams(deps);
  return [
    route({
      name: 'GET /events',
      tag: 'Console',
      summary: 'Server-sent events: the ids of cases, tasks, orders, accounts and drafts that changed',
      query: eventsQuery,
      answers: { 200: { description: 'A stream of events', schema: eventStream, type: 'text/event-stream' } },
      byItself: true,
      handle: async ({ actor, credential, query, lastEventId }) => {
        if (!credential) throw new RefusedError({ code: 'NOT_SIGNED_IN', message: 'Sign in first' });
        // A browser that reconnects sends the newer of the two as the header.
        const after = lastEventId === undefined ? query.after : eventId.catch(0).parse(lastEventId);
        const stream = await streams.open({ actor, credential, after });
        const headers = { 'X-Accel-Buffering': 'no', Connection: 'close' };
        return { ...ok(stream, headers), type: 'text/event-stream' };
      },
    }),
  ];
};
