import type { Refusal } from '../refusal';

/** A refund that needs two approvals, when the second comes: the first as its rows stand now. */
export interface SecondApproval {
  refund: { refundNumber: string; amountCents: number };
  first: {
    status: 'RECORDED' | 'APPLIED' | 'VOID';
    isApproval: boolean;
    actorId: number;
    draftedBy: number | null;
    startedBy: number;
    subjectHash: string | null;
    /** What its task was about. */
    task: { refundNumber: unknown; amountCents: number | null; subjectHash: string | null };
  } | null;
  secondActorId: number;
}

/** Whether a refund is so large that two people approve it; `above` null is never. */
export const needsTwoApprovals = (amountCents: number, above: number | null): boolean =>
  above !== null && amountCents > above;

/** Why the second approval does not issue the refund, or null: the first must stand, for this refund, of somebody else. */
export function refuseSecondApproval({ refund, first, secondActorId }: SecondApproval): Refusal | null {
  const stands =
    first !== null &&
    first.status === 'APPLIED' &&
    first.isApproval &&
    first.subjectHash === first.task.subjectHash &&
    first.task.refundNumber === refund.refundNumber &&
    first.task.amountCents === refund.amountCents &&
    ![first.draftedBy, first.startedBy].includes(first.actorId);
  if (!stands) {
    return { code: 'FIRST_APPROVAL_MISSING', message: 'Nobody approved this refund, of this amount, before' };
  }
  if (first.actorId === secondActorId) {
    return { code: 'OWN_WORK', message: 'The second approval is another person’s than the first' };
  }
  return null;
}
