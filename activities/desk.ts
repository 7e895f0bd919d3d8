import type { CaseTimes, StepInput } from '../contract/activities';
import { realDayStart, realInstant } from '../db/clock';
import { lockCase } from '../db/records/cases';
import { nextOfBalance } from '../db/records/reminders';
import { remindOfTask } from '../db/records/tasks';
import { inTransaction } from '../db/transaction';
import { SYSTEM_USER_ID } from '../domain/roles';
import type { TaskStage } from '../domain/tasks/urgency';
import { inStep, type Deps } from './in-step';

/** The steps that every kind of case has: reminders, and the instants after the clock was moved. */
export function deskActivities(deps: Deps) {
  return {
    /** Reminds of a task, or escalates it because it is overdue. */
    remindTask: (input: StepInput & { taskId: string; stage: TaskStage }): Promise<{ unattended: boolean } | null> =>
      inStep(deps, input, async (tx) => {
        const theCase = await lockCase(tx, input.caseId);
        const task = await tx.db.HumanTask.findByPk(input.taskId, { lock: true });
        if (!theCase || task?.status !== 'OPEN') return null;
        return { unattended: await remindOfTask(tx, theCase, task, input.stage) };
      }),

    /** The instants that an open case waits for, in real time: they come nearer when the office's clock is moved ahead. */
    caseTimes: ({ caseId }: { caseId: string }): Promise<CaseTimes> =>
      inTransaction(deps.db, SYSTEM_USER_ID, async (tx) => {
        const { clock } = tx.settings;
        const real = (at: Date) => realInstant(clock, at).toISOString();
        const tasks = await tx.db.HumanTask.findAll({ where: { caseId, status: 'OPEN' } });
        const moveOut = await tx.db.MoveOut.findByPk(caseId);
        const theCase = await tx.db.Case.findByPk(caseId);
        const next = theCase?.type === 'SETTLEMENT' ? await nextOfBalance(tx, theCase) : null;
        return {
          times: {
            ...(moveOut ? { stopAt: realDayStart(clock, moveOut.stopOn) } : {}),
            ...(moveOut?.readDeadlineOn ? { readDeadlineAt: realDayStart(clock, moveOut.readDeadlineOn) } : {}),
            ...(next ? { dueAt: realDayStart(clock, next.on) } : {}),
          },
          tasks: tasks.map(({ id, remindAt, dueAt, escalateAgainAt }) => ({
            ...{ taskId: id, remindAt: real(remindAt), dueAt: real(dueAt) },
            ...(escalateAgainAt && { escalateAgainAt: real(escalateAgainAt) }),
          })),
        };
      }),
  };
}
