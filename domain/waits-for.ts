import { amendmentKind, type FailedStep } from './incident-actions';
import type { CaseStep, CaseType, TaskType } from './states';

/** Who is waited for, and what comes next. */
interface Wait {
  who: string;
  then?: string;
}

const SERVICE_BEGINS = 'service begins';
const GOES_ON = 'the case goes on';

// In the order in which they are said.
const TASK: Record<TaskType, Required<Wait>> = {
  APPROVE_SETUP: { who: 'a supervisor to approve the set-up or reject it', then: SERVICE_BEGINS },
  EXPIRE_OR_EXTEND: {
    who: 'a clerk to let the set-up expire or to extend it',
    then: 'service begins or the set-up ends',
  },
  READ_EXCEPTION: {
    who: 'a supervisor to accept a final read that is not plausible, to have it read again or to estimate it',
    then: 'the final bill is drafted once every read is in',
  },
  MISSING_READ: {
    who: 'a clerk to estimate a final read that is not in, or to wait for it',
    then: 'the final bill is drafted once every read is in',
  },
  APPROVE_FINAL_BILL: {
    who: 'a supervisor to approve the final bill or send it back',
    then: 'the bill is posted and the account settled',
  },
  CORRECT_FINAL_BILL: {
    who: 'a clerk to correct the final bill that was sent back',
    then: 'it is drafted again and a supervisor asked anew',
  },
  NEW_TENANT: {
    who: 'a clerk to say whether there is a new tenant',
    then: 'the new tenant is set up or the landlord asked',
  },
  RECONNECT_TO_LANDLORD: {
    who: 'a clerk to reconnect service to the landlord',
    then: 'the landlord has the services or they fall vacant',
  },
  CONFIRM_SHUT_OFF: {
    who: 'a supervisor to confirm that the place is shut off or reject it',
    then: 'the field turns the supply off',
  },
  APPROVE_REFUND: {
    who: 'a supervisor to approve the refund or reject it',
    then: 'the refund is issued and the account closed, or the credit held',
  },
  APPROVE_REFUND_SECOND: {
    who: 'another supervisor to approve the refund too or reject it',
    then: 'the refund is issued and the account closed, or the credit held',
  },
  APPROVE_AMENDMENT: {
    who: 'a supervisor to approve what is to be amended or reject it',
    then: 'the step that failed is run again',
  },
  APPROVE_CORRECTION: {
    who: 'a supervisor to approve the corrected bill or reject it',
    then: 'it takes the place of the wrong one and the difference is settled',
  },
  HAND_TO_COLLECTIONS: {
    who: 'a clerk to hand the unpaid balance to collections, to wait or to have it written off',
    then: 'the account is with collections or the customer has more time',
  },
  APPROVE_WRITE_OFF: {
    who: 'a supervisor to approve that the debt is written off or reject it',
    then: 'the debt is off the books and remembered, or waited for',
  },
};

// REQUESTED and OPENED are the same to whoever looks: the case is there and its first step is not done.
const STEP: Partial<Record<CaseStep, Wait>> = {
  REQUESTED: { who: 'the system to carry out what was asked' },
  OPENED: { who: 'the system to carry out what was asked' },
  PENDING_APPROVAL: { who: 'the approval of the set-up', then: SERVICE_BEGINS },
  PENDING_START: { who: 'the system to begin service', then: 'the customer is welcomed' },
  AWAITING_READ: {
    who: 'the field to take the final read',
    then: 'the final bill is drafted once the stop date is there',
  },
  READ_EXCEPTION: {
    who: 'a supervisor to look at a final read',
    then: 'the final bill is drafted once every read is in',
  },
  AWAITING_STOP_DATE: { who: 'the stop date', then: 'the final bill is drafted' },
  BILL_DRAFTED: { who: 'the system to draft the final bill', then: 'a supervisor is asked to approve it' },
  NEW_TENANT_SETUP: { who: "the new tenant's set-up to take effect", then: 'the new tenant has the services' },
  REVERTING: {
    who: "the handover: the leaver's stop date and final read",
    then: 'the landlord has the services or they fall vacant',
  },
  SHUTTING_OFF: { who: 'the field to turn the supply off', then: 'the place is shut off' },
  BALANCE_DUE: { who: 'the customer to pay the balance', then: 'the account is closed' },
  COLLECTIONS: { who: 'collections to bring in the balance', then: 'the account is closed' },
  CREDIT_HELD: {
    who: 'the customer to ask for a credit that is not refunded by itself',
    then: 'it is refunded or moved and the account closed',
  },
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
  SHUT_OFF: 'Nothing: the place is shut off.',
  PAID: 'Nothing: the account is paid and closed.',
  REFUND_ISSUED: 'Nothing: the refund is issued and the account closed.',
  WRITTEN_OFF: 'Nothing: the debt is written off and remembered.',
  ZERO: 'Nothing: nothing was owed, and the account is closed.',
  POSTED: 'Nothing: the payment is posted.',
};

/** Where a case stands, as its workflow and its row both know it. */
export interface Standing {
  type: CaseType;
  step: CaseStep;
  /** The types of its open tasks, in any order. */
  tasks: readonly TaskType[];
  /** The open conditions of a set-up, each in words. */
  conditions: readonly string[];
  /** The step that an open incident is about, and why it failed. */
  incident: FailedStep | null;
}

/**
 * What a case waits for and what comes next, as one English sentence without personal data: for the API and the Temporal
 * UI, which say the same.
 */
export function waitsFor(about: Standing): string {
  if (about.incident) {
    const { who, then } = TASK.APPROVE_AMENDMENT;
    return about.tasks.includes('APPROVE_AMENDMENT')
      ? sentence([who], then)
      : sentence([repair(about.incident)], GOES_ON);
  }
  const ended = ENDED[about.step];
  if (ended) return ended;
  const tasks = (Object.keys(TASK) as TaskType[]).filter((type) => about.tasks.includes(type));
  // A condition that somebody has a task for is said by the task.
  const approvalIsSaid = tasks.includes('APPROVE_SETUP');
  const conditions = about.conditions.filter((text) => !(approvalIsSaid && text.startsWith('a supervisor')));
  const all = [...tasks.map((type) => TASK[type].who), ...conditions];
  if (all.length > 0) return sentence(all, nextAfter(about.type, tasks));
  const { who, then } = STEP[about.step] ?? { who: 'the system' };
  return sentence([who], then);
}

/** Who can repair a step that failed: an operator, and the office where what it knows can be amended. */
const repair = (failed: FailedStep): string =>
  amendmentKind(failed)
    ? `an operator to repair, or a clerk or supervisor to amend, what made the step ${failed.step} fail`
    : `an operator to repair the step ${failed.step}, which failed`;

/** What comes after these tasks and the conditions beside them: all of them have to be there. */
function nextAfter(type: CaseType, tasks: TaskType[]): string {
  if (type === 'ONBOARD') return tasks.includes('EXPIRE_OR_EXTEND') ? TASK.EXPIRE_OR_EXTEND.then : SERVICE_BEGINS;
  const [only, ...others] = tasks;
  if (only && others.length === 0) return TASK[only].then;
  return type === 'VACANCY' ? 'each service has its next holder or falls vacant' : GOES_ON;
}

const sentence = (who: string[], then?: string): string =>
  `Waits for ${who.join(', and for ')}${then ? `; then ${then}` : ''}.`;
