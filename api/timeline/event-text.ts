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
  SAVED_WITH_WARNINGS: ({ warnings }) =>
    `To look at: ${(warnings as { message: string }[]).map(({ message }) => message).join('; ')}.`,
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
  VACATE_MOVED: ({ vacateOn }) => `The day of vacating was moved to ${String(vacateOn)}.`,
  BILLS_REVERSED: () => 'Bills with days after the stop were reversed.',
  READ_EXCEPTION: ({ orderNumber }) => `The read of the order ${String(orderNumber)} is not plausible.`,
  READ_ESTIMATED: ({ orderNumber, value }) =>
    `The read of the order ${String(orderNumber)} was estimated: ${String(value)}.`,
  READS_LOOKED_FOR: () => 'The case looked for reads whose last day has passed.',
  READ_DECIDED: () => 'It was decided what becomes of a read.',
  NEW_PLACE_CANCELED: () => 'The set-up at the new place was canceled: the customer leaves all the same.',
  MONEY_MOVED: ({ kind, amountCents }) =>
    `${money(amountCents)} of ${kind === 'DEBT' ? 'debt' : 'credit'} went along to the customer's new account.`,
  VACANCY_STARTED: () => 'A clerk asked what becomes of the place.',
  SHUT_OFF_CONFIRMED: () => 'A supervisor confirmed that the supply is shut off.',
  LANDLORD_DECLINED: () => 'The landlord does not take the services after all.',
  LANDLORD_GONE: () => 'The landlord who was to have the services is not the landlord any more.',
  FIELD_REPORT_TAKEN: () => "The case took the field's report.",
  BILL_DRAFTED: ({ revision, totalCents }) =>
    `Revision ${String(revision)} of the final bill was drafted: ${money(totalCents)}.`,
  SENT_BACK: ({ revision }) => `Revision ${String(revision)} of the final bill was sent back to be corrected.`,
  FINAL_BILL_POSTED: ({ billNumber, totalCents }) =>
    `The final bill ${String(billNumber)} was posted: ${money(totalCents)}.`,
  CORRECTION_DRAFTED: ({ billNumber, fromCents, totalCents }) =>
    `A bill of ${money(totalCents)} was drafted in the place of ${String(billNumber)} of ${money(fromCents)}.`,
  CORRECTION_REJECTED: () => 'The correction was rejected: the bill stays as it was issued.',
  BILL_CORRECTED: ({ billNumber, replaces, totalCents }) =>
    `The bill ${String(billNumber)} of ${money(totalCents)} took the place of ${String(replaces)}.`,
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
  REFUND_REJECTED: ({ refundNumber }) =>
    `The refund ${String(refundNumber)} was rejected: the credit is held until the customer asks again.`,
  HANDED_TO_COLLECTIONS: ({ amountCents }) => `The unpaid balance of ${money(amountCents)} was handed to collections.`,
  COLLECTIONS_CHANGED: ({ amountCents }) => `Collections are told that the balance is ${money(amountCents)} now.`,
  COLLECTIONS_ASKED: () => 'The balance stays unpaid: a clerk is asked whether it goes to collections.',
  COLLECTIONS_WAIT: ({ until }) => `The customer has time until ${String(until)}.`,
  WRITE_OFF_ASKED: ({ amountCents }) => `It was asked to write off ${money(amountCents)}.`,
  WRITE_OFF_REJECTED: ({ amountCents }) => `Writing off ${money(amountCents)} was rejected: the debt stays.`,
  WRITTEN_OFF: ({ amountCents }) => `${money(amountCents)} was written off: it stays on record as an old debt.`,
  SMALL_WRITE_OFF: ({ amountCents }) => `The small balance of ${money(amountCents)} was written off by policy.`,
  WRITE_OFF_RECOVERED: ({ amountCents }) => `${money(amountCents)} of the debt that was written off came in.`,
  PENALTY_CHARGED: ({ billNumber, amountCents }) =>
    `A penalty of ${money(amountCents)} was charged for the unpaid bill ${String(billNumber)}.`,
  CREDIT_HELD: ({ amountCents }) =>
    `A credit of ${money(amountCents)} is held: it is refunded when the customer asks for it.`,
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
