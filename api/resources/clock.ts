import { WorkflowNotFoundError } from '@temporalio/client';
import { factsChanged } from '../../contract/messages';
import { civilNow, officeNow } from '../../db/clock';
import { ensure } from '../../db/errors';
import { nameSubject } from '../../db/records/http-requests';
import { putSetting, readSettings } from '../../db/records/settings';
import { openCaseIds } from '../../db/reads/cases';
import { readSettingsWithVersion } from '../../db/reads/settings';
import type { ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import { inParallel } from '../in-parallel';
import { LIMITS } from '../limits';
import { ok, route, type Route } from '../route';
import { advanceBody, clockShown } from '../schemas/office';
import { isUnavailable, TemporalUnavailable } from '../../carry-out/ask-case';

const DAY_SECONDS = 86_400;

/** The one clock of design.md decision 9. */
export const clockRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /clock',
    tag: 'Clock',
    summary: "The office's today and now",
    answers: { 200: { description: 'Date, time and zone', schema: clockShown } },
    handle: async () => ok(await shown(deps)),
  }),

  route({
    name: 'POST /clock/advance',
    tag: 'Clock',
    summary: 'Moves the date ahead and wakes every open case; not in production',
    body: advanceBody,
    answers: { 200: { description: 'Date, time and zone', schema: clockShown } },
    handle: async (call) => {
      const { days } = call.body;
      ensure(!deps.config.production, 'NOT_IN_PRODUCTION', 'The date is only moved in training, tests and demos');
      return answerInTwoSteps<void>(deps, call, {
        record: async (tx, request) => {
          // A repetition wakes the cases again; the date has moved already.
          if (request.subjectId) return;
          const { clock } = (await readSettingsWithVersion(deps.db, { lock: true })).settings;
          await putSetting(tx, 'clock', { ...clock, offsetSeconds: clock.offsetSeconds + days * DAY_SECONDS });
          await nameSubject(tx, request.id, `clock+${days}`);
        },
        ask: async () => {
          await wakeOpenCases(deps);
          return ok(await shown(deps));
        },
      });
    },
  }),
];

async function shown({ db }: ApiDeps) {
  const { clock } = await readSettings(db);
  return { today: civilNow(clock), now: officeNow(clock), zone: clock.zone };
}

/** Has every open case look at the clock again. */
async function wakeOpenCases({ db, temporal }: ApiDeps): Promise<void> {
  const caseIds = await openCaseIds(db);
  await inParallel(caseIds, LIMITS.signalsAtOnce, wake);

  async function wake(caseId: string): Promise<void> {
    const signal = () => temporal.workflow.getHandle(caseId).signal(factsChanged, { reason: 'CLOCK' });
    try {
      await temporal.connection.withDeadline(Date.now() + LIMITS.answerWithinMs, signal);
    } catch (error) {
      // Closed since the list was read, or not started yet: it reads the clock itself when it starts.
      if (error instanceof WorkflowNotFoundError) return;
      throw isUnavailable(error) ? new TemporalUnavailable(error) : error;
    }
  }
}
