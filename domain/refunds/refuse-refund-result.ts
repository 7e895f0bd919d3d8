import type { CivilDate } from '../dates';
import type { Refusal } from '../refusal';
import type { RefundOutcome } from '../states';

/** A refund as it stands when somebody says what became of it. */
export interface RefundOnItsWay {
  status: 'REQUESTED' | 'ISSUED' | 'REJECTED' | 'CANCELED';
  issuedOn: CivilDate | null;
  refundFileId: number | null;
  outcome: RefundOutcome | null;
}

/** Why a result of this day is not taken, or null: it comes once, of a refund that was sent out. */
export function refuseRefundResult(refund: RefundOnItsWay, on: CivilDate, today: CivilDate): Refusal | null {
  if (refund.status !== 'ISSUED')
    return { code: 'REFUND_NOT_ISSUED', message: `The refund is ${refund.status}: nothing was paid out` };
  if (refund.outcome !== null)
    return { code: 'REFUND_SETTLED', message: `It is recorded already that the refund is ${refund.outcome}` };
  if (refund.refundFileId === null)
    return { code: 'REFUND_NOT_SENT', message: 'The refund is in no file yet: nobody could pay it out' };
  if (on > today || (refund.issuedOn !== null && on < refund.issuedOn))
    return { code: 'RESULT_DATE', message: `The day is from ${refund.issuedOn} to ${today}`, pointer: '#/on' };
  return null;
}
