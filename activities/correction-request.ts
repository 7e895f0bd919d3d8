import type { CorrectionForm } from '../contract/forms';
import { newTaskId } from '../contract/ids';
import { TASK_TYPES } from '../contract/task-types';
import type { Case } from '../db/models/cases';
import type { Account } from '../db/models/occupancy';
import { draftCorrection, lockBillToCorrect } from '../db/records/bill-corrections';
import { moveCase, occurrenceKey, openCase } from '../db/records/cases';
import type { FrozenRevision } from '../db/records/drafts';
import { alsoBilled } from '../db/records/known-better';
import { penaltyOf } from '../db/records/penalties';
import { openTask, type TaskHandle } from '../db/records/tasks';
import type { Tx } from '../db/transaction';

/** Where a correction stands until somebody has decided on it. */
export const AWAITING_APPROVAL = { step: 'AWAITING_APPROVAL', waitingOn: 'SUPERVISOR' } as const;

/** A correction that waits for approval; `also`: the accounts whose bills its reads are in too. */
export interface CorrectionRequest {
  theCase: Case;
  task: TaskHandle;
  also: string[];
}

/**
 * Opens the case of a correction with the draft of the bill that is to take the place of the wrong one, and asks for its
 * approval. The location is locked. Refused: CASE_OPEN and as lockBillToCorrect and draftCorrection.
 */
export async function requestCorrection(
  tx: Tx,
  account: Account,
  form: CorrectionForm,
  asked: {
    caseId: string;
    by: number;
    draft: FrozenRevision;
    startedByCase?: string;
    /** Whose read it rests on, beside who asks. */
    excludedUserIds?: number[];
  },
): Promise<CorrectionRequest> {
  const { caseId, by, draft, startedByCase, excludedUserIds } = asked;
  const theCase = await openCase(tx, {
    ...{ caseId, type: 'CORRECTION', step: 'REQUESTED', waitingOn: 'SYSTEM', draft, startedBy: by, startedByCase },
    ...{ accountId: account.id, locationId: account.locationId, occurrenceKey: occurrenceKey.correction(account.id) },
  });
  const wrong = await lockBillToCorrect(tx, account, form.billNumber);
  const drafted = await draftCorrection(tx, account, wrong, form, { caseId, draftedBy: by });
  const also = await alsoBilled(tx, account, drafted.better);
  const { billNumber, totalCents: fromCents } = wrong.bill;
  const { contentHash: subjectHash, totalCents } = drafted.revision;
  const differenceCents = totalCents - fromCents;
  const penaltyCents = await penaltyOf(tx, wrong.bill);
  const money = { billNumber, fromCents, totalCents, differenceCents, ...(penaltyCents !== 0 && { penaltyCents }) };
  const task = await openTask(tx, theCase, {
    ...{ taskId: newTaskId(), type: 'APPROVE_CORRECTION' },
    candidateGroup: TASK_TYPES.APPROVE_CORRECTION.candidateGroup,
    subject: { ...money, reason: form.reason, alsoBilled: also },
    ...{ subjectHash, draftedBy: by, amountCents: mostOf(differenceCents, differenceCents - penaltyCents) },
    excludedUserIds,
  });
  await moveCase(tx, theCase, { ...AWAITING_APPROVAL, event: 'CORRECTION_DRAFTED', data: money });
  return { theCase, task, also };
}

/** What moves, for the approver's limit: the penalty that is taken back moves too. */
const mostOf = (a: number, b: number): number => (Math.abs(b) > Math.abs(a) ? b : a);
