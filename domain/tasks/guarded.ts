import type { TaskType } from '../states';

/** The kinds of task with an outcome that approves something: four-eyes holds for them (design.md decision 6). */
export const GUARDED_TASKS: readonly TaskType[] = [
  'APPROVE_SETUP',
  'READ_EXCEPTION',
  'APPROVE_FINAL_BILL',
  'APPROVE_REFUND',
  'APPROVE_REFUND_SECOND',
  'APPROVE_AMENDMENT',
  'APPROVE_CORRECTION',
  'CONFIRM_SHUT_OFF',
  'APPROVE_WRITE_OFF',
];
