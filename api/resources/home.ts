import { civilNow, officeNow } from '../../db/clock';
import { casesInIncident, casesWaitingOn, HOME_ROWS, startsDue, stopsDue } from '../../db/reads/home';
import { officePerson } from '../../db/reads/office-people';
import { firstTasks, type TaskFilter } from '../../db/reads/tasks';
import { readSettings } from '../../db/records/settings';
import type { Actor, ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { home } from '../schemas/home';
import { taskAnswer } from './task-detail';

/** What waits for an office person this day. */
export const homeRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /home',
    tag: 'Console',
    summary:
      'What waits today: tasks, who comes and goes, cases that wait, incidents; ten of each and how many there are',
    answers: { 200: { description: 'The first page', schema: home } },
    handle: async ({ actor }) => ok(await homeOf(deps, actor)),
  }),
];

async function homeOf({ db }: ApiDeps, actor: Actor) {
  const { clock } = await readSettings(db);
  const today = civilNow(clock);
  const person = await officePerson(db, actor, today);
  const whose = { userIds: [actor.id, ...(person?.standsInFor ?? [])], roles: actor.roles, now: officeNow(clock) };
  const tasks = async (view: TaskFilter['view']) => {
    const { total, data } = await firstTasks(db, { ...whose, view }, HOME_ROWS);
    return { total, data: data.map(taskAnswer) };
  };
  const [myTasks, groupTasks, overdueTasks] = await Promise.all([tasks('mine'), tasks('group'), tasks('overdue')]);
  const [startsToday, stopsToday] = await Promise.all([startsDue(db, today), stopsDue(db, today)]);
  const [waitingForField, waitingForCustomer, incidents] = await Promise.all([
    casesWaitingOn(db, 'FIELD'),
    casesWaitingOn(db, 'CUSTOMER'),
    casesInIncident(db),
  ]);
  return {
    ...{ today, myTasks, groupTasks, overdueTasks, startsToday, stopsToday },
    ...{ waitingForField, waitingForCustomer, incidents },
  };
}
