import type { Db } from '../../db/create-db';
import { select, selectOne } from '../../db/reads/select';

/** An open task that somebody could try to approve. */
export interface Target {
  taskId: string;
  caseId: string;
  type: string;
  version: number;
  amountCents: number | null;
  subjectHash: string | null;
  startedBy: number;
}

/** The approvals that wait now, those that have waited longest first. */
export const targets = (db: Db): Promise<Target[]> =>
  select<Target>(
    db,
    `SELECT t.id taskId, t.case_id caseId, t.type type, t.version version, t.amount_cents amountCents,
       t.subject_hash subjectHash, c.started_by startedBy
     FROM human_task t JOIN cases c ON c.case_id = t.case_id
     WHERE t.status = 'OPEN' AND t.type LIKE 'APPROVE%' ORDER BY t.opened_at, t.id`,
  );

/**
 * The rule of four-eyes told a second time, in SQL and without any code of the product: whoever had a hand in what is
 * asked. Read from the records that the work itself left: the case, its revisions, its refund and earlier approvals.
 */
export async function hadAHand(db: Db, task: Pick<Target, 'taskId' | 'caseId' | 'type'>): Promise<Set<number>> {
  const rows = await select<{ id: number | null }>(
    db,
    `SELECT c.started_by id FROM cases c WHERE c.case_id = :caseId
     UNION SELECT t.drafted_by FROM human_task t WHERE t.id = :taskId
     UNION SELECT r.drafted_by FROM bill_revision r WHERE r.case_id = :caseId AND :type = 'APPROVE_FINAL_BILL'
     UNION SELECT e.actor_id FROM case_event e WHERE e.case_id = :caseId
       AND ((:type = 'APPROVE_FINAL_BILL' AND e.kind = 'STOP_MOVED') OR (:type = 'APPROVE_SETUP' AND e.kind = 'RESCHEDULED'))
     UNION SELECT m.drafted_by FROM human_task m WHERE m.case_id = :caseId AND m.type = 'APPROVE_AMENDMENT'
       AND m.outcome = 'APPROVE' AND :type IN ('APPROVE_FINAL_BILL', 'APPROVE_SETUP')
     UNION SELECT f.requested_by FROM refund f WHERE f.case_id = :caseId
     UNION SELECT d.actor_id FROM decision d JOIN human_task o ON o.id = d.task_id
       WHERE o.case_id = :caseId AND o.type = 'APPROVE_REFUND' AND :type = 'APPROVE_REFUND_SECOND' AND d.status = 'APPLIED'
         AND o.amount_cents = (SELECT t.amount_cents FROM human_task t WHERE t.id = :taskId)`,
    { taskId: task.taskId, caseId: task.caseId, type: task.type },
  );
  return new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])));
}

/** Every code that a decision of this person on this task may be refused with now; empty: it must be let through. */
export async function reasonsAgainst(db: Db, task: Target, actorId: number, outcome: string): Promise<Set<string>> {
  const reasons = new Set<string>();
  const now = await selectOne<{
    disabled: number;
    supervisor: number;
    ownLimits: number;
    ownLimit: number | null;
    roleLimit: string | null;
    status: string;
    assigneeId: number | null;
    standsIn: number;
  }>(
    db,
    `SELECT u.disabled_at IS NOT NULL disabled,
       EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND r.role = 'supervisor') supervisor,
       (SELECT COUNT(*) FROM approval_limit l WHERE l.user_id = u.id) ownLimits,
       (SELECT l.limit_cents FROM approval_limit l WHERE l.user_id = u.id) ownLimit,
       (SELECT JSON_EXTRACT(s.value, '$.supervisor') FROM settings s WHERE s.name = 'approvalLimitsCents') roleLimit,
       t.status status, t.assignee_id assigneeId,
       EXISTS (SELECT 1 FROM absence a WHERE a.user_id = t.assignee_id AND a.deputy_id = u.id AND a.canceled_at IS NULL) standsIn
     FROM app_user u JOIN human_task t ON t.id = :taskId WHERE u.id = :actorId`,
    { taskId: task.taskId, actorId },
  );
  if (!now) throw new Error('There is no such task or person');
  if (now.disabled) reasons.add('ROLE').add('NOT_SIGNED_IN');
  if (!now.supervisor) reasons.add('ROLE');
  if (now.status !== 'OPEN') reasons.add('TASK_CLOSED').add('CASE_CLOSED');
  if (now.assigneeId !== null && now.assigneeId !== actorId && !now.standsIn) reasons.add('TASK_CLAIMED');
  if (outcome !== 'APPROVE') return reasons;
  if ((await hadAHand(db, task)).has(actorId)) reasons.add('OWN_WORK');
  const role = now.roleLimit === null || now.roleLimit === 'null' ? null : Number(now.roleLimit);
  const limit = now.ownLimits > 0 ? (now.ownLimit === null ? null : Number(now.ownLimit)) : role;
  if (limit !== null && Math.abs(Number(task.amountCents ?? 0)) > limit) reasons.add('OVER_LIMIT');
  return reasons;
}

/** What must never be, over everything that took effect: each line says what is wrong. */
export async function wrongEffects(db: Db): Promise<string[]> {
  const applied = await select<Target & { decisionId: string; actorId: number }>(
    db,
    `SELECT d.id decisionId, d.actor_id actorId, t.id taskId, t.case_id caseId, t.type type, t.version version,
       t.amount_cents amountCents, t.subject_hash subjectHash, c.started_by startedBy
     FROM decision d JOIN human_task t ON t.id = d.task_id JOIN cases c ON c.case_id = t.case_id
     WHERE d.status = 'APPLIED' AND d.outcome = 'APPROVE'`,
  );
  const wrong: string[] = [];
  for (const each of applied) {
    if ((await hadAHand(db, each)).has(each.actorId))
      wrong.push(`${each.decisionId}: approved by who had a hand in it`);
  }
  const twice = await select<{ task: string }>(
    db,
    `SELECT task_id task FROM decision WHERE status = 'APPLIED' GROUP BY task_id, task_version HAVING COUNT(*) > 1`,
  );
  wrong.push(...twice.map(({ task }) => `${task}: decided twice`));
  const unapproved = await select<{ what: string }>(
    db,
    `SELECT b.bill_number what FROM bill b JOIN bill_revision r ON r.id = b.bill_revision_id
       LEFT JOIN decision d ON d.id = r.decision_id AND d.status = 'APPLIED' AND d.outcome = 'APPROVE'
     WHERE b.kind = 'FINAL' AND d.id IS NULL
     UNION SELECT f.refund_number FROM refund f
       LEFT JOIN decision d ON d.id = f.decision_id AND d.status = 'APPLIED' AND d.outcome = 'APPROVE'
     WHERE f.status = 'ISSUED' AND d.id IS NULL
     UNION SELECT f.refund_number FROM refund f
       LEFT JOIN decision d ON d.id = f.first_decision_id AND d.status = 'APPLIED'
       LEFT JOIN decision e ON e.id = f.decision_id
     WHERE f.status = 'ISSUED' AND f.amount_cents > f.second_above_cents AND (d.id IS NULL OR d.actor_id = e.actor_id)`,
  );
  wrong.push(...unapproved.map(({ what }) => `${what}: took effect without its approvals`));
  return wrong;
}
