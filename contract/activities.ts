import type { IncidentAction } from '../domain/incident-actions';
import type { CaseStatus, CaseStep, WaitingOn } from '../domain/states';
import type { Opened, OpenTask } from './cases';
import type { FactsChanged } from './messages';

/** Every activity is a step: `key` is its idempotency key, `caseId/step/n` (design.md decision 3). */
export interface StepInput {
  key: string;
  caseId: string;
}

/** An opening step: the ids of the frozen form, or the case that started this one. */
export interface OpenStep extends StepInput {
  draftId?: string;
  revision?: number;
}

/** A step that takes up a person's decision; its key is the decision's id. */
export interface DecisionStep extends StepInput {
  taskId: string;
  version: number;
  decisionId: string;
}

/** A step that takes up a person's command; its key is the command's id. */
export interface CommandStep extends StepInput {
  commandId: string;
}

/** A step that carries out a person's action on an incident. */
export interface IncidentStep extends CommandStep {
  incidentId: number;
  /** Absent of a RETRY that was sent before there were other actions. */
  action?: IncidentAction;
}

/** A case to wake after the step's commit, because the step changed what it may wait for. */
export interface Wake {
  caseId: string;
  reason: FactsChanged['reason'];
}

/** A case whose row the step has written, to start after its commit. */
export interface SiblingStart {
  workflow: 'moveOut' | 'resolveVacancy' | 'settleAccount' | 'correctBill';
  caseId: string;
}

/** Where a case stands after a step. */
export interface Standing {
  step: CaseStep;
  waitingOn: WaitingOn | null;
}

/** A person's decision with no row behind it: nothing was done, and the task stays open as it was. */
export interface Forged {
  forged: true;
}

/** What a move-out waits for before its last read is in; results from before there were such tasks have neither. */
export interface ReadsAwaited {
  /** About a read that is not plausible, or that nobody could take. */
  tasks?: OpenTask[];
  /** When the case looks for reads that are not in, in real time. */
  readDeadlineAt?: string;
}

export interface StopScheduled extends Standing, ReadsAwaited {
  opened: Opened;
  consoleUrl: string;
  /** When the stop date begins, in real time. */
  stopAt: string;
  orders: string[];
  /** Absent where it is known who follows. */
  vacancyCaseId?: string;
}

/** A move-out after another case has moved its stop or ended it: what it waits for now. */
export interface MoveOutStanding extends Standing, ReadsAwaited {
  opened: Opened;
  done: boolean;
  stopAt: string;
  orders: string[];
}

export interface FieldReportTaken extends Standing, ReadsAwaited {
  openOrders: string[];
  wakes: Wake[];
  starts?: SiblingStart[];
}

/** A move-out after it looked for reads whose last day has passed. */
export interface ReadsLookedFor extends Standing, ReadsAwaited {
  orders: string[];
  wakes: Wake[];
  starts?: SiblingStart[];
}

/** What was decided of a read, and what the case waits for now. */
export type ReadsDecided = Forged | ({ forged: false } & ReadsLookedFor);

/** A date of a case was moved; `isStopMoved`: its story begins anew at what it waits for. */
export interface Rescheduled {
  wakes: Wake[];
  starts: SiblingStart[];
  isStopMoved?: true;
}

export interface FinalBillDrafted extends Standing {
  task: OpenTask;
  revision: number;
  wakes: Wake[];
}

/** The stop was moved while the draft was on its way: the case looks again at what it waits for. */
export interface StopWasMoved {
  stopMoved: true;
}

/** A final bill in force, and what goes on from it. */
export interface FinalBillPosted extends Standing {
  settlementCaseId: string;
  billNumber: string;
  wakes: Wake[];
  starts?: SiblingStart[];
}

/** The policy let the system itself approve the draft: it is posted already. */
export interface FinalBillPostedByPolicy extends FinalBillPosted {
  postedBy: 'POLICY';
}

export type FinalBillDecided =
  | Forged
  | ({ forged: false; outcome: 'APPROVE' } & FinalBillPosted)
  | ({ forged: false; outcome: 'SEND_BACK'; task: OpenTask } & Standing);

export type FinalBillCorrected = Forged | ({ forged: false } & FinalBillDrafted);

export interface CaseCanceled extends Standing {
  wakes: Wake[];
  starts?: SiblingStart[];
}

/** A case that an operator ended; one that another case had ended before stays as it was ended. */
export interface CaseAborted extends CaseCanceled {
  status: CaseStatus;
}

/** An incident's row; `ended` when another case has ended this one already, which resolves it. */
export interface IncidentOpened {
  incidentId: number;
  ended?: boolean;
}

/** What became of a decision on an amendment: approved, the step can run again. */
export type AmendmentDecided = Forged | { forged: false; approved: boolean };

/** An onboarding after a step; `lookAt` (real time) is when a date may bring something new. */
export interface OnboardingStanding extends Standing {
  opened: Opened;
  consoleUrl: string;
  done: boolean;
  tasks: OpenTask[];
  orders: string[];
  closedOrders: string[];
  lookAt?: string;
  conditions: string[];
  wakes: Wake[];
  starts: SiblingStart[];
}
export type OnboardingDecided = Forged | ({ forged: false } & OnboardingStanding);

/**
 * A vacancy after a step: done, or with the tasks that it now waits for, and the orders of the field; results from before
 * there were such orders name none.
 */
export interface VacancyStanding extends Standing {
  opened: Opened;
  consoleUrl: string;
  done: boolean;
  tasks: OpenTask[];
  orders?: string[];
  wakes?: Wake[];
  starts?: SiblingStart[];
}
export type VacancyDecided = Forged | ({ forged: false } & VacancyStanding);

/** A settlement after a step; `dueAt` (real time) is when a balance is due. */
export interface SettlementStanding extends Standing {
  opened: Opened;
  consoleUrl: string;
  done: boolean;
  task?: OpenTask;
  dueAt?: string;
  /** What comes then is not a reminder but the penalty of the final bill; absent of results from before there was one. */
  penaltyDue?: true;
  /** A credit that is too small to be refunded by itself is held. */
  creditHeld?: true;
  /** What comes then is a look at the records: the balance is for collections. */
  lookDue?: true;
  balanceCents: number;
}
/** A decision on a balance that stays unpaid. */
export type DebtDecided = RefundDecided;
export type RefundDecided = Forged | ({ forged: false } & SettlementStanding);

/** A bill that is to take the place of a wrong one, with the task of whoever approves it. */
export interface CorrectionOpened extends Standing {
  opened: Opened;
  consoleUrl: string;
  task: OpenTask;
}

/** A decision on a correction ends its case either way; what it set going beside goes on. */
export type CorrectionDecided =
  Forged | ({ forged: false; status: CaseStatus; wakes: Wake[]; starts: SiblingStart[] } & Standing);

export interface PaymentPosted extends Standing {
  opened: Opened;
  consoleUrl: string;
  wakes: Wake[];
  /** The settlement case that this payment opened, when money came on an account that had none. */
  settlementCaseId?: string;
}

/** What stored work has brought: whom to wake, and the settlements whose rows it wrote. */
export interface FieldWorkDone {
  status: 'APPLIED' | 'REFUSED';
  wakes: Wake[];
  settlementCaseIds: string[];
  /** Absent of results from before there were any. */
  starts?: SiblingStart[];
}

/** The instants of a case in real time, after the office's clock was moved. */
export interface CaseTimes {
  times: Record<string, string>;
  tasks: { taskId: string; remindAt: string; dueAt: string; escalateAgainAt?: string }[];
}
