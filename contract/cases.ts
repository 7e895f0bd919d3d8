import type { IncidentAction } from '../domain/incident-actions';
import type { CaseStatus, CaseStep, CaseType, TaskType, WaitingOn } from '../domain/states';
import type { Role } from '../domain/roles';

/** What a case is started with: ids only (design.md decision 2). The form itself is the frozen draft revision. */
export interface StartCase {
  caseId: string;
  /** The frozen form, when a person started the case. */
  draftId?: string;
  revision?: number;
  /** The case that started this one, when no person did; its transaction has already written this case's row. */
  startedByCase?: string;
}

/** What the first Update is answered with: the numbers that the opening step gave out. */
export interface Opened {
  caseId: string;
  status: CaseStatus;
  step: CaseStep;
  customerNumber?: string;
  accountNumber?: string;
  locationNumber?: string;
  receiptNumber?: string;
  balanceCents?: number;
  /** What the clerk should know of what was saved; nothing stands in its way. */
  warnings?: { code: string; message: string; pointer: string }[];
}

/** A task as the workflow knows it. Instants are real time in ISO 8601, already free of the office clock's offset. */
export interface OpenTask {
  taskId: string;
  type: TaskType;
  version: number;
  candidateGroup: Role;
  remindAt: string;
  dueAt: string;
  /** Absent on tasks of an earlier version, which were escalated once. */
  escalateAgainAt?: string;
  amountCents?: number;
  /** Nobody may decide it now. */
  unattended?: boolean;
}

/** What the `view` query returns and the Temporal UI shows. */
export interface CaseView {
  caseId: string;
  type: CaseType;
  status: CaseStatus;
  step: CaseStep;
  waitingOn: WaitingOn | null;
  accountNumber: string | null;
  locationNumber: string | null;
  tasks: OpenTask[];
  /** The conditions that a set-up waits for together, each in words. */
  conditions?: string[];
  /** What the case waits for, in one English sentence. */
  waitsFor: string;
  since: string;
  /** The failed step, and what can be done about it, by whom. */
  incident: { step: string; code: string; actions: IncidentAction[] } | null;
}
