import type { CaseTimes, StepInput } from '../contract/activities';
import { instantOf, realInstant } from '../db/clock';
import { addEvent, lockCase } from '../db/records/cases';
import { nextReminderOn } from '../db/records/reminders';
import { inTransaction } from '../db/transaction';
import { SYSTEM_USER_ID } from '../domain/roles';
import { inStep, type Deps } from './in-step';

/** The steps that every kind of case has: reminders, and the instants after the clock was moved. */
export function deskActivities(deps: Deps) {
  return {
    /** Notes that a task was reminded of, or escalated because it is overdue. */
    remindTask: (input: StepInput & { taskId: string; stage: 'REMINDED' | 'ESCALATED' }): Promise<void> =>
      inStep(deps, input, async (tx) => {
        const theCase = await lockCase(tx, input.caseId);
        const task = await tx.db.HumanTask.findByPk(input.taskId, { lock: true });
        if (!theCase || task?.status !== 'OPEN') return;
        if (input.stage === 'ESCALATED') await task.update({ escalatedAt: tx.now });
        await addEvent(tx, theCase, { kind: `TASK_${input.stage}`, data: { taskId: task.id } });
      }),

    /** The instants that an open case waits for, in real time: they come nearer when the office's clock is moved ahead. */
    caseTimes: ({ caseId }: { caseId: string }): Promise<CaseTimes> =>
      inTransaction(deps.db, SYSTEM_USER_ID, async (tx) => {
        const { clock } = tx.settings;
        const real = (at: Date) => realInstant(clock, at).toISOString();
        const tasks = await tx.db.HumanTask.findAll({ where: { caseId, status: 'OPEN' } });
        const moveOut = await tx.db.MoveOut.findByPk(caseId);
        const theCase = await tx.db.Case.findByPk(caseId);
        const remindOn = theCase?.type === 'SETTLEMENT' ? await nextReminderOn(tx, theCase) : null;
        return {
          times: {
            ...(moveOut ? { stopAt: real(instantOf(clock, moveOut.stopOn)) } : {}),
            ...(remindOn ? { dueAt: real(instantOf(clock, remindOn)) } : {}),
          },
          tasks: tasks.map(({ id, remindAt, dueAt }) => ({ taskId: id, remindAt: real(remindAt), dueAt: real(dueAt) })),
        };
      }),
  };
}
