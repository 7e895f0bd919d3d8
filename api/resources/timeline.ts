import { civilNow } from '../../db/clock';
import { findCase } from '../../db/reads/cases';
import { withWait } from '../../db/reads/waits';
import { readSettings } from '../../db/records/settings';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { caseParams } from '../schemas/cases';
import { listAnswer, pageRequest } from '../schemas/common';
import { timeline, timelineQuery } from '../schemas/timeline';
import { attemptsOf } from '../timeline/attempts';
import { pageOfEntries } from '../timeline/merge';
import { entriesOf } from '../timeline/sources';
import { runOf, seesPeople, withoutRow } from './case-detail';

/** Everything that happened in a case, in one list. */
export const timelineRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /cases/{caseId}/timeline',
    tag: 'Cases',
    summary:
      'Everything of a case in the order of time: what people, the field and the system did, and what is tried now',
    params: caseParams,
    query: timelineQuery,
    answers: { 200: { description: 'A page of the timeline, the oldest entry first', schema: timeline } },
    handle: async ({ params, query, actor, requestId }) => {
      const { db, temporal } = deps;
      const { clock } = await readSettings(db);
      const row = await findCase(db, params.caseId);
      const { caseId, waitsFor } = row
        ? await withWait(db, row, civilNow(clock))
        : await withoutRow(deps, actor, params.caseId, requestId);
      const runId = row ? runOf(row) : caseId;
      const attempts = await attemptsOf(temporal, runId);
      const sources = await entriesOf(db, { caseId, runId, clock, attempts });
      const page = listAnswer(pageOfEntries(sources, pageRequest(query)));
      const whole = seesPeople(actor);
      const data = page.data.map(({ forPeople, data: shown, ...entry }) => ({
        ...entry,
        data: whole ? { ...forPeople, ...shown } : shown,
      }));
      return ok({ waitsFor, attempts: attempts.state, ...page, data });
    },
  }),
];
