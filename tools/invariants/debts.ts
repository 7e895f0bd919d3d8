import { sumOfCents } from '../../db/sums';
import { byQuery, type Invariant } from './invariant';

const SETTLEMENT = "SELECT 1 FROM cases c WHERE c.account_id = a.id AND c.type = 'SETTLEMENT'";
const REMEMBERED = `posting p JOIN journal_entry e ON e.id = p.entry_id AND e.kind IN ('WRITE_OFF', 'WRITE_OFF_RECOVERED')`;

/** What stays unpaid or unclaimed is somebody's to look after, and nothing of it is lost. */
export const debts: Invariant[] = [
  byQuery(
    'no-money-stranded',
    'A final billed account that owes something or of which something is held has an open settlement, unless it was aborted',
    `SELECT a.account_number AS account FROM account a JOIN posting p ON p.account_id = a.id
       AND p.ledger_account IN ('RECEIVABLE', 'DEPOSITS_HELD')
     WHERE a.status IN ('FINAL_BILLED', 'COLLECTIONS', 'CLOSED', 'WRITTEN_OFF') AND EXISTS (${SETTLEMENT})
       AND NOT EXISTS (${SETTLEMENT} AND (c.closed_at IS NULL OR c.status = 'ABORTED'))
     GROUP BY a.id, a.account_number, p.ledger_account HAVING ${sumOfCents('p.amount_cents')} <> 0`,
  ),
  byQuery(
    'write-off-posted',
    'Each debt that was written off has its entry with its amount, and each such entry its debt',
    `SELECT w.id AS write_off FROM write_off w LEFT JOIN journal_entry e ON e.entry_key = CONCAT('write-off/', w.id)
       LEFT JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'WRITE_OFF'
     GROUP BY w.id, w.status, w.amount_cents
     HAVING ${sumOfCents('p.amount_cents')} <> (CASE WHEN w.status = 'WRITTEN_OFF' THEN w.amount_cents ELSE 0 END)`,
  ),
  byQuery(
    'written-off-remembered',
    'No more comes in on a written off debt than it was; what is left of it keeps its account written off or in a settlement',
    `SELECT a.account_number AS account FROM account a JOIN ${REMEMBERED} ON p.account_id = a.id AND p.ledger_account = 'WRITE_OFF'
     GROUP BY a.id, a.account_number, a.status HAVING ${sumOfCents('p.amount_cents')} < 0
       OR (${sumOfCents('p.amount_cents')} > 0 AND a.status <> 'WRITTEN_OFF'
         AND NOT EXISTS (${SETTLEMENT} AND (c.closed_at IS NULL OR c.status = 'ABORTED')))`,
  ),
  byQuery(
    'collections-told',
    'An account is with collections exactly while the newest line that they were told says so',
    `SELECT a.account_number AS account FROM account a JOIN collections_line l ON l.account_id = a.id
     WHERE l.id = (SELECT MAX(n.id) FROM collections_line n WHERE n.account_id = a.id)
       AND (l.kind IN ('HANDED_OVER', 'CHANGED')) <> (a.status = 'COLLECTIONS')`,
  ),
  byQuery(
    'money-file-sums',
    'The lines of a file for collections or the state are as many and sum up as it says',
    `SELECT f.id AS file FROM money_file f LEFT JOIN (
       SELECT l.money_file_id fileId, l.balance_cents cents FROM collections_line l
       UNION ALL SELECT r.money_file_id, r.amount_cents FROM refund r) x ON x.fileId = f.id
     GROUP BY f.id, f.line_count, f.total_cents HAVING COUNT(x.cents) <> f.line_count
       OR ${sumOfCents('x.cents')} <> f.total_cents`,
  ),
  byQuery(
    'refund-result-posted',
    'What became of a refund was posted with its amount, and nothing of one of which nothing is known',
    `SELECT r.refund_number AS refund FROM refund r
       LEFT JOIN journal_entry e ON e.entry_key = CONCAT('refund-result/', r.refund_number)
         AND e.kind = (CASE r.outcome WHEN 'PAID_OUT' THEN 'REFUND_PAID' ELSE CONCAT('REFUND_', r.outcome) END)
       LEFT JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'REFUNDS_PAYABLE'
     GROUP BY r.id, r.refund_number, r.outcome, r.amount_cents
     HAVING ${sumOfCents('p.amount_cents')} <> (CASE WHEN r.outcome IS NULL THEN 0 ELSE r.amount_cents END)`,
  ),
  byQuery(
    'payment-reversed',
    'A payment that came back was reversed with its amount, and none that did not',
    `SELECT y.receipt_number AS receipt FROM payment y
       LEFT JOIN journal_entry e ON e.entry_key = CONCAT('payment/', y.receipt_number, '/reversed')
       LEFT JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'CASH_CLEARING'
     GROUP BY y.id, y.receipt_number, y.reversed_on, y.amount_cents
     HAVING ${sumOfCents('p.amount_cents')} <> (CASE WHEN y.reversed_on IS NULL THEN 0 ELSE -y.amount_cents END)`,
  ),
];
