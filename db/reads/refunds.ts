import { addMonths } from '../../domain/dates';
import type { RefundOutcome } from '../../domain/states';
import { civilNow } from '../clock';
import type { Db } from '../create-db';
import type { Refund } from '../models/money';
import { readSettings } from '../records/settings';
import { pageOf, type Page, type PageRequest } from './page';
import { refundFileNumber } from './refund-files';
import { select } from './select';

/** A refund as it is listed; its state is what became of it, else how far it is. */
export interface RefundRow {
  refundNumber: string;
  accountNumber: string;
  amountCents: number;
  state: Refund['status'] | RefundOutcome;
  requestedOn: string;
  dueOn: string | null;
  issuedOn: string | null;
  /** The refund file that it went out with. */
  fileNumber: string | null;
  outcomeOn: string | null;
  /** Not sent out, and the day by which it is to be paid out has passed. */
  overdue: boolean;
}

/** The refunds, the newest first: all, those of a state, those that are late, or those that nobody has cashed. */
export async function listRefunds(
  db: Db,
  page: PageRequest,
  asked: { state?: RefundRow['state']; isOverdue: boolean; isStale: boolean },
): Promise<Page<RefundRow>> {
  const { clock, unclaimedYears } = await readSettings(db);
  const today = civilNow(clock);
  const LATE = `r.status IN ('REQUESTED', 'ISSUED') AND r.outcome IS NULL AND r.refund_file_id IS NULL AND r.due_on < :today`;
  const rows = await select<
    Omit<RefundRow, 'fileNumber' | 'overdue'> & { id: number; fileId: number | null; overdue: number }
  >(
    db,
    `SELECT r.id id, r.refund_number refundNumber, a.account_number accountNumber, r.amount_cents amountCents,
       COALESCE(r.outcome, r.status) state, r.requested_on requestedOn, r.due_on dueOn, r.issued_on issuedOn,
       r.refund_file_id fileId, r.outcome_on outcomeOn, COALESCE(${LATE}, FALSE) overdue
     FROM refund r JOIN account a ON a.id = r.account_id
     WHERE (:after IS NULL OR r.id < :after) AND (:state IS NULL OR COALESCE(r.outcome, r.status) = :state)
       AND (:isOverdue = 0 OR (${LATE}))
       AND (:isStale = 0 OR (r.status = 'ISSUED' AND r.outcome IS NULL AND r.refund_file_id IS NOT NULL AND r.issued_on <= :staleOn))
     ORDER BY r.id DESC LIMIT :limit`,
    {
      ...{ after: page.after?.[0] ?? null, limit: page.limit + 1, state: asked.state ?? null, today },
      ...{ isOverdue: Number(asked.isOverdue), isStale: Number(asked.isStale) },
      staleOn: addMonths(today, -12 * unclaimedYears),
    },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  const shown = kept.map(({ id: _id, fileId, overdue, ...row }) => ({
    ...{ ...row, amountCents: Number(row.amountCents), overdue: Number(overdue) === 1 },
    fileNumber: fileId === null ? null : refundFileNumber(fileId),
  }));
  return { rows: shown, next };
}
