/** An amendment with what it refers to, of these status and decision; the task is that of a final bill. */
const anAmendment = (status: string, decision: string): string[] => [
  "INSERT INTO incident (step, code, cause, status, opened_at) VALUES ('draftFinalBill', 'RATE_MISSING', 'x', 'OPEN', NOW())",
  `INSERT INTO case_command (id, case_id, kind, actor_id, data, status, created_at)
   VALUES ('cmd_1', 'moveout-1', 'AMEND', 1, '{}', 'APPLIED', NOW())`,
  `INSERT INTO amendment (incident_id, command_id, task_id, kind, content, content_hash, proposed_by, proposed_at, status, decision_id)
   SELECT i.id, 'cmd_1', t.id, 'RATES', '{}', REPEAT('f', 64), 1, NOW(), ${status}, ${decision}
   FROM incident i, human_task t WHERE t.type = 'APPROVE_FINAL_BILL' LIMIT 1`,
];

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
  'one-landlord': [
    `INSERT INTO landlord_agreement (customer_id, location_id, start_on, end_on)
     SELECT customer_id, location_id, '2019-01-01', '2020-06-01' FROM landlord_agreement`,
  ],
  'reads-run-forward': ['UPDATE meter_read SET value = 999999 WHERE id = 1'],
  'meter-where-installed': ["UPDATE meter_installation SET removed_on = '2999-01-01' WHERE removed_on IS NULL"],
  'installation-reads': [
    `UPDATE meter_installation i SET install_read_id = (SELECT MIN(r.id) FROM meter_read r WHERE r.meter_id = i.meter_id)`,
    'UPDATE meter_read SET superseded_by_id = id WHERE id IN (SELECT install_read_id FROM meter_installation)',
  ],
  'usage-adds-up': [
    `UPDATE service_agreement g JOIN service_agreement p ON p.id = g.follows_id SET g.start_read_id = p.start_read_id
     WHERE g.start_read_id = p.stop_read_id`,
  ],
  'shut-off-confirmed': ["UPDATE vacancy_line SET status = 'SHUT_OFF'"],
  'active-is-billable': ["UPDATE account SET bill_cycle = NULL WHERE status = 'ACTIVE'"],
  'search-name': ["UPDATE customer SET search_name = 'somebody else'"],
  'cosigner-is-another': [
    `INSERT INTO account_cosigner (account_id, customer_id, added_by, added_at)
     SELECT id, customer_id, 1, NOW(3) FROM account LIMIT 1`,
  ],
  'merged-contact-empty': [
    "INSERT INTO master_contact (kind, display_name, created_by, created_at) VALUES ('PERSON', 'x', 1, NOW(3))",
    'UPDATE master_contact SET merged_into_id = id',
  ],
  'one-final-bill': [
    'ALTER TABLE bill DROP INDEX bill_one_final',
    `INSERT INTO bill (bill_number, account_id, kind, status, bill_revision_id, period_from, period_through, total_cents, posted_on, due_on)
     SELECT 'B-TWICE', account_id, kind, status, bill_revision_id, period_from, period_through, total_cents, posted_on, due_on FROM bill`,
  ],
  'bill-sums': ['UPDATE bill_line SET amount_cents = amount_cents + 1 WHERE line_no = 1'],
  'bill-recomputes': ["UPDATE bill_revision SET facts = REPLACE(facts, '4400', '4401')"],
  'entries-balance': ["UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'REVENUE'"],
  'entries-of-one-customer': [
    "UPDATE posting SET account_id = (SELECT MAX(id) FROM account) WHERE ledger_account = 'REVENUE'",
  ],
  'all-money-conserved': [
    `INSERT INTO posting (entry_id, ledger_account, account_id, amount_cents)
     SELECT 999999, 'REVENUE', account_id, 1 FROM posting LIMIT 1`,
  ],
  'deposits-held': ['UPDATE deposit SET amount_cents = amount_cents + 1'],
  'deposit-asked-once': ['UPDATE deposit_request SET amount_cents = amount_cents + 1'],
  'closed-account-empty': ["UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'RECEIVABLE'"],
  'bill-posted': ['UPDATE bill SET total_cents = total_cents + 1'],
  'bill-corrected': ["UPDATE bill SET status = 'CANCELED' WHERE kind = 'FINAL'"],
  'bill-reversed': [
    `INSERT INTO bill (bill_number, account_id, kind, status, period_from, period_through, total_cents, posted_on, due_on)
     SELECT 'B-GONE', account_id, 'REGULAR', 'CANCELED', period_from, period_through, 0, posted_on, due_on FROM bill LIMIT 1`,
  ],
  'bills-run-forward': ["UPDATE service_agreement SET last_billed_through = '2020-01-01' WHERE status = 'CLOSED'"],
  'no-money-stranded': [
    "UPDATE account SET status = 'FINAL_BILLED' WHERE status = 'CLOSED'",
    "UPDATE posting SET amount_cents = amount_cents + 1 WHERE ledger_account = 'RECEIVABLE'",
  ],
  'write-off-posted': [
    `INSERT INTO write_off (account_id, case_id, amount_cents, status, reason, requested_by, requested_on, approved_by, decision_id)
     SELECT c.account_id, c.case_id, 100, 'WRITTEN_OFF', 'x', 1, NOW(), d.actor_id, d.id FROM cases c
       JOIN decision d ON d.is_approval = 1 WHERE c.type = 'SETTLEMENT' LIMIT 1`,
  ],
  'write-off-approved': [
    `INSERT INTO write_off (account_id, case_id, amount_cents, status, reason, requested_by, requested_on, approved_by, decision_id)
     SELECT c.account_id, c.case_id, 100, 'WRITTEN_OFF', 'x', 1, NOW(), d.actor_id, d.id FROM cases c
       JOIN decision d ON d.is_approval = 1 WHERE c.type = 'SETTLEMENT' LIMIT 1`,
  ],
  'written-off-remembered': [
    "UPDATE journal_entry SET kind = 'WRITE_OFF' WHERE entry_key LIKE 'refund/%'",
    "UPDATE posting SET ledger_account = 'WRITE_OFF' WHERE ledger_account = 'REFUNDS_PAYABLE'",
  ],
  'collections-told': [
    `INSERT INTO collections_line (account_id, case_id, kind, balance_cents, told_on, told_by)
     SELECT account_id, case_id, 'HANDED_OVER', 100, NOW(), 1 FROM cases WHERE type = 'SETTLEMENT' LIMIT 1`,
  ],
  'money-file-sums': [
    `INSERT INTO money_file (kind, made_on, line_count, total_cents, content, created_by, created_at)
     VALUES ('COLLECTIONS', NOW(), 1, 100, '[]', 1, NOW())`,
  ],
  'refund-result-posted': ["UPDATE refund SET outcome = 'PAID_OUT', outcome_on = NOW() WHERE status = 'ISSUED'"],
  'payment-reversed': ['UPDATE payment SET reversed_on = NOW(), reversed_by = 1'],
  'refund-posted': ["UPDATE refund SET amount_cents = amount_cents + 1 WHERE status = 'ISSUED'"],
  'payment-posted': ['UPDATE payment SET amount_cents = amount_cents + 1'],
  'bill-approved': ["UPDATE decision SET subject_hash = REPEAT('f', 64) WHERE is_approval = 1"],
  'refund-approved': [
    "UPDATE decision SET status = 'VOID' WHERE task_id IN (SELECT id FROM human_task WHERE type = 'APPROVE_REFUND')",
  ],
  'refund-approved-twice': ["UPDATE refund SET second_above_cents = 1 WHERE status = 'ISSUED'"],
  'policy-approved': ["UPDATE decision SET limit_from = 'POLICY' WHERE is_approval = 1"],
  'set-up-approved': ['UPDATE onboarding SET decision_id = NULL'],
  'four-eyes': [
    'ALTER TABLE decision DROP CONSTRAINT decision_four_eyes',
    'ALTER TABLE decision DROP FOREIGN KEY decision_approver',
    'UPDATE decision SET actor_id = started_by WHERE is_approval = 1',
  ],
  'parts-in-tasks': ["DELETE FROM task_part WHERE part = 'STARTER'"],
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
  'awaited-read-has-order': [
    "UPDATE cases SET status = 'OPEN', closed_at = NULL, step = 'AWAITING_READ', waiting_on = 'FIELD' WHERE type = 'MOVE_OUT'",
  ],
  'open-order-open-case': ["UPDATE service_order SET status = 'SCHEDULED'"],
  'gating-order-has-start': ["UPDATE service_order SET status = 'SCHEDULED', gating = 1, type = 'TURN_ON'"],
  'shutting-off-has-order': ["UPDATE vacancy_line SET status = 'SHUTTING_OFF'"],
  'events-contiguous': ['DELETE FROM case_event WHERE seq = 2'],
  'incident-and-case': ["UPDATE cases SET status = 'INCIDENT', closed_at = NULL WHERE type = 'SETTLEMENT'"],
  'incident-resolved': [
    "INSERT INTO incident (step, code, cause, status, opened_at) VALUES ('openVacancy', 'UNEXPECTED', 'x', 'RESOLVED', NOW())",
  ],
  'aborted-undone': ["UPDATE cases SET status = 'ABORTED' WHERE type = 'ONBOARD'"],
  'amendment-approved': [
    ...anAmendment("'PROPOSED'", 'NULL'),
    "UPDATE human_task SET status = 'COMPLETED' WHERE type = 'APPROVE_FINAL_BILL'",
  ],
  'steps-have-results': ['UPDATE activity_result SET result = NULL'],
  'feed-row-taken': [
    `INSERT INTO feed_chunk (id, kind, content, status, taken, unchanged, created_by, created_at)
     VALUES ('field-1', 'READS', '[]', 'APPLIED', 1, 0, 1, NOW())`,
    "INSERT INTO feed_row (kind, source_id, content_hash, chunk_id) VALUES ('READS', 'S-1', 'x', 'field-1')",
  ],
  'feed-chunk-counts': [
    `INSERT INTO feed_chunk (id, kind, content, status, taken, unchanged, created_by, created_at)
     VALUES ('field-1', 'READS', '[]', 'APPLIED', 1, 0, 1, NOW())`,
  ],
  'changes-contiguous': ['DELETE FROM feed_change WHERE seq = 2'],
  'refund-file-sums': [
    `INSERT INTO refund_file (made_on, refund_count, total_cents, content, created_by, created_at)
     VALUES ('2026-01-01', 1, 1, '[]', 1, NOW())`,
    "UPDATE refund SET refund_file_id = 1 WHERE status = 'ISSUED'",
  ],
  'issued-refunds-in-files': ["UPDATE refund SET refund_file_id = 1, status = 'REQUESTED'"],
  'audit-chain': ["UPDATE audit_log SET data = '{}' WHERE seq = 3"],
  'numbers-not-twice': ["UPDATE number_counter SET next_value = 1 WHERE name = 'bill'"],
};

/** More ways to break one, each a condition of its own that the first planting does not reach. */
export const MORE_PLANTINGS: [name: string, how: string, statements: string[]][] = [
  [
    'refund-approved-twice',
    'both approvals are of one person',
    [
      'ALTER TABLE refund DROP CONSTRAINT refund_two_decisions',
      "UPDATE refund SET first_decision_id = decision_id WHERE status = 'ISSUED'",
    ],
  ],
  ...(
    [
      ['above the amount that was noted', '{"maxTotalCents": 1, "samplePercent": "0"}'],
      ['in the sample that was noted', '{"maxTotalCents": 999999, "samplePercent": "100"}'],
      ['nothing was noted', '{}'],
    ] as const
  ).map(([how, data]): [string, string, string[]] => [
    'policy-approved',
    how,
    [
      'ALTER TABLE decision DROP CONSTRAINT decision_four_eyes',
      'UPDATE bill_revision SET revision = revision - 1 ORDER BY revision',
      `UPDATE decision d JOIN bill_revision r ON r.decision_id = d.id SET d.actor_id = 1, d.limit_from = 'POLICY', d.data = '${data}'`,
    ],
  ]),
  [
    'no-broken-chain',
    'follows one of another point',
    [
      `UPDATE service_agreement f JOIN service_agreement p ON p.id = f.follows_id
       SET f.service_point_id = f.service_point_id + 100`,
    ],
  ],
  [
    'written-off-remembered',
    'a debt is left of an account that is closed',
    [
      "UPDATE journal_entry SET kind = 'WRITE_OFF' WHERE entry_key LIKE 'refund/%'",
      "UPDATE posting SET ledger_account = 'WRITE_OFF', amount_cents = -amount_cents WHERE ledger_account = 'REFUNDS_PAYABLE'",
    ],
  ],
  [
    'collections-told',
    'an account is with collections that were told they have it no more',
    [
      `INSERT INTO collections_line (account_id, case_id, kind, balance_cents, told_on, told_by)
       SELECT account_id, case_id, 'PAID', 0, NOW(), 1 FROM cases WHERE type = 'SETTLEMENT' LIMIT 1`,
      "UPDATE account SET status = 'COLLECTIONS' WHERE status = 'CLOSED'",
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
    'bill-corrected',
    'the difference is another, and its case is none',
    [
      `INSERT INTO bill (bill_number, account_id, kind, status, bill_revision_id, period_from, period_through, total_cents, posted_on, due_on)
       SELECT 'B-WRONG', account_id, kind, 'CANCELED', bill_revision_id, period_from, period_through, total_cents, posted_on, due_on FROM bill`,
      `INSERT INTO bill_correction (canceled_bill_id, replacement_bill_id, case_id, reason, requested_by, approved_by, decision_id, difference_cents, corrected_on)
       SELECT w.id, b.id, r.case_id, 'x', 1, d.actor_id, d.id, 1, NOW() FROM bill w JOIN bill b ON b.status = 'POSTED'
         JOIN bill_revision r ON r.id = b.bill_revision_id JOIN decision d ON d.id = r.decision_id WHERE w.bill_number = 'B-WRONG'`,
    ],
  ],
  [
    'finished-case-has-records',
    'a set-up whose account never began',
    ["UPDATE account SET status = 'CANCELED' WHERE status = 'ACTIVE' AND role = 'TENANT'"],
  ],
  [
    'amendment-approved',
    'something else was approved',
    anAmendment("'APPLIED'", '(SELECT MAX(id) FROM decision WHERE is_approval = 1)'),
  ],
  [
    'incident-and-case',
    'goes on with an open incident',
    [
      `INSERT INTO incident (case_id, step, code, cause, status, opened_at)
       SELECT case_id, 'openVacancy', 'UNEXPECTED', 'x', 'OPEN', NOW() FROM cases LIMIT 1`,
    ],
  ],
  [
    'incident-resolved',
    'aborted by nobody',
    [
      `INSERT INTO incident (step, code, cause, status, opened_at, resolved_at, resolved_by, resolution)
       VALUES ('openVacancy', 'UNEXPECTED', 'x', 'RESOLVED', NOW(), NOW(), 1, 'ABORT')`,
    ],
  ],
  [
    'aborted-undone',
    'a request for a refund is left',
    ["UPDATE refund SET status = 'REQUESTED'", "UPDATE cases SET status = 'ABORTED' WHERE type = 'SETTLEMENT'"],
  ],
  [
    'pending-account-has-set-up',
    'an aborted set-up left its account',
    ["UPDATE cases SET status = 'ABORTED' WHERE type = 'ONBOARD'"],
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
  [
    'set-up-approved',
    'another start was approved',
    ["UPDATE human_task SET subject = JSON_SET(subject, '$.startOn', '2020-01-01') WHERE type = 'APPROVE_SETUP'"],
  ],
  [
    'four-eyes',
    'an author approved',
    ['UPDATE human_task SET excluded_user_ids = JSON_ARRAY(1, 2, 3, 4, 5, 6, 7, 8, 9)'],
  ],
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
  [
    'bills-run-forward',
    'two periodic bills of the same days',
    [
      ...['B-1', 'B-2'].map(
        (
          number,
        ) => `INSERT INTO bill (bill_number, account_id, kind, status, period_from, period_through, total_cents, posted_on, due_on)
          SELECT '${number}', account_id, 'REGULAR', status, period_from, period_through, 0, posted_on, due_on FROM bill WHERE kind = 'FINAL'`,
      ),
      `INSERT INTO bill_line (bill_id, line_no, service_agreement_id, kind, code, name, amount_cents, steps)
        SELECT b.id, g.id, g.id, 'SERVICE', 'SERVICE', 'x', 0, '[]' FROM bill b JOIN service_agreement g ON g.account_id = b.account_id
        WHERE b.kind = 'REGULAR'`,
    ],
  ],
  ['bill-posted', 'without its entry', ["UPDATE journal_entry SET entry_key = 'other' WHERE entry_key LIKE 'bill/%'"]],
  [
    'feed-row-taken',
    'the chunk was refused',
    [
      `INSERT INTO feed_chunk (id, kind, content, status, bad_rows, created_by, created_at)
       VALUES ('field-1', 'READS', '[]', 'REFUSED', '[]', 1, NOW())`,
      "INSERT INTO feed_row (kind, source_id, content_hash, chunk_id, record_id) VALUES ('READS', 'S-1', 'x', 'field-1', 1)",
    ],
  ],
  ['changes-contiguous', 'begins later', ['UPDATE feed_change SET seq = seq + 1 ORDER BY seq DESC']],
  ['audit-chain', 'the last line is gone', ['DELETE FROM audit_log ORDER BY seq DESC LIMIT 1']],
  ['audit-chain', 'a line in the middle is gone', ['DELETE FROM audit_log WHERE seq = 3']],
];
