import { search } from '../../db/reads/search';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { searchFound, searchQuery } from '../schemas/search';

/** One search for everything. */
export const searchRoutes = ({ db }: ApiDeps): Route[] => [
  route({
    name: 'GET /search',
    tag: 'Console',
    summary:
      'Finds customers, accounts, locations, cases, service orders and meters by what was typed, up to 8 of each',
    query: searchQuery,
    answers: { 200: { description: 'What was found', schema: searchFound } },
    handle: async ({ query }) => ok({ data: await search(db, query.q) }),
  }),
];
