import { newDraftId } from '../../contract/ids';
import { ensure, RefusedError } from '../../db/errors';
import type { Db } from '../../db/create-db';
import type { Draft } from '../../db/models/office';
import { parsedJson } from '../../db/reads/select';
import { blankForm, copyForm, lastAccountOf, type CopiedForm } from '../../db/reads/set-up-form';
import { listDrafts } from '../../db/reads/drafts';
import { createDraft, discardDraft, lastCaseOf, lockDraft, reopenDraft, writeDraft } from '../../db/records/drafts';
import { refuseUnknownClass } from '../../db/records/locations';
import { inTransaction, type Tx } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { openingVerdict } from '../opening-verdict';
import { caseIsKnown } from '../temporal';
import { ok, route, type Answer, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { draftBody, draftList, draftListQuery, draftParams, draftShown, newDraftBody } from '../schemas/drafts';
import { lookAtDraft } from '../set-up-form/draft-look';

/** Forms on their way: half filled as often as a clerk likes, saved by the case that they start. */
export const draftRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /drafts',
    tag: 'Setting up customers',
    summary: 'Begins a set-up form: from scratch, or by copy from a previous customer',
    body: newDraftBody,
    answers: { 201: { description: 'The form', schema: draftShown } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { copyFrom, classCode } = call.body;
        await refuseUnknownClass(tx, classCode, '#/classCode');
        const content = copyFrom
          ? (await copyFor(deps.db, copyFrom.customerNumber, copyFrom.locationNumber, tx.today)).form
          : await blankForm(deps.db, tx.today, classCode);
        const draft = await createDraft(tx, { draftId: newDraftId(), kind: 'ONBOARD', content });
        return { ...(await shown(tx, draft)), status: 201 };
      }),
  }),

  route({
    name: 'GET /drafts',
    tag: 'Setting up customers',
    summary: 'The forms that are neither saved nor put away, the last touched first; those in which one wrote, or all',
    query: draftListQuery,
    answers: { 200: { description: 'A page of forms', schema: draftList } },
    handle: async ({ query, actor }) => {
      const writtenBy = query.view === 'mine' ? actor.id : null;
      return ok(listAnswer(await listDrafts(deps.db, { writtenBy }, pageRequest(query))));
    },
  }),

  route({
    name: 'GET /drafts/{draftId}',
    tag: 'Setting up customers',
    summary: 'One form with all that stands against saving it; its version is the ETag',
    params: draftParams,
    answers: { 200: { description: 'The form', schema: draftShown } },
    handle: ({ params, actor }) =>
      inTransaction(deps.db, actor.id, async (tx) => shown(tx, await setUpDraft(tx, params.draftId))),
  }),

  route({
    name: 'PUT /drafts/{draftId}',
    tag: 'Setting up customers',
    summary: 'Replaces what stands in a form that is not saved; any half-filled form is kept',
    params: draftParams,
    body: draftBody,
    ifMatch: true,
    answers: { 200: { description: 'The form', schema: draftShown } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await lookAtSaved(deps, actor.id, params.draftId);
      // What was typed is committed before anything is said of it: no look can lose it.
      const draft = await inTransaction(deps.db, actor.id, async (tx) => {
        const found = await lockSetUpDraft(tx, params.draftId);
        ensure(ifMatch === etag(found), 'PRECONDITION_FAILED', 'The form has changed since it was read');
        await refuseSaved(tx, found);
        await writeDraft(tx, found, body.content);
        return found;
      });
      return inTransaction(deps.db, actor.id, (tx) => shown(tx, draft));
    },
  }),

  route({
    name: 'DELETE /drafts/{draftId}',
    tag: 'Setting up customers',
    summary: 'Puts a form away that nobody will save; writing in it again brings it back',
    params: draftParams,
    answers: { 204: { description: 'The form is listed no more', schema: null } },
    handle: async ({ params, actor }) => {
      await lookAtSaved(deps, actor.id, params.draftId);
      await inTransaction(deps.db, actor.id, async (tx) => {
        const draft = await lockSetUpDraft(tx, params.draftId);
        await refuseSaved(tx, draft);
        await discardDraft(tx, draft);
      });
      return { status: 204 };
    },
  }),
];

/** The form that a copy from this customer's last account gives, at a location where one is named (domain.md row S6). */
export async function copyFor(
  db: Db,
  customerNumber: string,
  locationNumber: string | null,
  today: string,
): Promise<CopiedForm> {
  const account = await lastAccountOf(db, customerNumber, locationNumber);
  ensure(account, 'NOT_FOUND', 'This customer has had no account there to copy from');
  return copyForm(db, account.accountId, today);
}

/** Locks a set-up form. Refused: NOT_FOUND. */
export async function lockSetUpDraft(tx: Tx, draftId: string): Promise<Draft> {
  const draft = await lockDraft(tx, draftId);
  ensure(draft.kind === 'ONBOARD', 'NOT_FOUND', 'There is no such draft');
  return draft;
}

/** A set-up form to be read. Refused: NOT_FOUND. */
async function setUpDraft(tx: Tx, draftId: string): Promise<Draft> {
  const draft = await tx.db.Draft.findByPk(draftId);
  ensure(draft?.kind === 'ONBOARD', 'NOT_FOUND', 'There is no such draft');
  return draft;
}

/** A saved form cannot change: 409 with the case that it became. */
export async function refuseSaved(tx: Tx, draft: Draft): Promise<void> {
  if (draft.savedRevision === null) return;
  const caseId = await lastCaseOf(tx, draft);
  throw new RefusedError(
    { code: 'DRAFT_SAVED', message: 'The form is saved; what was saved does not change' },
    { ...(caseId && { caseId }) },
  );
}

/**
 * Gives a form back to its clerk when what it was saved as came to nothing: the opening was refused, or the case ended
 * without a customer. So a corrected Save is a new case of the same form (design.md decision 5). Returns the case of a
 * form that was frozen but never reached Temporal: Save hands over the same case then.
 */
export async function lookAtSaved(deps: ApiDeps, actorId: number, draftId: string): Promise<string | null> {
  const caseId = await inTransaction(deps.db, actorId, async (tx) => lastCaseOf(tx, await lockSetUpDraft(tx, draftId)));
  if (!caseId) return null;
  const outcome = await outcomeOf(deps, caseId);
  if (outcome === 'NOT_STARTED') return caseId;
  if (outcome === 'CAME_TO_NOTHING') {
    await inTransaction(deps.db, actorId, async (tx) => {
      const draft = await lockSetUpDraft(tx, draftId);
      if ((await lastCaseOf(tx, draft)) === caseId) await reopenDraft(tx, draft);
    });
  }
  return null;
}

async function outcomeOf(
  { db, temporal }: ApiDeps,
  caseId: string,
): Promise<'SAVED' | 'CAME_TO_NOTHING' | 'NOT_STARTED'> {
  const row = await db.Case.findByPk(caseId);
  if (row) return row.status === 'CANCELED' || row.status === 'ABORTED' ? 'CAME_TO_NOTHING' : 'SAVED';
  try {
    const { known } = await openingVerdict(temporal, caseId);
    return !known && (await caseIsKnown(temporal, caseId)) === false ? 'NOT_STARTED' : 'SAVED';
  } catch (error) {
    if (error instanceof RefusedError) return 'CAME_TO_NOTHING';
    throw error;
  }
}

const etag = (draft: Draft): string => `"${draft.version}"`;

async function shown(tx: Tx, draft: Draft): Promise<Answer> {
  const content = parsedJson<Record<string, unknown>>(draft.content);
  const isOpen = draft.savedRevision === null;
  return ok(
    {
      ...{ draftId: draft.id, kind: draft.kind, content, updatedAt: draft.updatedAt },
      status: isOpen ? (draft.discardedAt === null ? 'OPEN' : 'DISCARDED') : 'SAVED',
      caseId: await lastCaseOf(tx, draft),
      // A form that was saved is judged by its case; the records have moved on since.
      ...(isOpen ? await lookAtDraft(tx, content) : { problems: [], computed: null }),
      createdBy: await personOf(tx, draft.createdBy),
      writtenBy: await personOf(tx, parsedJson<number[]>(draft.authorIds).at(-1) ?? draft.createdBy),
    },
    { ETag: etag(draft) },
  );
}

async function personOf(tx: Tx, userId: number): Promise<{ username: string; displayName: string }> {
  const { username, displayName } = await tx.db.AppUser.findByPk(userId, { rejectOnEmpty: true });
  return { username, displayName };
}
