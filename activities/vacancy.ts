import type { DecisionStep, OpenStep, StepInput, VacancyDecided, VacancyStanding } from '../contract/activities';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { Account } from '../db/models/occupancy';
import { lockCase } from '../db/records/cases';
import { lockAccountWithLocation } from '../db/records/places';
import { recordForgery, takeUpDecision } from '../db/records/tasks';
import { chooseLines, declineLines, openLines } from '../db/records/vacancy-lines';
import { actingAs, type Tx } from '../db/transaction';
import { inStep, type Deps } from './in-step';
import { moveVacancy } from './vacancy-standing';

/** The steps of a vacancy: what becomes of each service when its holder leaves. */
export function vacancyActivities(deps: Deps) {
  const step = <I extends StepInput>(input: I, act: (found: Locked) => Promise<VacancyStanding>) =>
    inStep(deps, input, async (tx) => act(await lockVacancy(tx, input.caseId)));
  const decision = (
    input: DecisionStep,
    act: (found: Locked, outcome: string) => Promise<VacancyStanding>,
  ): Promise<VacancyDecided> =>
    inStep(deps, input, async (system): Promise<VacancyDecided> => {
      const found = await lockVacancy(system, input.caseId);
      ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
      const verified = await takeUpDecision(system, found.theCase, input);
      if (!verified) return recordForgery(system, found.theCase, input).then(() => ({ forged: true }));
      const { actorId, outcome } = verified.decision;
      return { forged: false, ...(await act({ ...found, tx: actingAs(system, actorId) }, outcome)) };
    });

  return {
    /** Decides each service of the leaver: to the landlord by itself, or a prompt, or vacant (domain.md section 4). */
    openVacancy: (input: OpenStep): Promise<VacancyStanding> =>
      step(input, async (found) => {
        if (found.theCase.closedAt === null) await openLines(found.tx, found.theCase);
        return standing(deps, found);
      }),

    /** "No new tenant": the services go to the landlord by agreement or by prompt, or fall vacant. */
    decideNewTenant: (input: DecisionStep): Promise<VacancyDecided> =>
      decision(input, async (found) => {
        await chooseLines(found.tx, found.theCase, 'NO');
        return standing(deps, found);
      }),

    /**
     * "Reconnect": the landlord's account and agreements from the handover on, with a notice to the landlord; or the
     * landlord declines, and the services fall vacant or wait for the new tenant who comes later.
     */
    decideReconnect: (input: DecisionStep): Promise<VacancyDecided> =>
      decision(input, async (found, outcome) => {
        const asked = { caseId: input.caseId, status: 'PROMPTED' as const, choice: 'PROMPT_LANDLORD' };
        if (outcome === 'DECLINE') await declineLines(found.tx, found.theCase);
        else await found.tx.db.VacancyLine.update({ choice: 'REVERT', status: 'OPENED' }, { where: asked });
        return standing(deps, found);
      }),

    /** Looks again at what the case waits for, after another case brought a fact; ends it when every line has taken effect. */
    refreshVacancy: (input: StepInput): Promise<VacancyStanding> => step(input, (found) => standing(deps, found)),
  };
}

interface Locked {
  tx: Tx;
  theCase: Case;
  account: Account;
  locationNumber: string;
}

async function lockVacancy(tx: Tx, caseId: string): Promise<Locked> {
  const unlocked = await tx.db.Case.findByPk(caseId, { rejectOnEmpty: true });
  const { account, location } = await lockAccountWithLocation(tx, unlocked.accountId ?? 0);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  return { tx, theCase, account, locationNumber: location.locationNumber };
}

/** Brings the case up to the facts, unless it has ended, and says what it waits for. */
async function standing(deps: Deps, { tx, theCase, account, locationNumber }: Locked): Promise<VacancyStanding> {
  const { tasks, wakes, starts } =
    theCase.closedAt === null ? await moveVacancy(tx, theCase) : { tasks: [], wakes: [], starts: [] };
  const { accountNumber } = account;
  const { caseId, status, step, waitingOn } = theCase;
  return {
    opened: { caseId, status, step, accountNumber, locationNumber },
    consoleUrl: deps.consoleUrl,
    done: theCase.closedAt !== null,
    ...{ tasks, wakes, starts, step, waitingOn },
  };
}
