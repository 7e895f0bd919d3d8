import { byQuery, type Invariant } from './invariant';

/** Nothing gated took effect without the decision of a second person. */
export const approvals: Invariant[] = [
  byQuery(
    'bill-approved',
    'A final bill in force was approved, as it is, by a recorded decision',
    `SELECT b.bill_number AS bill FROM bill b JOIN bill_revision r ON r.id = b.bill_revision_id
       LEFT JOIN decision d ON d.id = r.decision_id
     WHERE b.kind = 'FINAL' AND b.status = 'POSTED' AND (r.status <> 'APPROVED' OR d.id IS NULL OR d.status <> 'APPLIED' OR d.is_approval = 0
       OR NOT (d.subject_hash <=> r.content_hash))`,
  ),
  byQuery(
    'refund-approved',
    'An issued refund was approved by a recorded decision on its amount',
    `SELECT r.refund_number AS refund FROM refund r LEFT JOIN decision d ON d.id = r.decision_id
       LEFT JOIN human_task t ON t.id = d.task_id
     WHERE r.status = 'ISSUED' AND (d.id IS NULL OR d.status <> 'APPLIED' OR d.is_approval = 0
       OR t.amount_cents <> r.amount_cents)`,
  ),
  byQuery(
    'write-off-approved',
    'A debt was written off by a recorded decision on its amount, of somebody who had not asked for it',
    `SELECT w.id AS write_off FROM write_off w LEFT JOIN decision d ON d.id = w.decision_id
       LEFT JOIN human_task t ON t.id = d.task_id
     WHERE w.status = 'WRITTEN_OFF' AND (d.id IS NULL OR d.status <> 'APPLIED' OR d.is_approval = 0
       OR d.actor_id <> w.approved_by OR w.requested_by = w.approved_by OR NOT (t.amount_cents <=> w.amount_cents))`,
  ),
  byQuery(
    'refund-approved-twice',
    'A refund above the amount that was set then was approved by two people, neither of whom asked for it or started it',
    `SELECT r.refund_number AS refund FROM refund r JOIN cases c ON c.case_id = r.case_id
       LEFT JOIN decision a ON a.id = r.first_decision_id LEFT JOIN human_task s ON s.id = a.task_id
       LEFT JOIN decision b ON b.id = r.decision_id LEFT JOIN human_task t ON t.id = b.task_id
     WHERE r.status = 'ISSUED' AND (r.first_decision_id IS NOT NULL OR r.amount_cents > r.second_above_cents)
       AND (a.id IS NULL OR a.status <> 'APPLIED' OR a.is_approval = 0 OR b.status <> 'APPLIED' OR b.is_approval = 0
       OR a.actor_id = b.actor_id OR s.amount_cents <> r.amount_cents OR t.amount_cents <> r.amount_cents
       OR a.subject_hash <> b.subject_hash OR s.case_id <> r.case_id OR t.case_id <> r.case_id
       OR a.actor_id IN (c.started_by, r.requested_by, COALESCE(s.drafted_by, 0))
       OR b.actor_id IN (c.started_by, r.requested_by, COALESCE(t.drafted_by, 0)))`,
  ),
  byQuery(
    'policy-approved',
    'The system itself approved only first drafts of final bills, within the amount and outside the sample that it noted',
    `SELECT d.id AS decision FROM decision d JOIN human_task t ON t.id = d.task_id
       LEFT JOIN bill_revision r ON r.decision_id = d.id
     WHERE (d.actor_id = 1 OR d.limit_from = 'POLICY') AND (d.actor_id <> 1 OR NOT (d.limit_from <=> 'POLICY')
       OR t.type <> 'APPROVE_FINAL_BILL' OR r.id IS NULL OR r.revision <> 1 OR r.estimated = 1
       OR ABS(r.total_cents) > COALESCE(CAST(JSON_EXTRACT(d.data, '$.maxTotalCents') AS SIGNED), -1)
       OR CAST(CONV(LEFT(r.content_hash, 13), 16, 10) AS UNSIGNED) % 10000 <
         100 * COALESCE(CAST(JSON_UNQUOTE(JSON_EXTRACT(d.data, '$.samplePercent')) AS DECIMAL(5, 2)), 100))`,
  ),
  byQuery(
    'set-up-approved',
    'A set-up that policy wanted seen went on only with the approval of what was saved and of the start that was shown',
    `SELECT o.case_id AS set_up FROM onboarding o JOIN account a ON a.id = o.account_id JOIN cases c ON c.case_id = o.case_id
       JOIN draft_revision f ON f.draft_id = c.draft_id AND f.revision = c.draft_revision
       LEFT JOIN decision d ON d.id = o.decision_id LEFT JOIN human_task t ON t.id = d.task_id
     WHERE JSON_LENGTH(o.approval_reasons) > 0 AND a.status NOT IN ('PENDING_APPROVAL', 'CANCELED')
       AND (d.id IS NULL OR d.status <> 'APPLIED' OR d.is_approval = 0 OR NOT (d.subject_hash <=>
         SHA2(CONCAT(f.content_hash, ' ', JSON_UNQUOTE(JSON_EXTRACT(t.subject, '$.startOn'))), 256)))`,
  ),
  byQuery(
    'amendment-approved',
    'An amendment took effect only as it was shown to a second person, who approved it; a pending one has its open task',
    `SELECT m.id AS amendment FROM amendment m JOIN human_task t ON t.id = m.task_id LEFT JOIN decision d ON d.id = m.decision_id
     WHERE (m.status = 'APPLIED' AND (d.status <> 'APPLIED' OR d.is_approval = 0 OR NOT (d.subject_hash <=> m.content_hash)
         OR d.actor_id = m.proposed_by OR d.task_id <> t.id))
       OR (m.status = 'PROPOSED') <> (t.status = 'OPEN')`,
  ),
  byQuery(
    'four-eyes',
    'Nobody approved what they drafted, asked for, started or had a hand in',
    `SELECT d.id AS decision FROM decision d JOIN human_task t ON t.id = d.task_id JOIN cases c ON c.case_id = t.case_id
       LEFT JOIN bill_revision r ON r.decision_id = d.id LEFT JOIN refund f ON d.id IN (f.decision_id, f.first_decision_id)
     WHERE d.is_approval = 1 AND d.status = 'APPLIED' AND (d.actor_id IN
       (c.started_by, COALESCE(t.drafted_by, 0), COALESCE(r.drafted_by, 0), COALESCE(f.requested_by, 0))
       OR JSON_CONTAINS(t.excluded_user_ids, CAST(d.actor_id AS CHAR))
       OR EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = t.case_id AND e.actor_id = d.actor_id AND e.at <= d.created_at
         AND ((t.type = 'APPROVE_FINAL_BILL' AND e.kind = 'STOP_MOVED') OR (t.type = 'APPROVE_SETUP' AND e.kind = 'RESCHEDULED')))
       OR EXISTS (SELECT 1 FROM human_task m WHERE m.case_id = t.case_id AND m.type = 'APPROVE_AMENDMENT' AND m.outcome = 'APPROVE'
         AND m.drafted_by = d.actor_id AND m.closed_at <= d.created_at AND t.type IN ('APPROVE_FINAL_BILL', 'APPROVE_SETUP')))`,
  ),
  byQuery(
    'parts-in-tasks',
    'Whoever started, drafted or is excluded has that part in the task, and every approval has its approver',
    `SELECT t.id AS task FROM human_task t JOIN cases c ON c.case_id = t.case_id JOIN app_user u
       ON u.id IN (c.started_by, COALESCE(t.drafted_by, 0)) OR JSON_CONTAINS(t.excluded_user_ids, CAST(u.id AS CHAR))
       LEFT JOIN task_part p ON p.task_id = t.id AND p.user_id = u.id
     WHERE COALESCE(p.part, 'APPROVER') = 'APPROVER'
     UNION SELECT d.task_id AS task FROM decision d LEFT JOIN task_part p ON p.task_id = d.task_id AND p.user_id = d.actor_id
     WHERE d.is_approval = 1 AND d.status <> 'VOID' AND COALESCE(p.part, '') <> 'APPROVER'`,
  ),
  byQuery(
    'closed-task-decided',
    'A completed task names the applied decision that completed it',
    `SELECT t.id AS task FROM human_task t LEFT JOIN decision d ON d.id = t.decision_id
     WHERE t.status = 'COMPLETED' AND (d.id IS NULL OR d.status <> 'APPLIED' OR d.task_id <> t.id)`,
  ),
];
