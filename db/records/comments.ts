import { holdsCardNumber } from '../../domain/card-number';
import { sha256 } from '../canonical';
import { ensure } from '../errors';
import type { Attachment, Comment } from '../models/comments';
import type { Tx } from '../transaction';

/** What somebody adds to: a case, closed or not, or one of its tasks. */
export type AddedTo = { caseId: string } | { taskId: string };

/** Writes a comment down. Refused: NOT_FOUND, CARD_NUMBER. */
export async function addComment(tx: Tx, to: AddedTo, { text }: { text: string }): Promise<Comment> {
  refuseCardNumber(text, '#/text');
  const place = await placeOf(tx, to);
  const row = await tx.db.Comment.create({ ...place, authorId: tx.actorId, text, createdAt: tx.now });
  // The audit names no people, so it has the text's hash: a text that was changed later would show.
  const data = { taskId: place.taskId, textHash: sha256(text) };
  tx.audit({ action: 'comment.added', entity: 'comment', entityId: row.id, caseId: place.caseId, data });
  return row;
}

/** Notes a document by its reference. Refused: NOT_FOUND, CARD_NUMBER. */
export async function addAttachment(
  tx: Tx,
  to: AddedTo,
  given: { title: string; uri: string; mediaType: string | null; sha256: string | null },
): Promise<Attachment> {
  refuseCardNumber(given.title, '#/title');
  const place = await placeOf(tx, to);
  const row = await tx.db.Attachment.create({ ...place, authorId: tx.actorId, ...given, createdAt: tx.now });
  const data = { taskId: place.taskId, uriHash: sha256(given.uri), fileHash: given.sha256 };
  tx.audit({ action: 'attachment.added', entity: 'attachment', entityId: row.id, caseId: place.caseId, data });
  return row;
}

async function placeOf(tx: Tx, to: AddedTo): Promise<{ caseId: string; taskId: string | null }> {
  if ('taskId' in to) {
    const task = await tx.db.HumanTask.findByPk(to.taskId);
    ensure(task, 'NOT_FOUND', 'There is no such task');
    return { caseId: task.caseId, taskId: task.id };
  }
  const found = await tx.db.Case.findByPk(to.caseId);
  ensure(found, 'NOT_FOUND', 'There is no such case');
  return { caseId: found.caseId, taskId: null };
}

function refuseCardNumber(text: string, pointer: string): void {
  ensure(!holdsCardNumber(text), 'CARD_NUMBER', 'Do not write payment card numbers here', { pointer });
}
