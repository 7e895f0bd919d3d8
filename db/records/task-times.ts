import type { TaskType } from '../../domain/states';
import { afterOfficeMinutes } from '../../domain/tasks/office-hours';
import { timingOf } from '../../domain/tasks/urgency';
import { instantAt, localTimeOf } from '../clock';
import type { Tx } from '../transaction';
import { holidaysFrom } from './holidays';

/** When a task of this kind that is opened now is reminded of, due and escalated again, by the office's own hours. */
export async function taskTimes(tx: Tx, type: TaskType) {
  const { clock, officeHours, tasks } = tx.settings;
  const { remindAfterHours, dueAfterHours, escalateAgainAfterHours, priority } = timingOf(tasks, type);
  const start = localTimeOf(clock, tx.now);
  const holidays = await holidaysFrom(tx, start.date);
  const after = (hours: number): Date =>
    instantAt(
      clock,
      afterOfficeMinutes(officeHours, (date) => holidays.has(date), start, hours * 60),
    );
  return {
    remindAt: after(remindAfterHours),
    dueAt: after(dueAfterHours),
    escalateAgainAt: after(escalateAgainAfterHours),
    priority,
  };
}
