import { hashOf } from '../canonical';
import { ensure } from '../errors';
import type { Draft } from '../models/office';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';

/** A form on its way: half filled, changed as often as its clerk likes, until it is saved. */
export interface NewDraft {
  draftId: string;
  kind: string;
  content: Record<string, unknown>;
}

/** A form's frozen revision, as the case that it starts names it. */
export interface FrozenRevision {
  draftId: string;
  revision: number;
}

/** Begins a form. */
export async function createDraft(tx: Tx, { draftId, kind, content }: NewDraft): Promise<Draft> {
  const stamp = { createdBy: tx.actorId, createdAt: tx.now, updatedAt: tx.now };
  const draft = await tx.db.Draft.create({
    id: draftId,
    kind,
    content,
    savedRevision: null,
    authorIds: [tx.actorId],
    ...stamp,
  });
  tx.audit({ action: 'draft.created', entity: 'draft', entityId: draftId, data: { kind } });
  return draft;
}

/** Locks a form. Refused: NOT_FOUND. */
export async function lockDraft(tx: Tx, draftId: string): Promise<Draft> {
  const draft = await tx.db.Draft.findByPk(draftId, { lock: true });
  ensure(draft, 'NOT_FOUND', 'There is no such draft');
  return draft;
}

/** Replaces what stands in a form that is not saved; who wrote last is the last of its authors. Refused: DRAFT_SAVED. */
export async function writeDraft(tx: Tx, draft: Draft, content: Record<string, unknown>): Promise<void> {
  ensure(draft.savedRevision === null, 'DRAFT_SAVED', 'The draft is saved; what was saved does not change');
  const others = parsedJson<number[]>(draft.authorIds).filter((id) => id !== tx.actorId);
  await draft.update({ content, authorIds: [...others, tx.actorId], updatedAt: tx.now, discardedAt: null });
}

/** Puts a form away that nobody will save; writing in it again brings it back. Refused: DRAFT_SAVED. */
export async function discardDraft(tx: Tx, draft: Draft): Promise<void> {
  ensure(draft.savedRevision === null, 'DRAFT_SAVED', 'The draft is saved; what was saved does not change');
  await draft.update({ discardedAt: tx.now });
  tx.audit({ action: 'draft.discarded', entity: 'draft', entityId: draft.id });
}

/** Gives a saved form back to be corrected: the case that it was saved as was refused, or ended without a customer. */
export async function reopenDraft(tx: Tx, draft: Draft): Promise<void> {
  await draft.update({ savedRevision: null, updatedAt: tx.now });
  tx.audit({ action: 'draft.reopened', entity: 'draft', entityId: draft.id });
}

/** Freezes a form as its next revision, for the case that it is saved as (design.md decision 2). Refused: DRAFT_SAVED. */
export async function freezeDraft(
  tx: Tx,
  draft: Draft,
  content: Record<string, unknown>,
  caseId: string,
): Promise<FrozenRevision> {
  ensure(draft.savedRevision === null, 'DRAFT_SAVED', 'The draft is saved already');
  const revision = (await tx.db.DraftRevision.count({ where: { draftId: draft.id } })) + 1;
  const contentHash = hashOf(content);
  const stamp = { createdBy: tx.actorId, createdAt: tx.now };
  await tx.db.DraftRevision.create({ draftId: draft.id, revision, content, contentHash, caseId, ...stamp });
  await draft.update({ savedRevision: revision, updatedAt: tx.now });
  const data = { kind: draft.kind, revision, contentHash };
  tx.audit({ action: 'draft.saved', entity: 'draft', entityId: draft.id, caseId, data });
  return { draftId: draft.id, revision };
}

/** The frozen form that a case was started with, or null. */
export async function frozenFor(tx: Tx, caseId: string): Promise<FrozenRevision | null> {
  const row = await tx.db.DraftRevision.findOne({ where: { caseId } });
  return row && { draftId: row.draftId, revision: row.revision };
}

/** The case that a form was last saved as, or null. */
export async function lastCaseOf(tx: Tx, draft: Draft): Promise<string | null> {
  if (draft.savedRevision === null) return null;
  const row = await tx.db.DraftRevision.findOne({ where: { draftId: draft.id, revision: draft.savedRevision } });
  return row?.caseId ?? null;
}
