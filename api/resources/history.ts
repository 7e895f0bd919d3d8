import { civilNow, localTimeOf, officeNow, type ClockSetting } from '../../db/clock';
import { ensure } from '../../db/errors';
import { locationHistory } from '../../db/reads/location-history';
import { usageOfAccount } from '../../db/reads/usage';
import { readSettings } from '../../db/records/settings';
import { addMonths } from '../../domain/dates';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { accountParams } from '../schemas/accounts';
import { listAnswer, pageRequest } from '../schemas/common';
import { historyQuery, locationHistory as historyShown, usage, usageQuery } from '../schemas/history';
import { locationParams } from '../schemas/places';
import { accountIds } from './account-ids';

/** What has been: at a place, and of an account's usage. */
export const historyRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /locations/{locationNumber}/history',
    tag: 'Customers and places',
    summary: 'What happened at a place, the newest first: accounts, services, meters, reads and cases',
    params: locationParams,
    query: historyQuery,
    answers: { 200: { description: 'A page of the history', schema: historyShown } },
    handle: async ({ params: { locationNumber }, query }) => {
      const location = await deps.db.Location.findOne({ where: { locationNumber }, raw: true });
      ensure(location, 'NOT_FOUND', 'There is no such location');
      const { clock } = await readSettings(deps.db);
      const about = { locationId: location.id, zoneMinutes: zoneMinutesOf(clock) };
      return ok(listAnswer(await locationHistory(deps.db, about, pageRequest(query))));
    },
  }),

  route({
    name: 'GET /accounts/{accountNumber}/usage',
    tag: 'Accounts',
    summary: 'What an account used of each metered service from read to read, for a chart',
    params: accountParams,
    query: usageQuery,
    answers: { 200: { description: 'The usage by service, the oldest period first', schema: usage } },
    handle: async ({ params, query }) => {
      const { accountId } = await accountIds(deps, params.accountNumber);
      const { clock } = await readSettings(deps.db);
      const since = addMonths(civilNow(clock), -query.months);
      return ok({ data: await usageOfAccount(deps.db, accountId, since) });
    },
  }),
];

/** How far the office's zone is ahead of UTC now. */
function zoneMinutesOf(clock: ClockSetting): number {
  const now = officeNow(clock);
  const { date, minute } = localTimeOf(clock, now);
  return Math.round((Date.parse(`${date}T00:00:00Z`) + minute * 60_000 - now.getTime()) / 60_000);
}
