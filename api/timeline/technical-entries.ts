import type { Person } from '../../db/reads/people';
import type { IncidentRow } from '../../db/reads/timeline/incidents';
import type { StepRow } from '../../db/reads/timeline/steps';
import { personOf } from '../../db/reads/people';
import type { Attempts } from './attempts';
import type { Entry } from './entry';
import { inWords } from './event-text';

/** When things happened by the office's clock. */
type OfficeClock = (real: Date) => Date;

/** The incidents: what failed and why, and who resolved it. A cause names no people: it has gone through Temporal. */
export const incidentEntries = (rows: IncidentRow[], system: Person): Entry[] =>
  rows.flatMap(({ incidentId, step, code, cause, openedAt, resolvedAt, resolution, username, displayName }) => {
    const about = { id: String(incidentId) };
    const noted = resolution === 'NOTED';
    const opened: Entry = {
      ...{ ...about, at: openedAt, kind: 'INCIDENT_OPENED', actor: system },
      text: noted
        ? `${code} was noted at the ${step}; nothing was done.`
        : `The step ${step} failed for good: ${code}.`,
      data: { incidentId, step, code, cause },
    };
    if (!resolvedAt || noted) return [opened];
    const resolved: Entry = {
      ...{ ...about, at: resolvedAt, kind: 'INCIDENT_RESOLVED', actor: personOf(username, displayName) ?? system },
      text: `The incident of the step ${step} was resolved: ${inWords(resolution ?? 'unknown').toLowerCase()}.`,
      data: { incidentId, step, code, resolution },
    };
    return [opened, resolved];
  });

/** The steps that were done, with how many attempts each took where Temporal still knows. */
export const stepEntries = (rows: StepRow[], attempts: Attempts, at: OfficeClock, system: Person): Entry[] =>
  rows.map(({ key, doneAt }) => {
    const [, step = key, n = ''] = key.split('/');
    const tries = attempts.done.get(key) ?? null;
    const after = tries !== null && tries > 1 ? ` at the ${ordinal(tries)} attempt` : '';
    return {
      ...{ at: at(doneAt), kind: 'STEP_DONE' as const, id: key, actor: system },
      text: `The step ${step} was done${after}.`,
      data: { step, n, attempts: tries },
    };
  });

/** The steps that are tried now. */
export const attemptEntries = ({ pending }: Attempts, at: OfficeClock, system: Person): Entry[] =>
  pending.map(({ activityId, step, attempt, lastFailure, scheduledAt, nextAttemptAt }) => {
    const failed = lastFailure ? `, the one before failed with ${lastFailure}` : '';
    return {
      ...{ at: at(scheduledAt), kind: 'STEP_TRIED' as const, id: activityId, actor: system },
      text: `The step ${step} is under way: attempt ${attempt}${failed}.`,
      data: { step, attempt, lastFailure, nextAttemptAt: nextAttemptAt && at(nextAttemptAt) },
    };
  });

function ordinal(n: number): string {
  const ends = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ends}`;
}
