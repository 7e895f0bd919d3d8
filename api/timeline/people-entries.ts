import type { AttachmentRow, CommentRow } from '../../db/reads/comments';
import type { CommandRow } from '../../db/reads/timeline/commands';
import type { DecisionRow } from '../../db/reads/timeline/decisions';
import type { TaskChangeRow } from '../../db/reads/timeline/task-changes';
import type { VoidedRow } from '../../db/reads/timeline/voided';
import { TASK_TYPES } from '../../contract/task-types';
import { actorOf, type Entry } from './entry';
import { inWords, titleOf } from './event-text';

/** What people decided, and when it took effect. */
export const decisionEntries = (rows: DecisionRow[]): Entry[] =>
  rows.flatMap(({ decisionId, taskId, taskType, taskVersion, outcome, comment, recordedAt, appliedAt, ...row }) => {
    const data = { decisionId, taskId, taskType, version: taskVersion, outcome };
    const about = { id: decisionId, actor: actorOf(row), data };
    const what = `"${labelOf(taskType, outcome)}" on the task "${titleOf(taskType)}", version ${taskVersion}`;
    const recorded: Entry = {
      ...{ ...about, at: recordedAt, kind: 'DECISION', text: `The decision was recorded: ${what}.` },
      forPeople: { comment },
    };
    if (!appliedAt) return [recorded];
    return [
      recorded,
      { ...about, at: appliedAt, kind: 'DECISION_APPLIED', text: `The decision took effect: ${what}.` },
    ];
  });

/** The decisions and commands that the case refused. */
export const voidedEntries = (rows: VoidedRow[]): Entry[] =>
  rows.map(({ seq, what, id, reason, at, ...row }) => ({
    ...{ at, id: String(seq), actor: actorOf(row) },
    kind: what === 'DECISION' ? 'DECISION_REFUSED' : 'COMMAND_REFUSED',
    text: `The case refused ${what === 'DECISION' ? 'the decision' : 'the command'}: ${reason ?? 'no reason given'}.`,
    data: what === 'DECISION' ? { decisionId: id, reason } : { commandId: id, reason },
  }));

const CHANGE: Record<string, (row: TaskChangeRow) => string> = {
  'task.claimed': () => 'was claimed',
  'task.released': () => 'was given back to its group',
  'task.assigned': ({ to }) => (to ? `was assigned to ${to}` : 'was given back to its group'),
  'task.delegated': ({ to }) => `was delegated to ${to}`,
  'task.givenBack': ({ to }) => `was given back to ${to}`,
  'task.prioritized': ({ priority }) => `has the priority ${priority} now`,
};

/** Who took, handed on and ranked the tasks. */
export const taskEntries = (rows: TaskChangeRow[]): Entry[] =>
  rows.map((row) => ({
    ...{ at: row.at, kind: 'TASK' as const, id: String(row.seq), actor: actorOf(row) },
    text: `The task "${titleOf(row.taskType)}" ${CHANGE[row.action]?.(row) ?? 'was changed'}.`,
    data: { taskId: row.taskId, taskType: row.taskType, action: row.action, to: row.to, priority: row.priority },
  }));

const COMMAND: Record<string, string> = {
  CANCEL: 'to cancel the case',
  RETRY: 'to run the failed step again',
  AMEND: 'to amend what made the step fail',
  SKIP: 'to leave the failed step out',
  ABORT: 'to end the case after its incident',
  RESCHEDULE: 'to move the date of the case',
  LANDLORD_DECLINES: 'to take back what the landlord had said yes to',
};

/** What people commanded the case to do. */
export const commandEntries = (rows: CommandRow[]): Entry[] =>
  rows.map(({ commandId, kind, status, said, at, ...row }) => ({
    ...{ at, kind: 'COMMAND' as const, id: commandId, actor: actorOf(row) },
    text: `The command was given ${COMMAND[kind] ?? `to ${inWords(kind).toLowerCase()}`}.`,
    data: { commandId, command: kind, status },
    forPeople: said,
  }));

/** What people wrote down; the words themselves are for those who may see customers. */
export const commentEntries = (rows: CommentRow[]): Entry[] =>
  rows.map(({ commentId, taskId, text, createdAt, author }) => ({
    ...{ at: createdAt, kind: 'COMMENT' as const, id: String(commentId), actor: author },
    text: `A comment was written on ${taskId ? 'a task' : 'the case'}.`,
    data: { commentId, taskId },
    forPeople: { comment: text },
  }));

/** The documents that people noted. */
export const attachmentEntries = (rows: AttachmentRow[]): Entry[] =>
  rows.map(({ attachmentId, taskId, title, uri, mediaType, sha256, createdAt, author }) => ({
    ...{ at: createdAt, kind: 'ATTACHMENT' as const, id: String(attachmentId), actor: author },
    text: `A document was noted with ${taskId ? 'a task' : 'the case'}.`,
    data: { attachmentId, taskId, mediaType },
    forPeople: { title, uri, sha256 },
  }));

function labelOf(type: DecisionRow['taskType'], outcome: string): string {
  const outcomes: Record<string, { label: string }> = TASK_TYPES[type].outcomes;
  return outcomes[outcome]?.label ?? outcome;
}
