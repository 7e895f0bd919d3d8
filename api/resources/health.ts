import type { ApiDeps } from '../deps';
import { LIMITS } from '../limits';
import { problemOf } from '../problem';
import { ok, route, type Route } from '../route';
import { alive, ready } from '../schemas/health';
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

async function whatIsDown({ db, temporal }: ApiDeps): Promise<string[]> {
  const asked = {
    mysql: db.sequelize.query('SELECT 1'),
    temporal: temporal.connection.withDeadline(Date.now() + LIMITS.readyWithinMs, () =>
      temporal.workflowService.getSystemInfo({}),
    ),
  };
  const answers = await Promise.all(
    Object.entries(asked).map(async ([name, answer]) => ((await answered(answer)) ? null : name)),
  );
  return answers.filter((name) => name !== null);
}

function answered(answer: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, LIMITS.readyWithinMs, false)));
  const known = answer.then(
    () => true,
    () => false,
  );
  return Promise.race([known, late]).finally(() => clearTimeout(timer));
}
