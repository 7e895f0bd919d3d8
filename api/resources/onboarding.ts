import { FIRST_FREE_NUMBER } from '../../db/reads/next-number';
import { listCustomerTypes } from '../../db/reads/customer-types';
import { listServices } from '../../db/reads/services';
import { civilNow } from '../../db/clock';
import { parsedJson } from '../../db/reads/select';
import { createCustomerType } from '../../db/records/customers';
import { freezeDraft } from '../../db/records/drafts';
import { addServicePoint, createLocation, defaultServiceCodes } from '../../db/records/locations';
import { readSettings } from '../../db/records/settings';
import { type Tx } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import { caseParams, opened, saving } from '../schemas/cases';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  copied,
  copyQuery,
  createdLocation,
  customerTypeBody,
  customerTypeList,
  customerTypeShown,
  newLocationBody,
  nextNumberShown,
  onboardBody,
  onboardForm,
  rescheduleBody,
  serviceList,
  serviceListQuery,
} from '../schemas/onboarding';
import { customerParams } from '../schemas/places';
import { freezeWhole, startCase, type Frozen } from '../start-case';
import { command, commandAnswers } from './case-commands';
import { copyFor, lockSetUpDraft, refuseSaved, reopenIfRefused } from './drafts';

const TAG = 'Setting up customers';

/** Setting up new customers, and what the form of it is filled from. */
export const onboardingRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /cases/onboarding',
    tag: TAG,
    summary: 'Sets up a customer: saves a draft, or the whole form at once',
    body: onboardBody,
    answers: {
      201: { description: 'Saved, with the numbers that were given out', schema: opened },
      202: { description: 'Taken; whether it was saved is not known yet', schema: saving },
    },
    handle: async (call) => {
      const { body, actor } = call;
      const draftId = 'draftId' in body ? body.draftId : null;
      // A form that came to nothing may be saved again; one that is saved answers with its case.
      if (draftId) await reopenIfRefused(deps, actor.id, draftId);
      return startCase(deps, call, {
        type: 'ONBOARD',
        workflow: 'onboardCustomer',
        summary: 'Set-up of a new customer',
        freeze: (tx, caseId) =>
          'draftId' in body ? freezeSaved(tx, body.draftId, caseId) : freezeWhole(tx, caseId, 'ONBOARD', body),
        ...(draftId && { refused: () => reopenIfRefused(deps, actor.id, draftId) }),
      });
    },
  }),

  route({
    name: 'POST /cases/{caseId}/reschedule',
    tag: 'Cases',
    summary: 'Moves the start of a set-up to another day, before service has begun',
    params: caseParams,
    body: rescheduleBody,
    answers: commandAnswers,
    handle: (call) => {
      const { startDate, reason } = call.body;
      return command(deps, call, { caseId: call.params.caseId, kind: 'RESCHEDULE', reason, data: { startDate } });
    },
  }),

  route({
    name: 'GET /customers/next-number',
    tag: TAG,
    summary: 'The number that the next customer gets, unless somebody is faster',
    answers: { 200: { description: 'The number', schema: nextNumberShown } },
    handle: async () => {
      const settings = await readSettings(deps.db);
      const customerNumber = await FIRST_FREE_NUMBER.customer(deps.db, settings);
      return ok({ customerNumber, copyTicked: settings.onboarding.copyTicked });
    },
  }),

  route({
    name: 'GET /customers/{customerNumber}/copy',
    tag: TAG,
    summary: 'The form that copying from this customer gives; it changes nothing of theirs',
    params: customerParams,
    query: copyQuery,
    answers: { 200: { description: 'The form, what is left to the clerk, and the meters', schema: copied } },
    handle: async ({ params, query }) => {
      const { clock } = await readSettings(deps.db);
      return ok(await copyFor(deps.db, params.customerNumber, query.locationNumber ?? null, civilNow(clock)));
    },
  }),

  route({
    name: 'GET /customer-types',
    tag: TAG,
    summary: 'The kinds of customers',
    answers: { 200: { description: 'All of them', schema: customerTypeList } },
    handle: async () => ok({ data: await listCustomerTypes(deps.db), nextCursor: null }),
  }),

  route({
    name: 'POST /customer-types',
    tag: TAG,
    summary: 'Adds a kind of customer; it is in the list at once',
    body: customerTypeBody,
    answers: { 201: { description: 'The kind', schema: customerTypeShown } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await createCustomerType(tx, call.body);
        return { status: 201, body: call.body };
      }),
  }),

  route({
    name: 'GET /services',
    tag: TAG,
    summary: 'The billing services with their rates and defaults',
    query: serviceListQuery,
    answers: { 200: { description: 'A page of services', schema: serviceList } },
    handle: async ({ query }) => ok(listAnswer(await listServices(deps.db, pageRequest(query)))),
  }),

  route({
    name: 'POST /locations',
    tag: 'Customers and places',
    summary: 'Sets up a new location with the default services of a new service address',
    body: newLocationBody,
    answers: { 201: { description: 'The location', schema: createdLocation } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const location = await createLocation(tx, call.body, '#/number');
        const services = await defaultServiceCodes(tx);
        for (const serviceCode of services) {
          await addServicePoint(tx, { locationId: location.id, serviceCode, position: 1 });
        }
        const { locationNumber } = location;
        return { status: 201, body: { locationNumber, address: call.body.address, services } };
      }),
  }),
];

/** Freezes a draft as it stands. Refused: DRAFT_SAVED; a form with faults is malformed, each with its field. */
async function freezeSaved(tx: Tx, draftId: string, caseId: string): Promise<Frozen> {
  const draft = await lockSetUpDraft(tx, draftId);
  await refuseSaved(tx, draft);
  const form = onboardForm.parse(parsedJson(draft.content));
  return { ...(await freezeDraft(tx, draft, form, caseId)), locationNumber: null };
}
