import type { LimitFrom } from '../../domain/approval/approval-limit';
import { checkApproval, type ApprovalChecks } from '../../domain/approval/check-approval';
import { SYSTEM_USER_ID, type Role } from '../../domain/roles';
import type { CaseType, TaskType } from '../../domain/states';
import type { Db } from '../create-db';
import { afterPosition, pageOf, withInstant, type Page, type PageRequest } from './page';
import type { Person } from './people';
import { parsedJson, select } from './select';

/** A decision on something that can be approved, and how it ended. */
export interface ApprovalRow {
  decisionId: string;
  decidedAt: Date;
  appliedAt: Date | null;
  caseId: string;
  caseType: CaseType;
  accountNumber: string | null;
  locationNumber: string | null;
  taskId: string;
  taskType: TaskType;
  taskVersion: number;
  outcome: string;
  status: 'APPLIED' | 'VOID';
  voidReason: string | null;
  amountCents: number | null;
  by: 'PERSON' | 'POLICY';
  approver: Person;
  drafters: Person[];
  starter: Person;
  /** Who gave the first of two approvals. */
  firstApprover: Person | null;
  actorRoles: Role[] | null;
  limitFrom: LimitFrom | null;
  limitCents: number | null;
  subjectHash: string | null;
  comment: string | null;
  checks: ApprovalChecks;
}

type Copied = Omit<ApprovalRow, 'by' | 'approver' | 'drafters' | 'starter' | 'firstApprover' | 'checks'>;
type Selected = Copied & {
  isApproval: number;
  candidateGroup: Role;
  data: unknown;
  actorId: number;
  draftedBy: number | null;
  taskDraftedBy: number | null;
  revisionDrafters: string | null;
  excludedUserIds: unknown;
  startedBy: number;
  caseStartedBy: number;
};

export interface ApprovalFilter {
  /** From this instant on, and before that one. */
  from: Date;
  before: Date;
  /** The types of tasks that can be approved. */
  taskTypes: readonly TaskType[];
}

/** The decisions that took effect or were voided on tasks that can be approved, in the order of their making. */
export async function listApprovals(
  db: Db,
  { from, before, taskTypes }: ApprovalFilter,
  page: PageRequest,
): Promise<Page<ApprovalRow>> {
  const after = afterPosition(['d.created_at', 'd.id'], '>', withInstant(page.after));
  const rows = await select<Selected>(
    db,
    `SELECT d.id decisionId, d.created_at decidedAt, d.task_version taskVersion, d.outcome outcome, d.status status,
       COALESCE(d.applied_at, CASE WHEN t.decision_id = d.id THEN t.closed_at END) appliedAt, d.void_reason voidReason,
       c.case_id caseId, c.type caseType, a.account_number accountNumber, l.location_number locationNumber, t.id taskId,
       t.type taskType, t.candidate_group candidateGroup, t.amount_cents amountCents, d.is_approval isApproval, d.data data,
       d.actor_id actorId, d.drafted_by draftedBy, t.drafted_by taskDraftedBy, t.excluded_user_ids excludedUserIds,
       d.started_by startedBy, c.started_by caseStartedBy, d.actor_roles actorRoles, d.limit_from limitFrom,
       d.limit_cents limitCents, d.subject_hash subjectHash, d.comment comment,
       (SELECT GROUP_CONCAT(r.drafted_by ORDER BY r.revision) FROM bill_revision r WHERE r.case_id = c.case_id
         AND r.revision <= CAST(JSON_EXTRACT(t.subject, '$.revision') AS SIGNED)) revisionDrafters
     FROM decision d JOIN human_task t ON t.id = d.task_id JOIN cases c ON c.case_id = t.case_id
       LEFT JOIN account a ON a.id = c.account_id LEFT JOIN location l ON l.id = COALESCE(c.location_id, a.location_id)
     WHERE d.created_at >= :from AND d.created_at < :before AND d.status IN ('APPLIED', 'VOID') AND t.type IN (:taskTypes)
       AND ${after.sql} ORDER BY d.created_at, d.id LIMIT :limit`,
    { from, before, taskTypes, limit: page.limit + 1, ...after.replacements },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.decidedAt.toISOString(), row.decisionId]);
  const people = await peopleOf(db, kept);
  return { rows: kept.map((row) => approvalOf(row, people)), next };
}

/** Who had a hand in what a task asks about; the excluded of a second approval is the first approver. */
function handsIn(row: Selected) {
  const excluded = parsedJson<number[]>(row.excludedUserIds);
  const isSecond = row.taskType === 'APPROVE_REFUND_SECOND';
  const revisions = (row.revisionDrafters?.split(',') ?? []).map(Number);
  const drafters = [...revisions, row.draftedBy, row.taskDraftedBy, ...(isSecond ? [] : excluded)];
  return {
    drafters: [...new Set(drafters)].filter((id) => id !== null),
    firstApprover: isSecond ? excluded[0] : undefined,
  };
}

async function peopleOf(db: Db, rows: Selected[]): Promise<Map<number, Person>> {
  const ids = rows.flatMap((row) => {
    const { drafters, firstApprover = row.actorId } = handsIn(row);
    return [row.actorId, row.startedBy, firstApprover, ...drafters];
  });
  if (ids.length === 0) return new Map();
  const people = await select<Person & { id: number }>(
    db,
    'SELECT id, username, display_name displayName FROM app_user WHERE id IN (:ids)',
    { ids: [...new Set(ids)] },
  );
  return new Map(people.map(({ id, username, displayName }) => [id, { username, displayName }]));
}

function approvalOf(row: Selected, people: Map<number, Person>): ApprovalRow {
  const person = (id: number): Person => people.get(id) ?? { username: `user ${id}`, displayName: `user ${id}` };
  const { decisionId, decidedAt, appliedAt, caseId, caseType, accountNumber, locationNumber, taskId, taskType } = row;
  const { taskVersion, outcome, status, voidReason, amountCents, limitFrom, limitCents, subjectHash, comment } = row;
  const { drafters, firstApprover } = handsIn(row);
  const actorRoles = parsedJson<Role[] | null>(row.actorRoles);
  const { maxTotalCents } = parsedJson<{ maxTotalCents?: number }>(row.data);
  const checks = checkApproval({
    ...{ isApproval: Boolean(row.isApproval), actorId: row.actorId, candidateGroup: row.candidateGroup },
    handIn: [...drafters, row.startedBy, row.caseStartedBy, firstApprover ?? null],
    ...{ amountCents, actorRoles, limitFrom, limitCents, policyMaximumCents: maxTotalCents ?? null },
  });
  return {
    ...{ decisionId, decidedAt, appliedAt, caseId, caseType, accountNumber, locationNumber, taskId, taskType },
    ...{ taskVersion, outcome, status, voidReason, amountCents },
    by: row.actorId === SYSTEM_USER_ID ? 'POLICY' : 'PERSON',
    approver: person(row.actorId),
    drafters: drafters.map(person),
    starter: person(row.startedBy),
    firstApprover: firstApprover === undefined ? null : person(firstApprover),
    ...{ actorRoles, limitFrom, limitCents, subjectHash, comment, checks },
  };
}
