import type { Refusal } from './refusal';
import type { Role } from './roles';

/** What can be done about an incident (design.md decision 7). */
export const INCIDENT_ACTIONS = ['RETRY', 'AMEND', 'SKIP', 'ABORT'] as const;
export type IncidentAction = (typeof INCIDENT_ACTIONS)[number];

/** Who may take each action: operators see no customer data, so what the office knows is amended by the office. */
export const MAY_ACT: Record<IncidentAction, readonly Role[]> = {
  RETRY: ['operator'],
  AMEND: ['clerk', 'supervisor'],
  SKIP: ['operator'],
  ABORT: ['operator'],
};

/** What of a case's records an amendment changes: the rates of its service agreements. */
export type AmendmentKind = 'RATES';

/** A step that failed, and why: the code of the refusal, or UNEXPECTED. */
export interface FailedStep {
  step: string;
  code: string;
}

/** The steps that a case can do without: reminders. None of them moves money. */
const SKIPPABLE: readonly RegExp[] = [/^remindBalance$/, /^remind-/];

const PRICING_CODES: readonly RegExp[] = [/^RATE_/, /^UNIT_MISMATCH$/, /^METER_WITH_SHARE$/, /^SHARE_WITHOUT_SOURCE$/];

/** What can be amended after which refusals of which steps. */
const AMENDABLE: readonly { steps: readonly string[]; codes: readonly RegExp[]; kind: AmendmentKind }[] = [
  { steps: ['draftFinalBill'], codes: PRICING_CODES, kind: 'RATES' },
  { steps: ['refreshOnboarding'], codes: [/^NOT_BILLABLE$/], kind: 'RATES' },
];

/** Whether a case can go on without this step. */
const isSkippable = (step: string): boolean => SKIPPABLE.some((name) => name.test(step));

/** What can be amended when a step failed like this, or null. */
export function amendmentKind({ step, code }: FailedStep): AmendmentKind | null {
  const found = AMENDABLE.find(({ steps, codes }) => steps.includes(step) && codes.some((each) => each.test(code)));
  return found?.kind ?? null;
}

/** The actions that an incident allows. */
export function actionsFor(failed: FailedStep): IncidentAction[] {
  return INCIDENT_ACTIONS.filter((action) => refuseAction(failed, action) === null);
}

/** Why this action is none of this incident, or null. Codes NOT_SKIPPABLE, NOT_AMENDABLE. */
export function refuseAction(failed: FailedStep, action: IncidentAction): Refusal | null {
  if (action === 'SKIP' && !isSkippable(failed.step))
    return { code: 'NOT_SKIPPABLE', message: `The case cannot go on without the step ${failed.step}` };
  if (action === 'AMEND' && amendmentKind(failed) === null)
    return { code: 'NOT_AMENDABLE', message: `Nothing can be amended after ${failed.code} in the step ${failed.step}` };
  return null;
}

/** Why this person cannot take this action now, or null. Codes ROLE, NOT_SKIPPABLE, NOT_AMENDABLE, AMENDMENT_PENDING. */
export function refuseActor(
  failed: FailedStep & { amendmentPending: boolean },
  action: IncidentAction,
  roles: readonly Role[],
): Refusal | null {
  const who = MAY_ACT[action];
  if (!who.some((role) => roles.includes(role)))
    return { code: 'ROLE', message: `${action} is for the ${who.join(' or the ')}` };
  if (action === 'AMEND' && failed.amendmentPending)
    return { code: 'AMENDMENT_PENDING', message: 'An amendment waits for approval already' };
  return refuseAction(failed, action);
}
