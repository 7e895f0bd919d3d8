import { priceFinalBill, type FinalBillFacts } from '../../domain/billing/price-final-bill';
import { canonicalJson, sha256 } from '../../db/canonical';
import type { RevisionContent } from '../../db/records/revision-content';
import { sumOfCents } from '../../db/sums';
import { byQuery, type Invariant } from './invariant';

/** Bills say what was worked out, and no cent comes or goes. */
export const money: Invariant[] = [
  byQuery(
    'one-final-bill',
    'An account has at most one final bill in force',
    `SELECT account_id AS account FROM bill WHERE kind = 'FINAL' AND status = 'POSTED' GROUP BY account_id HAVING COUNT(*) > 1`,
  ),
  byQuery(
    'bill-sums',
    'The lines of a bill sum to its total',
    `SELECT b.bill_number AS bill FROM bill b LEFT JOIN bill_line l ON l.bill_id = b.id
     GROUP BY b.id, b.bill_number, b.total_cents HAVING ${sumOfCents('l.amount_cents')} <> b.total_cents`,
  ),
  {
    name: 'bill-recomputes',
    says: 'Each revision has the hash of its content, and its stored facts give the same bill again',
    find: async (db) => {
      const broken: string[] = [];
      for (const { id, facts, content, contentHash, totalCents } of await db.BillRevision.findAll()) {
        const { bill } = JSON.parse(content) as RevisionContent;
        const again = priceFinalBill(JSON.parse(facts) as FinalBillFacts);
        const same = canonicalJson(again) === canonicalJson(bill) && again.totalCents === totalCents;
        if (!same || sha256(content) !== contentHash) broken.push(`revision ${id}`);
      }
      return broken;
    },
  },
  byQuery(
    'entries-balance',
    'Every journal entry has two postings or more, which sum to zero',
    `SELECT e.entry_key AS entry FROM journal_entry e LEFT JOIN posting p ON p.entry_id = e.id
     GROUP BY e.id, e.entry_key HAVING COUNT(p.id) < 2 OR ${sumOfCents('p.amount_cents')} <> 0`,
  ),
  byQuery(
    'all-money-conserved',
    'All postings sum to zero, those whose entry is gone too',
    `SELECT ${sumOfCents('amount_cents')} AS cents_over FROM posting HAVING cents_over <> 0`,
  ),
  byQuery(
    'entries-of-one-customer',
    'An entry is on its own account, a transfer on two of one customer',
    `SELECT e.entry_key AS entry FROM journal_entry e JOIN posting p ON p.entry_id = e.id JOIN account a ON a.id = p.account_id
     GROUP BY e.id, e.entry_key, e.kind, e.account_id HAVING COUNT(DISTINCT a.customer_id) <> 1 OR SUM(a.id = e.account_id) = 0
       OR COUNT(DISTINCT a.id) <> (CASE WHEN e.kind = 'TRANSFER' THEN 2 ELSE 1 END)`,
  ),
  byQuery(
    'deposits-held',
    'A deposit was received or moved here once in full, and what is held of it is never below zero',
    `SELECT d.id AS deposit FROM deposit d
       LEFT JOIN posting p ON p.deposit_id = d.id AND p.ledger_account = 'DEPOSITS_HELD'
       LEFT JOIN journal_entry e ON e.id = p.entry_id
     GROUP BY d.id, d.amount_cents
     HAVING ${sumOfCents('p.amount_cents')} > 0
       OR ${sumOfCents("CASE WHEN e.kind = 'DEPOSIT_RECEIVED' OR (e.kind = 'TRANSFER' AND p.amount_cents < 0) THEN -p.amount_cents END")} <> d.amount_cents`,
  ),
  byQuery(
    'deposit-asked-once',
    'A deposit that was asked for is paid when all of it was received, and never more',
    `SELECT q.id AS request FROM deposit_request q LEFT JOIN deposit d ON d.request_id = q.id
     GROUP BY q.id, q.status, q.amount_cents HAVING (q.status = 'PAID' AND ${sumOfCents('d.amount_cents')} <> q.amount_cents)
       OR (q.status <> 'PAID' AND ${sumOfCents('d.amount_cents')} >= q.amount_cents)`,
  ),
  byQuery(
    'closed-account-empty',
    'A closed or canceled account owes nothing and nothing is held of it, unless a settlement is open',
    `SELECT a.account_number AS account FROM account a JOIN posting p ON p.account_id = a.id
       AND p.ledger_account IN ('RECEIVABLE', 'DEPOSITS_HELD')
     WHERE a.status IN ('CLOSED', 'CANCELED') AND NOT EXISTS (SELECT 1 FROM cases c
       WHERE c.account_id = a.id AND c.type = 'SETTLEMENT' AND c.closed_at IS NULL)
     GROUP BY a.id, a.account_number, p.ledger_account HAVING ${sumOfCents('p.amount_cents')} <> 0`,
  ),
  byQuery(
    'bill-posted',
    'Each bill in force was posted with its total, one that corrects others together with them',
    `SELECT b.bill_number AS bill FROM bill b
       JOIN bill f ON f.id = b.id OR (b.kind = 'FINAL' AND f.kind = 'FINAL' AND f.account_id = b.account_id)
       LEFT JOIN journal_entry e ON e.entry_key = CONCAT('bill/', f.bill_number)
       LEFT JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'RECEIVABLE'
     WHERE b.status = 'POSTED' GROUP BY b.id, b.bill_number, b.total_cents
     HAVING ${sumOfCents('p.amount_cents')} <> b.total_cents`,
  ),
  byQuery(
    'bill-corrected',
    'A canceled final bill has the one that took its place, of the same account, asked for and approved by two people',
    `SELECT b.bill_number AS bill FROM bill b LEFT JOIN bill_correction x ON x.canceled_bill_id = b.id
       LEFT JOIN bill n ON n.id = x.replacement_bill_id LEFT JOIN bill_revision r ON r.id = n.bill_revision_id
       LEFT JOIN decision d ON d.id = x.decision_id LEFT JOIN cases c ON c.case_id = x.case_id
     WHERE (b.kind = 'FINAL' AND (b.status = 'CANCELED') <> (x.canceled_bill_id IS NOT NULL)) OR (x.canceled_bill_id IS NOT NULL
       AND (b.kind <> 'FINAL' OR n.kind <> 'FINAL' OR n.account_id <> b.account_id OR c.type <> 'CORRECTION' OR c.status <> 'COMPLETED'
         OR x.difference_cents <> n.total_cents - b.total_cents OR x.requested_by = x.approved_by OR c.started_by <> x.requested_by
         OR d.actor_id <> x.approved_by OR NOT (r.decision_id <=> x.decision_id) OR NOT (r.case_id <=> x.case_id)))`,
  ),
  byQuery(
    'bill-reversed',
    'A canceled periodic bill was reversed by a move-out that was not canceled, and what it and its reversals posted is nothing',
    `SELECT b.bill_number AS bill FROM bill b WHERE b.kind = 'REGULAR' AND (
       (b.status = 'CANCELED') <> EXISTS (SELECT 1 FROM bill_reversal x JOIN cases c ON c.case_id = x.case_id
         WHERE x.bill_id = b.id AND x.restored_on IS NULL AND c.type = 'MOVE_OUT')
       OR (SELECT ${sumOfCents('p.amount_cents')} FROM journal_entry e JOIN posting p ON p.entry_id = e.id
             AND p.ledger_account = 'RECEIVABLE'
           WHERE e.account_id = b.account_id AND (e.entry_key IN (CONCAT('bill/', b.bill_number), CONCAT('bill/', b.bill_number, '/reversed'))
             OR e.entry_key LIKE CONCAT('bill-restored/', b.bill_number, '/%')))
         <> (CASE WHEN b.status = 'POSTED' THEN b.total_cents ELSE 0 END))`,
  ),
  byQuery(
    'bills-run-forward',
    'The periodic bills of a service end later and later; it is billed through the last of its bills, or its own earlier end',
    `SELECT g.id AS agreement FROM service_agreement g JOIN (SELECT DISTINCT l.service_agreement_id, b.id, b.kind, b.period_through
         FROM bill_line l JOIN bill b ON b.id = l.bill_id WHERE b.status = 'POSTED') AS b ON b.service_agreement_id = g.id
     GROUP BY g.id, g.last_billed_through, g.end_on HAVING NOT (MAX(b.period_through) <=> g.last_billed_through
         OR (MAX(CASE WHEN b.kind = 'FINAL' THEN b.period_through END) = MAX(b.period_through) AND g.end_on < MAX(b.period_through)
           AND g.last_billed_through IN (g.end_on, DATE_SUB(g.end_on, INTERVAL 1 DAY))))
       OR COUNT(CASE WHEN b.kind = 'REGULAR' THEN 1 END) <> COUNT(DISTINCT CASE WHEN b.kind = 'REGULAR' THEN b.period_through END)`,
  ),
  byQuery(
    'refund-posted',
    'Each issued refund was posted with its amount',
    `SELECT r.refund_number AS refund FROM refund r
       LEFT JOIN journal_entry e ON e.entry_key = CONCAT('refund/', r.refund_number)
       LEFT JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'REFUNDS_PAYABLE'
     WHERE r.status = 'ISSUED' GROUP BY r.id, r.refund_number, r.amount_cents
     HAVING ${sumOfCents('p.amount_cents')} <> -r.amount_cents`,
  ),
  byQuery(
    'payment-posted',
    'Each payment was posted with its amount',
    `SELECT y.receipt_number AS receipt FROM payment y
       LEFT JOIN journal_entry e ON e.entry_key = CONCAT('payment/', y.receipt_number)
       LEFT JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'CASH_CLEARING'
     GROUP BY y.id, y.receipt_number, y.amount_cents HAVING ${sumOfCents('p.amount_cents')} <> y.amount_cents`,
  ),
];
