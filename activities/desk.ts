import type { CaseTimes, CommandStep, StepInput } from '../contract/activities';
import { instantOf, realInstant } from '../db/clock';
import { ensure } from '../db/errors';
import { addEvent, lockCase } from '../db/records/cases';
import { nextReminderOn } from '../db/records/reminders';
import { remindOfTask } from '../db/records/tasks';
import { inTransaction } from '../db/transaction';
import { SYSTEM_USER_ID } from '../domain/roles';
import type { TaskStage } from '../domain/tasks/urgency';
import { takeCommand } from './commands';
import { inStep, type Deps } from './in-step';

/** The steps that every kind of case has: reminders, incidents, and the instants after the clock was moved. */
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

    /** Opens the incident's row, after the workflow shows it already (design.md decision 7). */
    openIncident: (input: StepInput & { step: string; code: string; cause: string }): Promise<{ incidentId: number }> =>
      inStep(deps, input, async (tx) => {
        const theCase = await lockCase(tx, input.caseId);
        const { step, code, cause } = input;
        const row = await tx.db.Incident.create({
          caseId: input.caseId,
          step,
          code,
          cause: cause.slice(0, 500),
          status: 'OPEN',
          openedAt: tx.now,
        });
        if (theCase && theCase.closedAt === null) {
          await theCase.update({ status: 'INCIDENT' });
          await addEvent(tx, theCase, { kind: 'INCIDENT_OPENED', data: { incidentId: row.id, step, code } });
        }
        return { incidentId: row.id };
      }),

    /** Takes up an operator's RETRY: the incident is resolved and the step is run again. */
    resolveIncident: (input: CommandStep & { incidentId: number }): Promise<void> =>
      inStep(deps, input, async (system) => {
        const theCase = await lockCase(system, input.caseId);
        const tx = await takeCommand(system, input, 'RETRY');
        const incident = await tx.db.Incident.findByPk(input.incidentId, { lock: true });
        ensure(incident?.status === 'OPEN', 'NO_INCIDENT', 'The incident is resolved already');
        await incident.update({ status: 'RESOLVED', resolvedAt: tx.now, resolvedBy: tx.actorId, resolution: 'RETRY' });
        tx.audit({ action: 'incident.retried', entity: 'incident', entityId: incident.id, caseId: input.caseId });
        if (theCase?.status !== 'INCIDENT') return;
        await theCase.update({ status: 'OPEN' });
        await addEvent(tx, theCase, { kind: 'INCIDENT_RESOLVED', data: { incidentId: incident.id, action: 'RETRY' } });
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
          tasks: tasks.map(({ id, remindAt, dueAt, escalateAgainAt }) => ({
            ...{ taskId: id, remindAt: real(remindAt), dueAt: real(dueAt) },
            ...(escalateAgainAt && { escalateAgainAt: real(escalateAgainAt) }),
          })),
        };
      }),
  };
}
