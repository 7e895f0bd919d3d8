import type {
  CaseCanceled,
  CommandStep,
  DecisionStep,
  OnboardingDecided,
  OnboardingStanding,
  OpenStep,
  StepInput,
} from '../../contract/activities';
import type { ExtendData } from '../../contract/forms';
import { RefusedError } from '../../db/errors';
import { parsedJson } from '../../db/reads/select';
import { addEvent } from '../../db/records/cases';
import { recordForgery, takeUpDecision, type VerifiedDecision } from '../../db/records/tasks';
import { actingAs } from '../../db/transaction';
import { NOTHING_BESIDE, type Beside } from '../beside';
import { takeCommand } from '../commands';
import { recordFieldReport } from '../field-report';
import { forceOut } from '../handover/force-move-out';
import { inStep, type Deps } from '../in-step';
import { cancelSetUp } from './cancel';
import { lockOpenSetUp, lockSetUp, type SetUp } from './lock';
import { rescheduleSetUp } from './reschedule';
import { saveForm } from './save';
import { assess } from './standing';

/** The steps of setting up a new customer (domain.md rows S1 to S16). */
export function onboardingActivities(deps: Deps) {
  const decision = (
    input: DecisionStep,
    act: (found: SetUp, verified: VerifiedDecision) => Promise<Beside>,
  ): Promise<OnboardingDecided> =>
    inStep(deps, input, async (system): Promise<OnboardingDecided> => {
      const found = await lockOpenSetUp(system, input.caseId);
      const verified = await takeUpDecision(system, found.theCase, input);
      if (!verified) return recordForgery(system, found.theCase, input).then(() => ({ forged: true }));
      const acting = { ...found, tx: actingAs(system, verified.decision.actorId) };
      return { forged: false, ...(await assess(deps, acting, await act(acting, verified))) };
    });

  return {
    /** Saves the form and begins what can begin at once. Refused: see saveForm. */
    saveCustomer: (input: OpenStep): Promise<OnboardingStanding> =>
      inStep(deps, input, async (system) => {
        const { found, beside, warnings } = await saveForm(system, input);
        const standing = await assess(deps, found, beside);
        return warnings.length === 0 ? standing : { ...standing, opened: { ...standing.opened, warnings } };
      }),

    /** Carries out the decision on a set-up that policy wants a second person to see; rejected, it ends. */
    decideSetUp: (input: DecisionStep): Promise<OnboardingDecided> =>
      decision(input, async (found, { decision: { id: decisionId, outcome } }) => {
        const { tx, theCase, account, setUp } = found;
        if (outcome !== 'APPROVE') return cancelSetUp(found, { step: 'CANCELED', event: 'REJECTED' });
        await account.update({ status: 'PENDING_START' });
        await setUp.update({ decisionId });
        await addEvent(tx, theCase, { kind: 'SET_UP_APPROVED', data: { decisionId } });
        const { caseId, startedBy } = theCase;
        return setUp.forceMoveOut ? forceOut(tx, { caseId, account, startedBy }) : NOTHING_BESIDE;
      }),

    /** Lets a set-up expire whose start has long passed, or waits longer. Refused: EXTEND_TO_PAST. */
    decideExpiry: (input: DecisionStep): Promise<OnboardingDecided> =>
      decision(input, async (found, { decision: { outcome, data } }) => {
        const { tx, theCase, setUp } = found;
        if (outcome !== 'EXTEND') return cancelSetUp(found, { step: 'EXPIRED', event: 'EXPIRED' });
        const { until } = parsedJson<ExtendData>(data);
        const message = `Today is ${tx.today}: wait until a later day`;
        if (until <= tx.today) throw new RefusedError({ code: 'EXTEND_TO_PAST', message, pointer: '#/data/until' });
        await setUp.update({ expiresOn: until });
        await addEvent(tx, theCase, { kind: 'EXTENDED', data: { until } });
        return NOTHING_BESIDE;
      }),

    /** Records what the field handed in for an order of this case, and begins service where the facts now allow. */
    takeStartReport: (input: StepInput & { orderNumber: string; fieldReportId: number }): Promise<OnboardingStanding> =>
      inStep(deps, input, async (system) => {
        const found = await lockOpenSetUp(system, input.caseId);
        const { tx, starts } = await recordFieldReport(system, found.theCase, input);
        const data = { orderNumber: input.orderNumber };
        await addEvent(tx, found.theCase, { kind: 'FIELD_REPORT_TAKEN', data });
        return assess(deps, { ...found, tx }, { wakes: [], starts });
      }),

    /** Looks again, after a date has come or another case brought a fact. */
    refreshOnboarding: (input: StepInput): Promise<OnboardingStanding> =>
      inStep(deps, input, async (tx) => assess(deps, await lockSetUp(tx, input.caseId), NOTHING_BESIDE)),

    /** Cancels the set-up before service has begun. Refused: CASE_CLOSED, HANDED_OVER. */
    cancelOnboarding: (input: CommandStep): Promise<CaseCanceled> =>
      inStep(deps, input, async (system) => {
        const found = await lockOpenSetUp(system, input.caseId);
        const tx = await takeCommand(system, input, 'CANCEL');
        const beside = await cancelSetUp({ ...found, tx }, { step: 'CANCELED', event: 'CANCELED' });
        return { step: 'CANCELED', waitingOn: null, ...beside };
      }),

    /** Moves the start to another day before service has begun. Refused: see rescheduleSetUp. */
    rescheduleOnboarding: (input: CommandStep): Promise<Beside> =>
      inStep(deps, input, async (system) => {
        const found = await lockOpenSetUp(system, input.caseId);
        const tx = await takeCommand(system, input, 'RESCHEDULE');
        return rescheduleSetUp({ ...found, tx }, input.commandId);
      }),
  };
}
