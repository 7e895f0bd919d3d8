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
  'active-is-billable': ["UPDATE account SET bill_cycle = NULL WHERE status = 'ACTIVE'"],
  'one-final-bill': [
    'ALTER TABLE bill DROP INDEX bill_one_final',
    `INSERT INTO bill (bill_number, account_id, kind, status, bill_revision_id, period_from, period_through, total_cents, posted_on, due_on)
     SELECT 'B-TWICE', account_id, kind, status, bill_revision_id, period_from, period_through, total_cents, posted_on, due_on FROM bill`,
  ],
  'bill-sums': ['UPDATE bill_line SET amount_cents = amount_cents + 1 WHERE line_no = 1'],
  'bill-recomputes': ["UPDATE bill_revision SET facts = REPLACE(facts, '4400', '4401')"],
  'entries-balance': ["UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'REVENUE'"],
  'all-money-conserved': [
    `INSERT INTO posting (entry_id, ledger_account, account_id, amount_cents)
     SELECT 999999, 'REVENUE', account_id, 1 FROM posting LIMIT 1`,
  ],
  'deposits-held': ['UPDATE deposit SET amount_cents = amount_cents + 1'],
  'deposit-asked-once': ['UPDATE deposit_request SET amount_cents = amount_cents + 1'],
  'closed-account-empty': ["UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'RECEIVABLE'"],
  'refund-posted': ["UPDATE refund SET amount_cents = amount_cents + 1 WHERE status = 'ISSUED'"],
  'payment-posted': ['UPDATE payment SET amount_cents = amount_cents + 1'],
  'bill-approved': ["UPDATE decision SET subject_hash = REPEAT('f', 64) WHERE is_approval = 1"],
  'refund-approved': [
    "UPDATE decision SET status = 'VOID' WHERE task_id IN (SELECT id FROM human_task WHERE type = 'APPROVE_REFUND')",
  ],
  'set-up-approved': ['UPDATE onboarding SET decision_id = NULL'],
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
  'pending-account-has-set-up': [
    "UPDATE account SET status = 'PENDING_START' WHERE status = 'ACTIVE' AND role = 'TENANT'",
  ],
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

/** More ways to break one, each a condition of its own that the first planting does not reach. */
export const MORE_PLANTINGS: [name: string, how: string, statements: string[]][] = [
  [
    'no-broken-chain',
    'follows one of another point',
    [
      `UPDATE service_agreement f JOIN service_agreement p ON p.id = f.follows_id
       SET f.service_point_id = f.service_point_id + 100`,
    ],
  ],
  [
    'closed-account-empty',
    'only a case of another kind is open',
    [
      "UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'RECEIVABLE'",
      "UPDATE cases SET status = 'OPEN', closed_at = NULL WHERE type = 'MOVE_OUT'",
    ],
  ],
  ['bill-recomputes', 'another hash', ["UPDATE bill_revision SET content_hash = REPEAT('f', 64)"]],
  [
    'bill-approved',
    'the draft is not approved',
    ["UPDATE bill_revision SET status = 'DRAFT' WHERE status = 'APPROVED'"],
  ],
  [
    'bill-approved',
    'the decision was never carried out',
    ["UPDATE decision SET status = 'RECORDED' WHERE is_approval = 1"],
  ],
  [
    'four-eyes',
    'approved by whoever drafted the revision',
    ['UPDATE bill_revision r JOIN decision d ON d.id = r.decision_id SET r.drafted_by = d.actor_id'],
  ],
  [
    'four-eyes',
    'approved by whoever drafted what the task shows',
    ['UPDATE human_task t JOIN decision d ON d.task_id = t.id SET t.drafted_by = d.actor_id WHERE d.is_approval = 1'],
  ],
  [
    'four-eyes',
    'approved by whoever asked for the refund',
    ['UPDATE refund r JOIN decision d ON d.id = r.decision_id SET r.requested_by = d.actor_id'],
  ],
  [
    'entries-balance',
    'one posting alone',
    ["DELETE p FROM posting p JOIN journal_entry e ON e.id = p.entry_id WHERE e.kind = 'DEPOSIT_RECEIVED'"],
  ],
  [
    'deposits-held',
    'more given back than received',
    ["UPDATE posting SET amount_cents = 1 WHERE ledger_account = 'DEPOSITS_HELD'"],
  ],
  [
    'refund-posted',
    'without its entry',
    ["UPDATE journal_entry SET entry_key = 'other' WHERE entry_key LIKE 'refund/%'"],
  ],
  [
    'finished-case-has-records',
    'the final bill is not in force',
    ["UPDATE bill SET status = 'CANCELED' WHERE kind = 'FINAL'"],
  ],
  [
    'finished-case-has-records',
    'a set-up whose account never began',
    ["UPDATE account SET status = 'CANCELED' WHERE status = 'ACTIVE' AND role = 'TENANT'"],
  ],
  [
    'pending-account-has-set-up',
    'a canceled set-up left its account',
    ["UPDATE cases SET status = 'CANCELED' WHERE type = 'ONBOARD'"],
  ],
  [
    'active-is-billable',
    'no read to begin with',
    ["UPDATE service_agreement SET start_read_id = NULL WHERE status = 'ACTIVE'"],
  ],
  ['active-is-billable', 'no prices', ['DELETE FROM rate_version']],
  ['set-up-approved', 'another form was approved', ["UPDATE draft_revision SET content_hash = REPEAT('f', 64)"]],
  ['deposit-asked-once', 'received, not paid', ["UPDATE deposit_request SET status = 'CANCELED'"]],
  ['finished-case-has-records', 'no settlement', ['UPDATE move_out SET settlement_case_id = NULL']],
  ['finished-case-has-records', 'no payment', ['DELETE FROM payment']],
  [
    'finished-case-has-records',
    'settled but not closed',
    ["UPDATE account SET status = 'FINAL_BILLED' WHERE status = 'CLOSED'"],
  ],
  [
    'no-records-without-case',
    'a canceled move-out that lost sight of its bill',
    ['UPDATE move_out SET final_bill_id = NULL', "UPDATE cases SET status = 'CANCELED' WHERE type = 'MOVE_OUT'"],
  ],
  ['events-contiguous', 'begins with another event', ["UPDATE case_event SET kind = 'OTHER' WHERE seq = 1"]],
  ['events-contiguous', 'stands elsewhere', ["UPDATE cases SET step = 'REQUESTED' WHERE type = 'MOVE_OUT'"]],
  ['audit-chain', 'the last line is gone', ['DELETE FROM audit_log ORDER BY seq DESC LIMIT 1']],
  ['audit-chain', 'a line in the middle is gone', ['DELETE FROM audit_log WHERE seq = 3']],
];
