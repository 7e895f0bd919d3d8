import { duplicateKeyOf } from '../errors';
import type { Tx } from '../transaction';

/** A letter to a customer. The key says what for, so that it is queued once. */
export interface NewNotice {
  noticeKey: string;
  kind: 'WELCOME' | 'FINAL_BILL' | 'LANDLORD_RECONNECT' | 'BALANCE_REMINDER' | 'REFUND_ISSUED' | 'FORCED_MOVE_OUT';
  caseId: string;
  accountId: number;
  customerId: number;
  data: Record<string, unknown>;
}

/** Queues a notice; the same key again is left alone. */
export async function queueNotice(tx: Tx, notice: NewNotice): Promise<void> {
  try {
    await tx.db.Notice.create({ ...notice, status: 'QUEUED', createdAt: tx.now });
  } catch (error) {
    if (duplicateKeyOf(error) !== 'notice_once') throw error;
  }
}

/** Takes back what a canceled case would have sent. */
export async function cancelNotices(tx: Tx, caseId: string): Promise<void> {
  await tx.db.Notice.update({ status: 'CANCELED' }, { where: { caseId, status: 'QUEUED' } });
}
