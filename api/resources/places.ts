import { civilNow } from '../../db/clock';
import { ensure } from '../../db/errors';
import type { Db } from '../../db/create-db';
import { changeLocation } from '../../db/records/locations';
import { readSettings } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { listCustomers } from '../../db/reads/customers';
import { findLocation, listLocations } from '../../db/reads/locations';
import type { ApiDeps } from '../deps';
import { customerAnswer } from './customer-answer';
import { ok, route, type Answer, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  customerDetail,
  customerList,
  customerParams,
  customerQuery,
  locationDetail,
  locationList,
  locationParams,
  locationPatch,
  searchQuery,
} from '../schemas/places';

/** Who is served, and where. */
export const placeRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /customers',
    tag: 'Customers and places',
    summary: 'The customers, by any words of the name, number, telephone number or e-mail where q is given',
    query: searchQuery,
    answers: { 200: { description: 'A page of customers', schema: customerList } },
    handle: async ({ query }) => ok(listAnswer(await listCustomers(deps.db, query.q, pageRequest(query)))),
  }),

  route({
    name: 'GET /customers/{customerNumber}',
    tag: 'Customers and places',
    summary: 'One customer with every account, and where mail of a day goes; its version is the ETag',
    params: customerParams,
    answers: { 200: { description: 'The customer', schema: customerDetail } },
    query: customerQuery,
    handle: ({ params, query }) => customerAnswer(deps, params.customerNumber, query.mailOn),
  }),

  route({
    name: 'GET /locations',
    tag: 'Customers and places',
    summary: 'The locations, by street or number where q is given',
    query: searchQuery,
    answers: { 200: { description: 'A page of locations', schema: locationList } },
    handle: async ({ query }) => ok(listAnswer(await listLocations(deps.db, query.q, pageRequest(query)))),
  }),

  route({
    name: 'GET /locations/{locationNumber}',
    tag: 'Customers and places',
    summary: 'One location: service points, meters, occupants, landlord; its version is the ETag',
    params: locationParams,
    answers: { 200: { description: 'The location', schema: locationDetail } },
    handle: ({ params }) => locationShown(deps.db, params.locationNumber),
  }),

  route({
    name: 'PATCH /locations/{locationNumber}',
    tag: 'Customers and places',
    summary: 'Corrects the address of a location, or gives it another class',
    params: locationParams,
    body: locationPatch,
    ifMatch: true,
    answers: { 200: { description: 'The location', schema: locationDetail } },
    handle: async ({ params: { locationNumber }, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, async (tx) => {
        const location = await tx.db.Location.findOne({ where: { locationNumber }, lock: true });
        ensure(location, 'NOT_FOUND', 'There is no such location');
        const message = 'The location has changed since it was read';
        ensure(ifMatch === `"${location.version}"`, 'PRECONDITION_FAILED', message);
        await changeLocation(tx, location, body);
      });
      return locationShown(deps.db, locationNumber);
    },
  }),
];

async function locationShown(db: Db, locationNumber: string): Promise<Answer> {
  const { clock } = await readSettings(db);
  const location = await findLocation(db, locationNumber, civilNow(clock));
  ensure(location, 'NOT_FOUND', 'There is no such location');
  return ok(location, { ETag: `"${location.version}"` });
}
