import type { ApiDeps } from '../deps';
import { problemOf } from '../problem';
import { ok, route, type Route } from '../route';
import { alive, ready } from '../schemas/health';
import { whatIsDown } from '../what-is-down';
import { RefusedError } from '../../db/errors';

/** Whether this process lives, and whether it can work; served at the root. */
export const healthRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /healthz',
    tag: 'Health',
    summary: 'The process lives',
    answers: { 200: { description: 'It does', schema: alive } },
    handle: async () => ok({ status: 'ALIVE' }),
  }),

  route({
    name: 'GET /readyz',
    tag: 'Health',
    summary: 'The database and Temporal answer',
    answers: { 200: { description: 'Both answer', schema: ready } },
    handle: async ({ requestId }) => {
      const down = await whatIsDown(deps);
      if (down.length === 0) return ok({ status: 'READY' });
      const message = `No answer from ${down.join(' and ')}`;
      return problemOf(new RefusedError({ code: 'NOT_READY', message }, { down: down.join(',') }), requestId);
    },
  }),
];
