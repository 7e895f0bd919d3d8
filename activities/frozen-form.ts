import type { OpenStep } from '../contract/activities';
import { ensure } from '../db/errors';
import type { Tx } from '../db/transaction';

/** The form as it was frozen, and who handed it in. Refused: FORM_MISSING, FORM_KIND. */
export async function frozenForm<F>(
  tx: Tx,
  input: Pick<OpenStep, 'draftId' | 'revision'>,
  kind: string,
): Promise<{ form: F; by: number; draft: { draftId: string; revision: number }; contentHash: string }> {
  const { draftId, revision } = input;
  ensure(draftId !== undefined && revision !== undefined, 'FORM_MISSING', 'The case was started without a form');
  const row = await tx.db.DraftRevision.findOne({ where: { draftId, revision } });
  ensure(row, 'FORM_MISSING', 'There is no such form');
  const draft = await tx.db.Draft.findByPk(draftId, { rejectOnEmpty: true });
  ensure(draft.kind === kind, 'FORM_KIND', `The form is of kind ${draft.kind}, not ${kind}`);
  const { createdBy: by, contentHash } = row;
  return { form: row.content as F, by, draft: { draftId, revision }, contentHash };
}
