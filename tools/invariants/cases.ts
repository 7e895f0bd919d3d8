import { byQuery, type Invariant } from './invariant';

const OPEN = "('OPEN', 'INCIDENT')";

/** Cases and their records are there together. */
export const cases: Invariant[] = [
  byQuery(
    'one-open-case',
    'One open case per occurrence',
    `SELECT occurrence_key AS occurrence FROM cases WHERE status IN ${OPEN} GROUP BY occurrence_key HAVING COUNT(*) > 1`,
  ),
  byQuery(
    'finished-case-has-records',
    'A completed case has what it was for',
    `SELECT c.case_id AS the_case FROM cases c
       LEFT JOIN move_out m ON m.case_id = c.case_id
       LEFT JOIN bill b ON b.id = m.final_bill_id AND (b.status = 'POSTED' OR EXISTS (SELECT 1 FROM bill_correction x
         WHERE x.canceled_bill_id = b.id))
       LEFT JOIN bill_correction k ON k.case_id = c.case_id
       LEFT JOIN cases s ON s.case_id = m.settlement_case_id
       LEFT JOIN payment p ON p.case_id = c.case_id LEFT JOIN account a ON a.id = c.account_id
       LEFT JOIN onboarding o ON o.case_id = c.case_id
     WHERE c.status = 'COMPLETED' AND ((c.type = 'MOVE_OUT' AND (b.id IS NULL OR s.case_id IS NULL))
       OR (c.type = 'PAYMENT' AND p.id IS NULL) OR (c.type = 'CORRECTION' AND k.case_id IS NULL)
       OR (c.type = 'ONBOARD' AND (o.case_id IS NULL OR a.status IN ('PENDING_APPROVAL', 'PENDING_START', 'CANCELED')))
       OR (c.type = 'SETTLEMENT' AND NOT COALESCE(a.status IN ('CLOSED', 'WRITTEN_OFF', 'CANCELED'), FALSE) AND NOT EXISTS (SELECT 1 FROM cases later
         WHERE later.account_id = c.account_id AND later.type = 'SETTLEMENT' AND later.case_id <> c.case_id
           AND later.opened_at >= c.closed_at)))`,
  ),
  byQuery(
    'no-records-without-case',
    'A bill, refund or payment belongs to a case of its kind that was not canceled, refused or aborted',
    `SELECT c.case_id AS the_case FROM cases c WHERE
       (EXISTS (SELECT 1 FROM move_out m WHERE m.case_id = c.case_id AND m.final_bill_id IS NOT NULL)
         AND (c.type <> 'MOVE_OUT' OR c.status <> 'COMPLETED'))
       OR (EXISTS (SELECT 1 FROM bill b JOIN bill_revision r ON r.id = b.bill_revision_id
           WHERE r.case_id = c.case_id AND b.status = 'POSTED') AND (c.type NOT IN ('MOVE_OUT', 'CORRECTION') OR c.status <> 'COMPLETED'))
       OR (EXISTS (SELECT 1 FROM payment p WHERE p.case_id = c.case_id) AND (c.type <> 'PAYMENT' OR c.status <> 'COMPLETED'))
       OR (EXISTS (SELECT 1 FROM refund r WHERE r.case_id = c.case_id) AND c.type <> 'SETTLEMENT')`,
  ),
  byQuery(
    'pending-account-has-set-up',
    'An account of a tenant or owner that has not begun has an open set-up, and a canceled or aborted one a canceled account, or one whose debt is with collections or written off',
    `SELECT a.account_number AS account FROM account a LEFT JOIN onboarding o ON o.account_id = a.id
       LEFT JOIN cases c ON c.case_id = o.case_id
     WHERE (a.role <> 'LANDLORD' AND a.status IN ('PENDING_APPROVAL', 'PENDING_START') AND NOT COALESCE(c.status IN ${OPEN}, FALSE))
       OR (c.status IN ('CANCELED', 'ABORTED') AND a.status NOT IN ('CANCELED', 'COLLECTIONS', 'WRITTEN_OFF'))`,
  ),
  byQuery(
    'open-task-open-case',
    'Every open task has an open case',
    `SELECT t.id AS task FROM human_task t JOIN cases c ON c.case_id = t.case_id
     WHERE t.status = 'OPEN' AND c.status NOT IN ${OPEN}`,
  ),
  byQuery(
    'waiting-case-has-task',
    'A case that waits for a clerk or a supervisor has an open task',
    `SELECT c.case_id AS the_case FROM cases c WHERE c.status = 'OPEN' AND c.waiting_on IN ('CLERK', 'SUPERVISOR')
       AND NOT EXISTS (SELECT 1 FROM human_task t WHERE t.case_id = c.case_id AND t.status = 'OPEN')`,
  ),
  byQuery(
    'awaited-read-has-order',
    'A move-out that waits for the field has an open order',
    `SELECT c.case_id AS the_case FROM cases c WHERE c.type = 'MOVE_OUT' AND c.status = 'OPEN' AND c.waiting_on = 'FIELD'
       AND NOT EXISTS (SELECT 1 FROM service_order o WHERE o.case_id = c.case_id
         AND o.status IN ('REQUESTED', 'SCHEDULED', 'DISPATCHED', 'UNABLE'))`,
  ),
  byQuery(
    'open-order-open-case',
    'Every open order of a case has an open case',
    `SELECT o.order_number AS service_order FROM service_order o JOIN cases c ON c.case_id = o.case_id
     WHERE o.status IN ('REQUESTED', 'SCHEDULED', 'DISPATCHED', 'UNABLE') AND c.status NOT IN ${OPEN}`,
  ),
  byQuery(
    'gating-order-has-start',
    'What a start waits for is owed only while there is a start that waits',
    `SELECT o.order_number AS service_order FROM service_order o
     WHERE o.gating = 1 AND o.case_id IS NOT NULL AND o.status IN ('REQUESTED', 'SCHEDULED', 'DISPATCHED', 'UNABLE')
       AND o.type IN ('TURN_ON', 'READ_IN', 'RECONNECT') AND NOT EXISTS (
       SELECT 1 FROM service_agreement a WHERE a.account_id = o.account_id AND a.status = 'PENDING_START')`,
  ),
  byQuery(
    'shutting-off-has-order',
    'A service is being shut off exactly while the field is to turn it off',
    `SELECT l.id AS line FROM vacancy_line l WHERE (l.status = 'SHUTTING_OFF') <> EXISTS (
       SELECT 1 FROM service_order o WHERE o.case_id = l.case_id AND o.service_point_id = l.service_point_id
         AND o.type = 'TURN_OFF' AND o.status IN ('REQUESTED', 'SCHEDULED', 'DISPATCHED', 'UNABLE'))`,
  ),
  byQuery(
    'events-contiguous',
    "A case's events run from OPENED without a gap, and the last leads to where it stands",
    `SELECT c.case_id AS the_case FROM cases c LEFT JOIN case_event e ON e.case_id = c.case_id
     GROUP BY c.case_id, c.step HAVING COUNT(e.seq) = 0 OR MIN(e.seq) <> 1 OR MAX(e.seq) <> COUNT(e.seq)
       OR SUM(e.seq = 1 AND e.kind = 'OPENED') <> 1
       OR c.step <> (SELECT l.to_step FROM case_event l WHERE l.case_id = c.case_id ORDER BY l.seq DESC LIMIT 1)`,
  ),
  byQuery(
    'incident-and-case',
    'A case stands in an incident exactly while it has an open one',
    `SELECT c.case_id AS the_case FROM cases c WHERE (c.status = 'INCIDENT') <> EXISTS (SELECT 1 FROM incident i
       WHERE i.case_id = c.case_id AND i.status = 'OPEN')`,
  ),
  byQuery(
    'incident-resolved',
    'A resolved incident says when, by whom and how, and by which command that was carried out if a person did',
    `SELECT i.id AS incident FROM incident i LEFT JOIN case_command k ON k.id = i.command_id
     WHERE (i.status = 'RESOLVED') <> (i.resolved_at IS NOT NULL AND i.resolved_by IS NOT NULL AND i.resolution IS NOT NULL)
       OR (k.id IS NOT NULL AND (k.status <> 'APPLIED' OR k.kind <> i.resolution OR NOT (k.case_id <=> i.case_id)))
       OR (k.id IS NULL AND i.resolution IN ('AMEND', 'SKIP', 'ABORT'))`,
  ),
  byQuery(
    'aborted-undone',
    'An aborted case left no service of a set-up, no stop of a move-out, no request for a refund and no notice to send',
    `SELECT c.case_id AS the_case FROM cases c LEFT JOIN account a ON a.id = c.account_id WHERE c.status = 'ABORTED' AND (
       (c.type = 'ONBOARD' AND EXISTS (SELECT 1 FROM service_agreement g WHERE g.account_id = a.id AND g.status <> 'CANCELED'))
       OR (c.type = 'MOVE_OUT' AND a.status IN ('PENDING_STOP', 'FINAL_PENDING') AND NOT EXISTS (SELECT 1 FROM cases later
         WHERE later.account_id = a.id AND later.type = 'MOVE_OUT' AND later.opened_at >= c.closed_at))
       OR EXISTS (SELECT 1 FROM bill_revision r WHERE r.case_id = c.case_id AND r.status IN ('DRAFT', 'SENT_BACK'))
       OR EXISTS (SELECT 1 FROM refund f WHERE f.case_id = c.case_id AND f.status = 'REQUESTED')
       OR (c.type <> 'VACANCY' AND EXISTS (SELECT 1 FROM notice n WHERE n.case_id = c.case_id AND n.status = 'QUEUED')))`,
  ),
  byQuery(
    'steps-have-results',
    'Each step that was claimed has its result',
    `SELECT activity_key AS step_key FROM activity_result WHERE result IS NULL`,
  ),
];
