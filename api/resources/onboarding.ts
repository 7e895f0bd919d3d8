import { civilNow } from '../../db/clock';
import { ensure } from '../../db/errors';
import { findCase } from '../../db/reads/cases';
import { parsedJson } from '../../db/reads/select';
import { freezeDraft } from '../../db/records/drafts';
import { addServicePoint, createLocation, defaultServiceCodes } from '../../db/records/locations';
import { readSettings } from '../../db/records/settings';
import { type Tx } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import { caseParams, opened, saving } from '../schemas/cases';
import {
  copied,
  copyQuery,
  createdLocation,
  newLocationBody,
  onboardBody,
  onboardForm,
  rescheduleBody,
} from '../schemas/onboarding';
import { customerParams } from '../schemas/places';
import { freezeWhole, startCase, type Frozen } from '../start-case';
import { command, commandAnswers } from './case-commands';
import { refuseOtherDates } from './reschedule-dates';
import { copyFor, lockSetUpDraft, lookAtSaved, refuseSaved } from './drafts';

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
      const unstarted = draftId && (await lookAtSaved(deps, actor.id, draftId));
      return startCase(deps, call, {
        type: 'ONBOARD',
        workflow: 'onboardCustomer',
        summary: 'Set-up of a new customer',
        freeze: (tx, caseId) =>
          'draftId' in body ? freezeSaved(tx, body, caseId) : freezeWhole(tx, caseId, 'ONBOARD', body),
        ...(unstarted && { frozenBefore: unstarted }),
        ...(draftId && { refused: () => lookAtSaved(deps, actor.id, draftId).then(() => {}) }),
      });
    },
  }),

  route({
    name: 'POST /cases/{caseId}/reschedule',
    tag: 'Cases',
    summary:
      'Moves the start of a set-up, before service has begun, or the stop of a move-out, before its bill is posted',
    params: caseParams,
    body: rescheduleBody,
    answers: commandAnswers,
    handle: async (call) => {
      const { reason, ...dates } = call.body;
      const { caseId } = call.params;
      const found = await findCase(deps.db, caseId);
      if (found) refuseOtherDates(found.type, dates);
      return command(deps, call, { caseId, kind: 'RESCHEDULE', reason, data: dates });
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
    name: 'POST /locations',
    tag: 'Customers and places',
    summary: 'Sets up a new location with the default services of a new service address',
    body: newLocationBody,
    answers: { 201: { description: 'The location', schema: createdLocation } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const location = await createLocation(tx, call.body, '#');
        const { classCode } = location;
        const services = await defaultServiceCodes(tx, classCode);
        for (const serviceCode of services) {
          await addServicePoint(tx, { locationId: location.id, serviceCode, position: 1 });
        }
        const { locationNumber } = location;
        return { status: 201, body: { locationNumber, address: call.body.address, classCode, services } };
      }),
  }),
];

/**
 * Freezes a draft as it stands. Refused: DRAFT_SAVED, PRECONDITION_FAILED; a form with faults is malformed, each with its
 * field.
 */
async function freezeSaved(
  tx: Tx,
  { draftId, version }: { draftId: string; version?: number },
  caseId: string,
): Promise<Frozen> {
  const draft = await lockSetUpDraft(tx, draftId);
  await refuseSaved(tx, draft);
  const isSeen = version === undefined || version === draft.version;
  ensure(isSeen, 'PRECONDITION_FAILED', 'The form has changed since it was read');
  const form = onboardForm.parse(parsedJson(draft.content));
  return { ...(await freezeDraft(tx, draft, form, caseId)), locationNumber: null };
}
