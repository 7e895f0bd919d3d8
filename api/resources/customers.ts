import { nextCustomerNumber } from '../../db/reads/next-number';
import { changeCustomer, createCustomer, lockCustomer } from '../../db/records/customers';
import { setNextValue } from '../../db/records/numbers';
import { readSettings } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { splitLine } from '../../domain/names/split-line';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import {
  createdCustomer,
  customerPatch,
  newCustomer,
  nextNumberShown,
  nextValueBody,
  splitBody,
  splitShown,
} from '../schemas/onboarding';
import { customerDetail, customerParams } from '../schemas/places';
import { customerAnswer } from './customer-answer';

/** Customers' own records: their numbers, names, contacts and addresses. */
export const customerRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /customers/next-number',
    tag: 'Setting up customers',
    summary: 'The number that the next customer gets, unless somebody is faster; null where every number is typed',
    answers: { 200: { description: 'The number', schema: nextNumberShown } },
    handle: async () => ok(await nextNumberOf(deps)),
  }),

  route({
    name: 'PUT /customers/next-number',
    tag: 'Setting up customers',
    summary: 'Has the numbers go on from this value; gaps may stay, and numbers that were given out are skipped',
    body: nextValueBody,
    answers: { 200: { description: 'The number', schema: nextNumberShown } },
    handle: async ({ body, actor }) => {
      await inTransaction(deps.db, actor.id, (tx) => setNextValue(tx, 'customer', body.nextValue));
      return ok(await nextNumberOf(deps));
    },
  }),

  route({
    name: 'POST /names/split',
    tag: 'Setting up customers',
    summary: 'What a name that is typed in one line would be in parts; nothing is kept of it',
    body: splitBody,
    answers: { 200: { description: 'The parts', schema: splitShown } },
    handle: ({ body }) => Promise.resolve(ok(splitLine(body.line))),
  }),

  route({
    name: 'POST /customers',
    tag: 'Customers and places',
    summary: 'Adds a customer without an account: a cosigner, or a landlord to be',
    body: newCustomer,
    answers: { 201: { description: 'The number that was given out', schema: createdCustomer } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { customerNumber } = await createCustomer(tx, call.body, '#');
        return { status: 201, body: { customerNumber } };
      }),
  }),

  route({
    name: 'PATCH /customers/{customerNumber}',
    tag: 'Customers and places',
    summary: 'Corrects a customer: name, type, telephone numbers, e-mail and mailing addresses, each as a whole',
    params: customerParams,
    body: customerPatch,
    ifMatch: true,
    answers: { 200: { description: 'The customer', schema: customerDetail } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, async (tx) =>
        changeCustomer(tx, await lockCustomer(tx, params.customerNumber, ifMatch ?? ''), body),
      );
      return customerAnswer(deps, params.customerNumber);
    },
  }),
];

async function nextNumberOf({ db }: ApiDeps) {
  const settings = await readSettings(db);
  const { autoIncrement } = settings.customerNumbers;
  const customerNumber = autoIncrement ? await nextCustomerNumber(db, settings) : null;
  return { customerNumber, autoIncrement, copyTicked: settings.onboarding.copyTicked };
}
