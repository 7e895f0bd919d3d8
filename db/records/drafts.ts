import { hashOf } from '../canonical';
import type { Tx } from '../transaction';

/** A form that is saved in one go: it has one revision, frozen from the start. */
export interface FrozenForm {
  draftId: string;
  kind: string;
  content: Record<string, unknown>;
}

/** The revision of every form that is saved in one go. */
export const FIRST_REVISION = 1;

/** Stores a form with its one revision (design.md decision 2). */
export async function freezeForm(tx: Tx, { draftId, kind, content }: FrozenForm): Promise<void> {
  const stamp = { createdBy: tx.actorId, createdAt: tx.now };
  await tx.db.Draft.create({ id: draftId, kind, content, savedRevision: FIRST_REVISION, updatedAt: tx.now, ...stamp });
  const contentHash = hashOf(content);
  await tx.db.DraftRevision.create({ draftId, revision: FIRST_REVISION, content, contentHash, ...stamp });
  tx.audit({
    action: 'draft.saved',
    entity: 'draft',
    entityId: draftId,
    data: { kind, revision: FIRST_REVISION, contentHash },
  });
}
