import { TASK_TYPES } from '../../contract/task-types';
import { formatCents } from '../../domain/money';
import type { TaskType } from '../../domain/states';

type Data = Record<string, unknown>;

const money = (cents: unknown): string => (typeof cents === 'number' ? formatCents(cents) : 'an unknown amount');

/** The title of a task's type; the type itself when it is one that this product no longer has. */
export const titleOf = (type: unknown): string =>
  Object.hasOwn(TASK_TYPES, String(type)) ? TASK_TYPES[type as TaskType].title : String(type);

const TEXT: Record<string, (data: Data) => string> = {
  OPENED: () => 'The case was opened.',
  CUSTOMER_SAVED: () => 'The new customer was saved.',
  CONDITIONS_CHANGED: () => 'What the set-up waits for has changed.',
  SET_UP_APPROVED: () => 'The set-up was approved.',
  REJECTED: () => 'The set-up was rejected.',
  RESCHEDULED: ({ startOn }) => `The start was moved to ${String(startOn)}.`,
  START_PASSED: () => 'The start date has passed with a condition still open.',
  EXTENDED: ({ until }) => `The set-up is waited for until ${String(until)}.`,
  EXPIRED: () => 'The set-up expired.',
  ACTIVATED: () => 'Service began, and the customer will be billed.',
  STOP_SCHEDULED: ({ stopOn }) => `The stop was scheduled for ${String(stopOn)}.`,
  STOP_MOVED: ({ stopOn }) => `The stop was moved to ${String(stopOn)}.`,
  FIELD_REPORT_TAKEN: () => "The case took the field's report.",
  BILL_DRAFTED: ({ revision, totalCents }) =>
    `Revision ${String(revision)} of the final bill was drafted: ${money(totalCents)}.`,
  SENT_BACK: ({ revision }) => `Revision ${String(revision)} of the final bill was sent back to be corrected.`,
  FINAL_BILL_POSTED: ({ billNumber, totalCents }) =>
    `The final bill ${String(billNumber)} was posted: ${money(totalCents)}.`,
  TASK_OPENED: ({ type }) => `The task "${titleOf(type)}" was opened.`,
  TASK_REMINDED: () => 'The group of an open task was reminded.',
  TASK_ESCALATED: () => 'An open task is overdue and was escalated.',
  TASK_UNATTENDED: () => 'Nobody may decide an open task, and an administrator has to make somebody able to.',
  VACANCY_MOVED: () => 'What becomes of the services has changed.',
  VACANCY_LOOKED_AT: () => 'What becomes of the services was looked at again.',
  VACANCY_SETTLED: () => 'Every service has its next holder or is vacant.',
  LANDLORD_STARTED: () => "The landlord's service was arranged.",
  PROMPTED_AGAIN: () => 'The open prompts are due now that the final bill is posted.',
  NEW_TENANT_CANCELED: () => "The new tenant's set-up was canceled.",
  MOVE_OUT_CANCELED: () => 'The move-out was canceled.',
  CANCELED: () => 'The case was canceled.',
  REFUND_REQUESTED: ({ amountCents }) => `A refund of ${money(amountCents)} was asked for.`,
  REFUND_ISSUED: ({ refundNumber }) => `The refund ${String(refundNumber)} was issued.`,
  REFUND_APPROVED_ONCE: ({ refundNumber }) =>
    `The refund ${String(refundNumber)} has its first approval and needs a second.`,
  BALANCE_DUE: () => 'The balance is due from the customer.',
  BALANCE_REMINDED: () => 'The customer was reminded of the balance.',
  ACCOUNT_CLOSED: () => 'The account was closed.',
  PAYMENT_POSTED: () => 'The payment was posted.',
};

/** What happened, as one sentence; of an event that has none of its own, its name in words. */
export function eventText(kind: string, data: Data): string {
  const text = Object.hasOwn(TEXT, kind) ? TEXT[kind] : undefined;
  return text ? text(data) : `${inWords(kind)}.`;
}

/** A word of the code in plain letters: TASK_OPENED is 'Task opened'. */
export function inWords(word: string): string {
  const plain = word.toLowerCase().replaceAll('_', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
