import type { Db } from '../../create-db';
import { select } from '../select';

/** A letter to a customer, as it stands. */
export interface NoticeRow {
  noticeId: number;
  kind: string;
  status: 'QUEUED' | 'SENT' | 'CANCELED';
  at: Date;
}

/** The notices of a case. */
export function noticesOf(db: Db, caseId: string): Promise<NoticeRow[]> {
  return select<NoticeRow>(
    db,
    `SELECT n.id noticeId, n.kind kind, n.status status, n.created_at at FROM notice n WHERE n.case_id = :caseId`,
    { caseId },
  );
}
