import { ensure } from '../../db/errors';
import { findCustomerType, listCodes, listCustomerTypes } from '../../db/reads/customer-types';
import { addCode, changeCustomerType, createCustomerType } from '../../db/records/customer-types';
import { inTransaction } from '../../db/transaction';
import type { Role } from '../../domain/roles';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import {
  customerTypeBody,
  customerTypeList,
  customerTypeParams,
  customerTypePatch,
  customerTypeShown,
  listedCodeBody,
  listedCodes,
  listedCodeShown,
} from '../schemas/onboarding';

const TAG = 'Setting up customers';

/** The kinds of customers and what they bring, and the lists of codes that they name (domain.md row S4). */
export const customerTypeRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /customer-types',
    tag: TAG,
    summary: 'The kinds of customers; those not in use are for customers who have them',
    answers: { 200: { description: 'All of them', schema: customerTypeList } },
    handle: async () => ok({ data: await listCustomerTypes(deps.db), nextCursor: null }),
  }),

  route({
    name: 'GET /customer-types/{code}',
    tag: TAG,
    summary: 'One kind of customer; its version is the ETag',
    params: customerTypeParams,
    answers: { 200: { description: 'The kind', schema: customerTypeShown } },
    handle: ({ params }) => typeAnswer(deps, params.code),
  }),

  route({
    name: 'POST /customer-types',
    tag: TAG,
    summary: 'Adds a kind of customer; it is in the list at once',
    body: customerTypeBody,
    answers: { 201: { description: 'The kind', schema: customerTypeShown } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await createCustomerType(tx, call.body, rightsOf(call.actor.roles));
        return { status: 201, body: call.body };
      }),
  }),

  route({
    name: 'PATCH /customer-types/{code}',
    tag: TAG,
    summary: 'Changes what a kind of customer brings from now on, or takes it out of use',
    params: customerTypeParams,
    body: customerTypePatch,
    ifMatch: true,
    answers: { 200: { description: 'The kind', schema: customerTypeShown } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, (tx) =>
        changeCustomerType(tx, params.code, ifMatch ?? '', body, rightsOf(actor.roles)),
      );
      return typeAnswer(deps, params.code);
    },
  }),

  route({
    name: 'GET /rate-classes',
    tag: TAG,
    summary: 'The classes of places and rates',
    answers: { 200: { description: 'All of them', schema: listedCodes } },
    handle: async () => ok({ data: await listCodes(deps.db, 'rate_class'), nextCursor: null }),
  }),

  route({
    name: 'POST /rate-classes',
    tag: TAG,
    summary: 'Adds a class of places and rates',
    body: listedCodeBody,
    answers: { 201: { description: 'The class', schema: listedCodeShown } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await addCode(tx, 'RateClass', call.body);
        return { status: 201, body: call.body };
      }),
  }),

  route({
    name: 'GET /bill-cycles',
    tag: TAG,
    summary: 'The bill cycles: which accounts are billed together',
    answers: { 200: { description: 'All of them', schema: listedCodes } },
    handle: async () => ok({ data: await listCodes(deps.db, 'bill_cycle'), nextCursor: null }),
  }),

  route({
    name: 'POST /bill-cycles',
    tag: TAG,
    summary: 'Adds a bill cycle',
    body: listedCodeBody,
    answers: { 201: { description: 'The cycle', schema: listedCodeShown } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await addCode(tx, 'BillCycle', call.body);
        return { status: 201, body: call.body };
      }),
  }),
];

const rightsOf = (roles: readonly Role[]) => ({ mayLetOff: roles.some((role) => role !== 'clerk') });

async function typeAnswer({ db }: ApiDeps, code: string) {
  const found = await findCustomerType(db, code);
  ensure(found, 'NOT_FOUND', 'There is no such customer type');
  return ok(found.row, { ETag: `"${found.version}"` });
}
