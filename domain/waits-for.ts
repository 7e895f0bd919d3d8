import type { CaseStep, CaseType, TaskType } from './states';

const TASK: Record<TaskType, string> = {
  APPROVE_SETUP: 'a supervisor to approve the set-up or reject it',
  EXPIRE_OR_EXTEND: 'a clerk to let the set-up expire or to extend it',
  APPROVE_FINAL_BILL: 'a supervisor to approve the final bill or send it back',
  CORRECT_FINAL_BILL: 'a clerk to correct the final bill that was sent back',
  NEW_TENANT: 'a clerk to say whether there is a new tenant',
  RECONNECT_TO_LANDLORD: 'a clerk to reconnect service to the landlord',
  APPROVE_REFUND: 'a supervisor to approve the refund',
  APPROVE_REFUND_SECOND: 'another supervisor to approve the refund too',
  APPROVE_AMENDMENT: 'a supervisor to approve an amendment or reject it',
};

const STEP: Partial<Record<CaseStep, string>> = {
  REQUESTED: 'the system to carry out the request',
  PENDING_START: 'the conditions of the start',
  AWAITING_READ: 'the field to take the final read',
  AWAITING_STOP_DATE: 'the stop date',
  BILL_DRAFTED: 'the system to draft the final bill',
  OPENED: 'the system to decide what becomes of each service',
  REVERTING: "the handover: the leaver's stop date and final read",
  BALANCE_DUE: 'the customer to pay the balance',
};

const ENDED: Partial<Record<CaseStep, string>> = {
  COMPLETED: 'Nothing: the case is completed.',
  ACTIVE: 'Nothing: the customer is served and will be billed.',
  EXPIRED: 'Nothing: the set-up expired before its conditions were met.',
  CANCELED: 'Nothing: the case was canceled.',
  SUPERSEDED: 'Nothing: what the case was about was canceled.',
  REFUSED: 'Nothing: the request was refused.',
  ABORTED: 'Nothing: an operator ended the case after an incident.',
  REVERTED: 'Nothing: the landlord holds the services.',
  VACANT: 'Nothing: the place is vacant.',
  PAID: 'Nothing: the account is paid and closed.',
  REFUND_ISSUED: 'Nothing: the refund is issued and the account closed.',
  ZERO: 'Nothing: nothing was owed, and the account is closed.',
  POSTED: 'Nothing: the payment is posted.',
};

/** What a case waits for, as one English sentence without personal data, for the Temporal UI. */
export function waitsFor(about: {
  type: CaseType;
  step: CaseStep;
  tasks: TaskType[];
  /** The open conditions of a set-up, each in words. */
  conditions: string[];
  incident: string | null;
}): string {
  if (about.incident) return `Waits for an operator: the step ${about.incident} failed.`;
  const ended = ENDED[about.step];
  if (ended) return ended;
  const tasks = about.tasks.map((type) => TASK[type]);
  // A condition that somebody has a task for is said by the task.
  const conditions = about.conditions.filter((condition) => !condition.startsWith('a supervisor'));
  const all = [...tasks, ...conditions];
  return `Waits for ${all.length > 0 ? all.join(', and for ') : (STEP[about.step] ?? 'the system')}.`;
}
