import { listUnassigned } from '../../db/reads/unassigned-usage';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { unassignedList, unassignedQuery } from '../schemas/unassigned-usage';

/** What ran where nobody had the service (design.md decision 11). */
export const unassignedUsageRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /unassigned-usage',
    tag: 'Customers and places',
    summary: 'The days between holders that are nobody’s and touch these days, with what ran in them, and warnings',
    query: unassignedQuery,
    answers: { 200: { description: 'A page of them', schema: unassignedList } },
    handle: async ({ query }) => {
      const { from, to } = query;
      return ok(listAnswer(await listUnassigned(deps.db, { from, to }, pageRequest(query))));
    },
  }),
];
