import type { TaskType } from '../states';

/** The stages of a task that nobody decides: one reminder, then two escalations. */
export type TaskStage = 'REMINDED' | 'ESCALATED' | 'ESCALATED_AGAIN';

/** When the stages of one kind of task come, in office hours from its opening, and how urgent it begins, 0 to 100. */
export interface TaskTiming {
  remindAfterHours: number;
  dueAfterHours: number;
  escalateAgainAfterHours: number;
  priority: number;
}

/** The timing of all kinds of task, and of those that differ from it. */
export type TaskTimings = TaskTiming & { byType: Partial<Record<TaskType, Partial<TaskTiming>>> };

/** How urgent a task is at least after each escalation. */
const PRIORITY_ESCALATED = 75;
const PRIORITY_ESCALATED_AGAIN = 100;

/** The timing of a kind of task: its own, over what holds for all. */
export function timingOf({ byType, ...forAll }: TaskTimings, type: TaskType): TaskTiming {
  return { ...forAll, ...byType[type] };
}

/** How far a task is escalated at a stage, 0 to 2, and how urgent it is then: never less than before. */
export function urgencyAt(stage: TaskStage, before: { escalation: number; priority: number }) {
  if (stage === 'REMINDED') return before;
  const [escalation, priority] = stage === 'ESCALATED' ? [1, PRIORITY_ESCALATED] : [2, PRIORITY_ESCALATED_AGAIN];
  return {
    escalation: Math.max(before.escalation, escalation),
    priority: Math.max(before.priority, priority),
  };
}
