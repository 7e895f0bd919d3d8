import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { AmendmentKind } from '../../domain/incident-actions';
import type { CaseStatus, CaseStep, CaseType, TaskStatus, TaskType, WaitingOn } from '../../domain/states';
import type { LimitFrom } from '../../domain/approval/approval-limit';
import type { Role } from '../../domain/roles';
import { cents, flag, id, instant, int, json, key, optional, ref, text, withDefault } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** One run of a lifecycle; `occurrenceKey` is what may be open only once (design.md decision 5). */
export interface Case extends Row<Case> {
  caseId: string;
  type: CaseType;
  status: CaseStatus;
  step: CaseStep;
  waitingOn: WaitingOn | null;
  occurrenceKey: string;
  locationId: number | null;
  accountId: number | null;
  draftId: string | null;
  draftRevision: number | null;
  startedBy: number;
  startedByCase: string | null;
  openedAt: Date;
  closedAt: Date | null;
  version: CreationOptional<number>;
}

export interface CaseEvent extends Row<CaseEvent> {
  caseId: string;
  seq: number;
  kind: string;
  fromStep: CaseStep | null;
  toStep: CaseStep;
  actorId: number;
  at: Date;
  data: Record<string, unknown>;
}

/** A person's command to a case (cancel, …), recorded before the Update that carries its id. */
export interface CaseCommand extends Row<CaseCommand> {
  id: string;
  caseId: string;
  kind: string;
  actorId: number;
  data: Record<string, unknown>;
  status: 'RECORDED' | 'APPLIED' | 'VOID';
  createdAt: Date;
}

/** A step that waits for a person. `version` rises when the same task asks about something new. */
export interface HumanTask extends Row<HumanTask> {
  id: string;
  caseId: string;
  type: TaskType;
  status: TaskStatus;
  version: CreationOptional<number>;
  candidateGroup: Role;
  assigneeId: number | null;
  /** Who delegated it and gets it back. */
  ownerId: CreationOptional<number | null>;
  /** 0 to 100, the most urgent first. */
  priority: number;
  subjectHash: string | null;
  subject: Record<string, unknown>;
  amountCents: number | null;
  draftedBy: number | null;
  excludedUserIds: number[];
  openedAt: Date;
  remindAt: Date;
  dueAt: Date;
  escalateAgainAt: Date | null;
  /** How often it was escalated: 0 to 2. */
  escalation: CreationOptional<number>;
  escalatedAt: CreationOptional<Date | null>;
  closedAt: Date | null;
  outcome: string | null;
  decisionId: string | null;
}

/**
 * What somebody is to a task: one part each, so that whoever started or drafted what it asks about cannot be the approver
 * that an approving decision refers to. The database's own share in four-eyes (design.md decision 6).
 */
export interface TaskPart extends Row<TaskPart> {
  taskId: string;
  userId: number;
  part: 'STARTER' | 'DRAFTER' | 'EXCLUDED' | 'APPROVER';
}

/** What a person decided: the truth about an approval (design.md decision 6). */
export interface Decision extends Row<Decision> {
  id: string;
  taskId: string;
  taskVersion: number;
  actorId: number;
  outcome: string;
  isApproval: boolean;
  data: Record<string, unknown>;
  comment: string | null;
  subjectHash: string | null;
  draftedBy: number | null;
  startedBy: number;
  status: 'RECORDED' | 'APPLIED' | 'VOID';
  voidReason: string | null;
  createdAt: Date;
  /** The roles and the limit that the actor had when they decided; null in rows from before these were noted. */
  actorRoles: CreationOptional<Role[] | null>;
  limitFrom: CreationOptional<LimitFrom | null>;
  limitCents: CreationOptional<number | null>;
  appliedAt: CreationOptional<Date | null>;
}

/** Something that time does not heal (design.md decision 7). */
export interface Incident extends Row<Incident> {
  id: CreationOptional<number>;
  caseId: string | null;
  step: string;
  code: string;
  cause: string;
  status: 'OPEN' | 'RESOLVED';
  openedAt: Date;
  resolvedAt: Date | null;
  resolvedBy: number | null;
  resolution: string | null;
  /** The command that resolved it. */
  commandId: string | null;
}

/** What somebody proposed to amend so that a step can go on; a second person's approval applies it. */
export interface Amendment extends Row<Amendment> {
  id: CreationOptional<number>;
  incidentId: number;
  commandId: string;
  taskId: string;
  kind: AmendmentKind;
  content: Record<string, unknown>;
  contentHash: string;
  proposedBy: number;
  proposedAt: Date;
  status: 'PROPOSED' | 'APPLIED' | 'REJECTED' | 'WITHDRAWN';
  decisionId: string | null;
}

export interface Notice extends Row<Notice> {
  id: CreationOptional<number>;
  noticeKey: string;
  kind: string;
  caseId: string;
  accountId: number;
  customerId: number;
  data: Record<string, unknown>;
  /** ADDRESSED: its copies are made, and not all of them are out. */
  status: 'QUEUED' | 'ADDRESSED' | 'SENT' | 'CANCELED';
  createdAt: Date;
  sentAt: CreationOptional<Date | null>;
}

/** The tables of the cases and of what people do in them. */
export function defineCases(s: Sequelize) {
  return {
    Case: s.define<Case>(
      'cases',
      {
        caseId: key(48),
        type: text(16),
        status: text(16),
        step: text(32),
        waitingOn: optional(text(16)),
        occurrenceKey: text(64),
        locationId: optional(ref()),
        accountId: optional(ref()),
        draftId: optional(text(40)),
        draftRevision: optional(int()),
        startedBy: ref(),
        startedByCase: optional(text(48)),
        openedAt: instant(),
        closedAt: optional(instant()),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    CaseEvent: s.define<CaseEvent>('case_event', {
      caseId: key(48),
      seq: { ...int(), primaryKey: true },
      kind: text(40),
      fromStep: optional(text(32)),
      toStep: text(32),
      actorId: ref(),
      at: instant(),
      data: json(),
    }),
    CaseCommand: s.define<CaseCommand>('case_command', {
      id: key(40),
      caseId: text(48),
      kind: text(24),
      actorId: ref(),
      data: json(),
      status: text(16),
      createdAt: instant(),
    }),
    HumanTask: s.define<HumanTask>('human_task', {
      id: key(40),
      caseId: text(48),
      type: text(32),
      status: text(16),
      version: withDefault(int(), 1),
      candidateGroup: text(16),
      assigneeId: optional(ref()),
      ownerId: optional(ref()),
      priority: int(),
      subjectHash: optional(text(64)),
      subject: json(),
      amountCents: optional(cents()),
      draftedBy: optional(ref()),
      excludedUserIds: json(),
      openedAt: instant(),
      remindAt: instant(),
      dueAt: instant(),
      escalateAgainAt: optional(instant()),
      escalation: withDefault(int(), 0),
      escalatedAt: optional(instant()),
      closedAt: optional(instant()),
      outcome: optional(text(24)),
      decisionId: optional(text(40)),
    }),
    TaskPart: s.define<TaskPart>('task_part', {
      taskId: key(40),
      userId: { ...int(), primaryKey: true },
      part: text(12),
    }),
    Decision: s.define<Decision>('decision', {
      id: key(40),
      taskId: text(40),
      taskVersion: int(),
      actorId: ref(),
      outcome: text(24),
      isApproval: flag(),
      data: json(),
      comment: optional(text()),
      subjectHash: optional(text(64)),
      draftedBy: optional(ref()),
      startedBy: ref(),
      status: text(16),
      voidReason: optional(text(64)),
      createdAt: instant(),
      actorRoles: optional(json()),
      limitFrom: optional(text(8)),
      limitCents: optional(cents()),
      appliedAt: optional(instant()),
    }),
    Incident: s.define<Incident>('incident', {
      id: id(),
      caseId: optional(text(48)),
      step: text(64),
      code: text(64),
      cause: text(500),
      status: text(16),
      openedAt: instant(),
      resolvedAt: optional(instant()),
      resolvedBy: optional(ref()),
      resolution: optional(text(16)),
      commandId: optional(text(40)),
    }),
    Amendment: s.define<Amendment>('amendment', {
      id: id(),
      incidentId: ref(),
      commandId: text(40),
      taskId: text(40),
      kind: text(16),
      content: json(),
      contentHash: text(64),
      proposedBy: ref(),
      proposedAt: instant(),
      status: text(12),
      decisionId: optional(text(40)),
    }),
    Notice: s.define<Notice>('notice', {
      id: id(),
      noticeKey: text(120),
      kind: text(32),
      caseId: text(48),
      accountId: ref(),
      customerId: ref(),
      data: json(),
      status: text(16),
      createdAt: instant(),
      sentAt: optional(instant()),
    }),
  };
}
