import type { Role } from '../../domain/roles';
import type { TaskStatus, TaskType } from '../../domain/states';
import type { Db } from '../create-db';
import { shortened, type Shortened } from './home';
import { afterPosition, pageOf, type Page, type PageRequest } from './page';
import { addressOf, personOf, type Person } from './people';
import { parsedJson, select, selectOne } from './select';

/** A task with the case that it stops. */
export interface TaskRow {
  taskId: string;
  caseId: string;
  type: TaskType;
  status: TaskStatus;
  version: number;
  candidateGroup: Role;
  assignee: Person | null;
  /** Who delegated it and gets it back. */
  owner: Person | null;
  amountCents: number | null;
  openedAt: Date;
  remindAt: Date;
  dueAt: Date;
  escalateAgainAt: Date | null;
  /** 0 to 100, the most urgent first. */
  priority: number;
  /** How often it was escalated: 0 to 2. */
  escalation: number;
  escalatedAt: Date | null;
  closedAt: Date | null;
  outcome: string | null;
  accountNumber: string | null;
  locationNumber: string | null;
  customerName: string | null;
  address: string | null;
}

/** What only the page of one task shows. */
export interface TaskDetailRow extends TaskRow {
  assigneeId: number | null;
  subject: Record<string, unknown>;
  draftedById: number | null;
  draftedBy: Person | null;
  startedById: number;
  startedBy: Person | null;
  excludedUserIds: number[];
}

type Joined = Omit<TaskDetailRow, 'assignee' | 'owner' | 'draftedBy' | 'startedBy'> &
  Record<'asg' | 'asgName' | 'own' | 'ownName' | 'drf' | 'drfName' | 'str' | 'strName', string | null>;

const COLUMNS = `t.id taskId, t.case_id caseId, t.type type, t.status status, t.version version,
    t.candidate_group candidateGroup, t.amount_cents amountCents, t.opened_at openedAt, t.remind_at remindAt,
    t.due_at dueAt, t.escalate_again_at escalateAgainAt, t.priority priority, t.escalation escalation, t.escalated_at escalatedAt, t.closed_at closedAt, t.outcome outcome,
    a.account_number accountNumber, l.location_number locationNumber, cu.display_name customerName,
    ${addressOf('l')} address, asg.username asg, asg.display_name asgName, own.username own, own.display_name ownName`;
const TABLES = `FROM human_task t
  JOIN cases c ON c.case_id = t.case_id
  LEFT JOIN app_user asg ON asg.id = t.assignee_id
  LEFT JOIN app_user own ON own.id = t.owner_id
  LEFT JOIN account a ON a.id = c.account_id
  LEFT JOIN customer cu ON cu.id = a.customer_id
  LEFT JOIN location l ON l.id = COALESCE(c.location_id, a.location_id)`;

export interface TaskFilter {
  view: 'mine' | 'group' | 'overdue' | 'escalated';
  /** Whose: of whoever asks, and of the absent whom they stand in for. */
  userIds: readonly number[];
  roles: readonly Role[];
  type?: TaskType;
  /** The office's now, for `overdue`. */
  now: Date;
}

const WHOSE: Record<TaskFilter['view'], string> = {
  mine: 't.assignee_id IN (:userIds)',
  group: 't.candidate_group IN (:roles)',
  overdue: 't.candidate_group IN (:watched) AND t.due_at < :now',
  escalated: 't.candidate_group IN (:watched) AND t.escalation > 0',
};

// A supervisor looks after the clerks' tasks too: they can assign them.
const watchedBy = (roles: readonly Role[]): readonly Role[] =>
  roles.includes('supervisor') ? [...roles, 'clerk'] : roles;

/** The open tasks of a person or their groups, the most urgent first. */
export async function listTasks(
  db: Db,
  { view, userIds, roles, type, now }: TaskFilter,
  page: PageRequest,
): Promise<Page<TaskRow>> {
  const after = afterPosition(['100 - t.priority', 't.due_at', 't.id'], '>', positionOf(page.after));
  const rows = await select<Joined>(
    db,
    `SELECT ${COLUMNS} ${TABLES} WHERE t.status = 'OPEN' AND ${WHOSE[view]} ${type ? 'AND t.type = :type' : ''}
       AND ${after.sql} ORDER BY t.priority DESC, t.due_at, t.id LIMIT :limit`,
    { userIds, roles, watched: watchedBy(roles), type, now, limit: page.limit + 1, ...after.replacements },
  );
  return pageOf(rows.map(taskOf), page.limit, (row) => [100 - row.priority, row.dueAt.toISOString(), row.taskId]);
}

/** The most urgent of the same tasks, and how many there are. */
export async function firstTasks(
  db: Db,
  { view, userIds, roles, now }: TaskFilter,
  limit: number,
): Promise<Shortened<TaskRow>> {
  const rows = await select<Joined & { total: number }>(
    db,
    `SELECT ${COLUMNS}, COUNT(*) OVER () total ${TABLES} WHERE t.status = 'OPEN' AND ${WHOSE[view]}
     ORDER BY t.priority DESC, t.due_at, t.id LIMIT :limit`,
    { userIds, roles, watched: watchedBy(roles), now, limit },
  );
  const { total, data } = shortened<Joined>(rows);
  return { total, data: data.map(taskOf) };
}

const positionOf = (after: PageRequest['after']): readonly unknown[] | null =>
  after && [after[0], new Date(after[1] ?? NaN), after[2]];

/** The tasks of one case, the newest first. */
export async function tasksOfCase(db: Db, caseId: string): Promise<TaskRow[]> {
  const rows = await select<Joined>(
    db,
    `SELECT ${COLUMNS} ${TABLES} WHERE t.case_id = :caseId ORDER BY t.opened_at DESC, t.id DESC`,
    { caseId },
  );
  return rows.map(taskOf);
}

/** One task with its subject, or null. */
export async function findTask(db: Db, taskId: string): Promise<TaskDetailRow | null> {
  const row = await selectOne<Joined>(
    db,
    `SELECT ${COLUMNS}, t.assignee_id assigneeId, t.subject subject, t.drafted_by draftedById, t.excluded_user_ids excludedUserIds,
       c.started_by startedById, drf.username drf, drf.display_name drfName, str.username str, str.display_name strName
     ${TABLES} LEFT JOIN app_user drf ON drf.id = t.drafted_by JOIN app_user str ON str.id = c.started_by
     WHERE t.id = :taskId`,
    { taskId },
  );
  if (!row) return null;
  const { assigneeId, subject, draftedById, excludedUserIds, startedById, drf, drfName, str, strName } = row;
  return {
    ...taskOf(row),
    assigneeId,
    draftedById,
    startedById,
    subject: parsedJson(subject),
    excludedUserIds: parsedJson(excludedUserIds),
    draftedBy: personOf(drf, drfName),
    startedBy: personOf(str, strName),
  };
}

/** The type of a task, or null when there is none. */
export async function taskTypeOf(db: Db, taskId: string): Promise<TaskType | null> {
  const row = await selectOne<{ type: TaskType }>(db, 'SELECT t.type type FROM human_task t WHERE t.id = :taskId', {
    taskId,
  });
  return row?.type ?? null;
}

/** What happened to a task, in order: what the audit says of it, without free text. */
export async function historyOf(db: Db, taskId: string) {
  const rows = await select<{ at: Date; action: string; data: unknown; username: string; displayName: string }>(
    db,
    `SELECT g.at at, g.action action, g.data data, u.username username, u.display_name displayName
     FROM audit_log g JOIN app_user u ON u.id = g.actor_id
     WHERE g.entity = 'human_task' AND g.entity_id = :taskId ORDER BY g.seq`,
    { taskId },
  );
  return rows.map(({ at, action, data, username, displayName }) => ({
    ...{ at, action, data: parsedJson<Record<string, unknown>>(data), actor: { username, displayName } },
  }));
}

/** The decisions on a task, the newest first. */
export async function decisionsOn(db: Db, taskId: string) {
  const rows = await select<{
    decisionId: string;
    taskVersion: number;
    outcome: string;
    comment: string | null;
    status: string;
    voidReason: string | null;
    createdAt: Date;
    username: string;
    displayName: string;
  }>(
    db,
    `SELECT d.id decisionId, d.task_version taskVersion, d.outcome, d.comment, d.status, d.void_reason voidReason,
       d.created_at createdAt, u.username, u.display_name displayName
     FROM decision d JOIN app_user u ON u.id = d.actor_id WHERE d.task_id = :taskId ORDER BY d.created_at DESC, d.id DESC`,
    { taskId },
  );
  return rows.map(({ username, displayName, ...decision }) => ({ ...decision, actor: { username, displayName } }));
}

function taskOf(row: Joined): TaskRow {
  const { taskId, caseId, type, status, version, candidateGroup, amountCents, openedAt, remindAt, dueAt } = row;
  const {
    escalateAgainAt,
    priority,
    escalation,
    escalatedAt,
    closedAt,
    outcome,
    accountNumber,
    locationNumber,
    customerName,
    address,
  } = row;
  return {
    taskId,
    caseId,
    type,
    status,
    version,
    candidateGroup,
    assignee: personOf(row.asg, row.asgName),
    owner: personOf(row.own, row.ownName),
    amountCents,
    openedAt,
    remindAt,
    dueAt,
    escalateAgainAt,
    priority,
    escalation,
    escalatedAt,
    closedAt,
    outcome,
    accountNumber,
    locationNumber,
    customerName,
    address,
  };
}
