import { APPROVAL, TASK_TYPES } from '../../contract/task-types';
import { ensure } from '../../db/errors';
import { approverNow, type Approver } from '../../db/records/approvers';
import { readSettings } from '../../db/records/settings';
import { civilNow } from '../../db/clock';
import { decisionsOn, findTask, historyOf, type TaskDetailRow, type TaskRow } from '../../db/reads/tasks';
import { refuseDecision } from '../../domain/approval/refuse-decision';
import type { Settings } from '../../domain/settings';
import type { Actor, ApiDeps } from '../deps';
import { dataJsonSchema } from '../schemas/task-outcomes';

/** A task as it is answered. */
export const taskAnswer = (row: TaskRow) => ({ ...row, title: TASK_TYPES[row.type].title });

/** One task, with what this person could decide and what was decided. */
export async function taskDetailOf({ db }: ApiDeps, actor: Actor, taskId: string) {
  const task = await findTask(db, taskId);
  ensure(task, 'NOT_FOUND', 'There is no such task');
  const settings = await readSettings(db);
  const [decisions, history, approver] = await Promise.all([
    decisionsOn(db, task.taskId),
    historyOf(db, task.taskId),
    approverNow(db, actor.id, civilNow(settings.clock)),
  ]);
  const {
    assigneeId: _assignee,
    draftedById: _drafter,
    startedById: _starter,
    excludedUserIds: _excluded,
    ...shown
  } = task;
  return {
    ...taskAnswer(shown),
    subject: task.subject,
    draftedBy: task.draftedBy,
    startedBy: task.startedBy,
    outcomes: outcomesFor(task, approver, settings),
    decisions,
    history,
  };
}

// The same rule as when the decision comes, so that the console can say beforehand why a button is off.
function outcomesFor(task: TaskDetailRow, actor: Approver, { approvalLimitsCents: limitsCents }: Settings) {
  const { outcomes } = TASK_TYPES[task.type];
  return Object.entries(outcomes).map(([outcome, definition]) => {
    const refusal = refuseDecision({
      task: { ...task, draftedBy: task.draftedById, startedBy: task.startedById, outcomes },
      actor,
      limitsCents,
      version: task.version,
      outcome,
      isApproval: outcome === APPROVAL,
      comment: 'given later',
    });
    const dataSchema = dataJsonSchema(task.type, outcome);
    return { outcome, ...definition, refusedBecause: refusal?.code ?? null, dataSchema };
  });
}
