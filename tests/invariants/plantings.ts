/** For each invariant, the statements that break it: first what prevents it is dropped, then the row is spoilt. */
export const PLANTINGS: Record<string, string[]> = {
  'one-holder': [
    'ALTER TABLE service_agreement DROP INDEX service_agreement_holder',
    "UPDATE service_agreement SET status = 'ACTIVE' WHERE status = 'CLOSED'",
  ],
  'no-overlap': ["UPDATE service_agreement SET end_on = '2999-01-01' WHERE status = 'CLOSED'"],
  'no-fork': [
    'ALTER TABLE service_agreement DROP INDEX service_agreement_chain',
    'UPDATE service_agreement SET follows_id = NULL',
  ],
  'no-broken-chain': [
    'ALTER TABLE service_agreement DROP INDEX service_agreement_chain',
    "UPDATE service_agreement SET status = 'CANCELED' WHERE status = 'CLOSED'",
  ],
  'shared-handover-read': [
    "UPDATE service_agreement SET start_read_id = 1 WHERE status = 'ACTIVE' AND start_read_id IS NOT NULL",
  ],
  'reads-run-forward': ['UPDATE meter_read SET value = 999999 WHERE id = 1'],
  'one-final-bill': [
    'ALTER TABLE bill DROP INDEX bill_one_final',
    `INSERT INTO bill (bill_number, account_id, kind, status, bill_revision_id, period_from, period_through, total_cents, posted_on, due_on)
     SELECT 'B-TWICE', account_id, kind, status, bill_revision_id, period_from, period_through, total_cents, posted_on, due_on FROM bill`,
  ],
  'bill-sums': ['UPDATE bill_line SET amount_cents = amount_cents + 1 WHERE line_no = 1'],
  'bill-recomputes': ["UPDATE bill_revision SET facts = REPLACE(facts, '4400', '4401')"],
  'entries-balance': ["UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'REVENUE'"],
  'deposits-held': ['UPDATE deposit SET amount_cents = amount_cents + 1'],
  'closed-account-empty': ["UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'RECEIVABLE'"],
  'refund-posted': ["UPDATE refund SET amount_cents = amount_cents + 1 WHERE status = 'ISSUED'"],
  'payment-posted': ['UPDATE payment SET amount_cents = amount_cents + 1'],
  'bill-approved': ["UPDATE decision SET subject_hash = REPEAT('f', 64) WHERE is_approval = 1"],
  'refund-approved': [
    "UPDATE decision SET status = 'VOID' WHERE task_id IN (SELECT id FROM human_task WHERE type = 'APPROVE_REFUND')",
  ],
  'four-eyes': [
    'ALTER TABLE decision DROP CONSTRAINT decision_four_eyes',
    'UPDATE decision SET actor_id = started_by WHERE is_approval = 1',
  ],
  'closed-task-decided': ["UPDATE human_task SET decision_id = NULL WHERE status = 'COMPLETED'"],
  'one-open-case': [
    'ALTER TABLE cases DROP INDEX cases_open_key',
    "UPDATE cases SET status = 'OPEN', closed_at = NULL, occurrence_key = 'THE:SAME'",
  ],
  'finished-case-has-records': ['UPDATE move_out SET final_bill_id = NULL'],
  'no-records-without-case': ["UPDATE cases SET status = 'CANCELED' WHERE type = 'MOVE_OUT'"],
  'open-task-open-case': ["UPDATE human_task SET status = 'OPEN', closed_at = NULL"],
  'waiting-case-has-task': [
    "UPDATE cases SET status = 'OPEN', closed_at = NULL, waiting_on = 'SUPERVISOR' WHERE type = 'SETTLEMENT'",
  ],
  'open-order-open-case': ["UPDATE service_order SET status = 'SCHEDULED'"],
  'events-contiguous': ['DELETE FROM case_event WHERE seq = 2'],
  'steps-have-results': ['UPDATE activity_result SET result = NULL'],
  'audit-chain': ["UPDATE audit_log SET data = '{}' WHERE seq = 3"],
  'numbers-not-twice': ["UPDATE number_counter SET next_value = 1 WHERE name = 'bill'"],
};
