import { civilNow } from '../../db/clock';
import { ensure } from '../../db/errors';
import { readSettings } from '../../db/records/settings';
import { findCustomer, listCustomers } from '../../db/reads/customers';
import { findLocation, listLocations } from '../../db/reads/locations';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  customerDetail,
  customerList,
  customerParams,
  locationDetail,
  locationList,
  locationParams,
  searchQuery,
} from '../schemas/places';

/** Who is served, and where. */
export const placeRoutes = ({ db }: ApiDeps): Route[] => [
  route({
    name: 'GET /customers',
    tag: 'Customers and places',
    summary: 'The customers, by name or number where q is given',
    query: searchQuery,
    answers: { 200: { description: 'A page of customers', schema: customerList } },
    handle: async ({ query }) => ok(listAnswer(await listCustomers(db, query.q, pageRequest(query)))),
  }),

  route({
    name: 'GET /customers/{customerNumber}',
    tag: 'Customers and places',
    summary: 'One customer with every account',
    params: customerParams,
    answers: { 200: { description: 'The customer', schema: customerDetail } },
    handle: async ({ params }) => {
      const { clock } = await readSettings(db);
      const customer = await findCustomer(db, params.customerNumber, civilNow(clock));
      ensure(customer, 'NOT_FOUND', 'There is no such customer');
      return ok(customer);
    },
  }),

  route({
    name: 'GET /locations',
    tag: 'Customers and places',
    summary: 'The locations, by street or number where q is given',
    query: searchQuery,
    answers: { 200: { description: 'A page of locations', schema: locationList } },
    handle: async ({ query }) => ok(listAnswer(await listLocations(db, query.q, pageRequest(query)))),
  }),

  route({
    name: 'GET /locations/{locationNumber}',
    tag: 'Customers and places',
    summary: 'One location: service points, meters, occupants, landlord',
    params: locationParams,
    answers: { 200: { description: 'The location', schema: locationDetail } },
    handle: async ({ params }) => {
      const location = await findLocation(db, params.locationNumber);
      ensure(location, 'NOT_FOUND', 'There is no such location');
      return ok(location);
    },
  }),
];
