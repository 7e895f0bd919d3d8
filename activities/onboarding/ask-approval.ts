import { newTaskId } from '../../contract/ids';
import { TASK_TYPES } from '../../contract/task-types';
import { sha256 } from '../../db/canonical';
import { parsedJson } from '../../db/reads/select';
import { openTask } from '../../db/records/tasks';
import type { ApprovalReason } from '../../domain/settings';
import type { SetUp } from './lock';
import { debtsThatAsk } from '../../set-up/old-debts';

/**
 * Asks a supervisor to approve a set-up as it stands: the hash that the decision bears is of the form and its start.
 * Nobody approves what they had a hand in: whoever filled the form or saved it, and whoever moved its date (design.md
 * decision 6).
 */
export async function askForApproval(
  { tx, theCase, account, setUp }: SetUp,
  reasons: readonly ApprovalReason[],
  alsoExcluded: readonly number[] = [],
): Promise<void> {
  const type = 'APPROVE_SETUP' as const;
  const { draftId, draftRevision: revision } = theCase;
  const draft = await tx.db.Draft.findByPk(draftId ?? '', { rejectOnEmpty: true });
  const form = await tx.db.DraftRevision.findOne({
    where: { draftId: draft.id, revision: revision ?? 0 },
    rejectOnEmpty: true,
  });
  const { accountNumber } = account;
  const { startOn } = setUp;
  // Whoever decides sees which accounts owe what, not only that there is a debt.
  const debts = reasons.includes('DEBT') ? await debtsThatAsk(tx, account) : [];
  await openTask(tx, theCase, {
    ...{ taskId: newTaskId(), type, candidateGroup: TASK_TYPES[type].candidateGroup, draftedBy: theCase.startedBy },
    ...{ subject: { reasons, accountNumber, startOn, debts }, subjectHash: sha256(`${form.contentHash} ${startOn}`) },
    excludedUserIds: [...new Set([...parsedJson<number[]>(draft.authorIds), ...alsoExcluded])],
  });
}
