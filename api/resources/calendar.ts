import { civilNow } from '../../db/clock';
import { listAbsences } from '../../db/reads/absences';
import { listHolidays } from '../../db/reads/holidays';
import { addAbsence, cancelAbsence } from '../../db/records/absences';
import { addHoliday, removeHoliday } from '../../db/records/holidays';
import { readSettings } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import {
  absenceAdded,
  absenceBody,
  absenceList,
  absenceParams,
  holidayBody,
  holidayList,
  holidayParams,
} from '../schemas/office';

/** When the office does not work, and who stands in for whom. */
export const calendarRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /holidays',
    tag: 'Office',
    summary: 'The days on which the office does not work, from today on',
    answers: { 200: { description: 'The holidays', schema: holidayList } },
    handle: async () => {
      const today = civilNow((await readSettings(deps.db)).clock);
      return ok({ data: await listHolidays(deps.db, today), nextCursor: null });
    },
  }),

  route({
    name: 'POST /holidays',
    tag: 'Office',
    summary: 'Adds a holiday; tasks that are open keep their times',
    body: holidayBody,
    answers: { 201: { description: 'The holiday', schema: holidayBody } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await addHoliday(tx, call.body);
        return { status: 201, body: call.body };
      }),
  }),

  route({
    name: 'DELETE /holidays/{date}',
    tag: 'Office',
    summary: 'Makes a holiday an ordinary day again',
    params: holidayParams,
    answers: { 204: { description: 'It is no holiday', schema: null } },
    handle: async ({ params, actor }) => {
      await inTransaction(deps.db, actor.id, (tx) => removeHoliday(tx, params.date));
      return { status: 204 };
    },
  }),

  route({
    name: 'GET /deputies',
    tag: 'Office',
    summary: 'Who is or will be away, and who stands in for them',
    answers: { 200: { description: 'The absences that are not past', schema: absenceList } },
    handle: async () => {
      const today = civilNow((await readSettings(deps.db)).clock);
      return ok({ data: await listAbsences(deps.db, today), nextCursor: null });
    },
  }),

  route({
    name: 'POST /deputies',
    tag: 'Office',
    summary: 'Notes an absence and its deputy; a supervisor or administrator also for others',
    body: absenceBody,
    answers: { 201: { description: 'Noted', schema: absenceAdded } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { username = call.actor.username, ...absence } = call.body;
        return { status: 201, body: { absenceId: await addAbsence(tx, { ...absence, username }) } };
      }),
  }),

  route({
    name: 'DELETE /deputies/{absenceId}',
    tag: 'Office',
    summary: 'Cancels an absence',
    params: absenceParams,
    answers: { 204: { description: 'It is canceled', schema: null } },
    handle: async ({ params, actor }) => {
      await inTransaction(deps.db, actor.id, (tx) => cancelAbsence(tx, params.absenceId));
      return { status: 204 };
    },
  }),
];
