import type {
  CaseCanceled,
  CommandStep,
  DecisionStep,
  OpenStep,
  StepInput,
  VacancyDecided,
  VacancyStanding,
} from '../contract/activities';
import type { ReconnectData } from '../contract/forms';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { Account, VacancyLine } from '../db/models/occupancy';
import { parsedJson } from '../db/reads/select';
import { addEvent, lockCase } from '../db/records/cases';
import { lockAccountWithLocation } from '../db/records/places';
import { openOrders } from '../db/records/service-orders';
import { askToShutOff, confirmable, shutOff } from '../db/records/shut-off-lines';
import { recordForgery, takeUpDecision, type VerifiedDecision } from '../db/records/tasks';
import {
  askedOfLandlord,
  askInsteadOfShutOff,
  chooseAnew,
  chooseLines,
  declineLines,
  openLines,
} from '../db/records/vacancy-lines';
import { actingAs, type Tx } from '../db/transaction';
import { NOTHING_BESIDE, together, type Beside } from './beside';
import { takeCommand } from './commands';
import { recordFieldReport } from './field-report';
import { inStep, type Deps } from './in-step';
import { cancelVacancyOfClerk } from './vacancy-cancel';
import { giveBackSold, landlordDeclines } from './vacancy-given-up';
import { openForPlace } from './vacancy-opening';
import { moveVacancy } from './vacancy-standing';

/** The steps of a vacancy: what becomes of each service when its holder leaves. */
export function vacancyActivities(deps: Deps) {
  const step = <I extends StepInput>(input: I, act: (found: Locked) => Promise<VacancyStanding>) =>
    inStep(deps, input, async (tx) => act(await lockVacancy(tx, input.caseId)));
  const decision = (
    input: DecisionStep,
    act: (found: Locked, verified: VerifiedDecision) => Promise<void>,
  ): Promise<VacancyDecided> =>
    inStep(deps, input, async (system): Promise<VacancyDecided> => {
      const found = await lockVacancy(system, input.caseId);
      ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
      const verified = await takeUpDecision(system, found.theCase, input);
      if (!verified) return recordForgery(system, found.theCase, input).then(() => ({ forged: true }));
      const acting = { ...found, tx: actingAs(system, verified.decision.actorId) };
      await act(acting, verified);
      return { forged: false, ...(await standing(deps, acting)) };
    });

  return {
    /**
     * Decides each service of the leaver: to the landlord by itself, or a prompt, or vacant (domain.md section 4). One that
     * a clerk starts is of what is vacant at a place. Refused then: the reasons of openForPlace.
     */
    openVacancy: (input: OpenStep): Promise<VacancyStanding> =>
      inStep(deps, input, async (system) => {
        if (input.draftId !== undefined) {
          const { tx } = await openForPlace(system, input);
          return standing(deps, { ...(await lockVacancy(tx, input.caseId)), tx });
        }
        const found = await lockVacancy(system, input.caseId);
        if (found.theCase.closedAt === null) await openLines(found.tx, found.theCase);
        return standing(deps, found);
      }),

    /**
     * "No new tenant": the services go to the landlord by agreement or by prompt, or fall vacant; what would fall vacant is
     * shut off, where that was said too. Refused: the reasons of askToShutOff.
     */
    decideNewTenant: (input: DecisionStep): Promise<VacancyDecided> =>
      decision(input, async ({ tx, theCase }, { decision: { outcome } }) => {
        const lines = await chooseLines(tx, theCase, 'NO');
        const vacant = lines.filter(({ choice }) => choice === 'VACANT');
        if (outcome === 'SHUT_OFF') await askToShutOff(tx, theCase, vacant);
      }),

    /**
     * "Reconnect": the landlord's account and agreements from the handover on, with a notice to the landlord; or the
     * landlord declines, and the services fall vacant or wait for the new tenant who comes later; or they are to be shut
     * off. About some of the services, it leaves the others to be asked about. Refused: SERVICE_NOT_ASKED and the reasons
     * of askToShutOff.
     */
    decideReconnect: (input: DecisionStep): Promise<VacancyDecided> =>
      decision(input, async ({ tx, theCase }, { decision: { outcome, data } }) => {
        const { servicePointIds: only } = parsedJson<ReconnectData>(data);
        const { meant, others } = await askedOfLandlord(tx, theCase, only);
        if (outcome === 'DECLINE') await declineLines(tx, theCase, meant);
        else if (outcome === 'SHUT_OFF') await askToShutOff(tx, theCase, meant);
        else await updateAll(meant, { choice: 'REVERT', status: 'OPENED' });
        await updateAll(others, { status: 'OPENED' });
      }),

    /** A supervisor confirms that services are shut off, or they are asked about again. Refused: the reasons of shutOff. */
    decideShutOff: (input: DecisionStep): Promise<VacancyDecided> =>
      decision(input, async ({ tx, theCase }, { decision: { outcome }, task }) => {
        const { servicePointIds } = parsedJson<{ servicePointIds: number[] }>(task.subject);
        const asked = await confirmable(tx, theCase.caseId, servicePointIds);
        if (outcome === 'APPROVE') await shutOff(tx, theCase, asked);
        else await askInsteadOfShutOff(tx, theCase, asked, 'SHUT_OFF_REJECTED');
      }),

    /** Records what the field handed in for an order of this case: the supply is off, or the landlord can begin. */
    takeVacancyReport: (input: StepInput & { orderNumber: string; fieldReportId: number }): Promise<VacancyStanding> =>
      inStep(deps, input, async (system) => {
        const found = await lockVacancy(system, input.caseId);
        ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
        const { tx, starts } = await recordFieldReport(system, found.theCase, input);
        const data = { orderNumber: input.orderNumber };
        await addEvent(tx, found.theCase, { kind: 'FIELD_REPORT_TAKEN', data });
        return standing(deps, { ...found, tx }, { wakes: [], starts });
      }),

    /**
     * Looks again at what the case waits for, after another case brought a fact or the landlord's agreement changed; ends it
     * when every line has taken effect.
     */
    refreshVacancy: (input: StepInput): Promise<VacancyStanding> =>
      step(input, async (found) => {
        if (found.theCase.closedAt !== null) return standing(deps, found);
        const beside = await giveBackSold(found.tx, found.theCase);
        await chooseAnew(found.tx, found.theCase);
        return standing(deps, found, beside);
      }),

    /** The landlord says no after all, before the handover. Refused: CASE_CLOSED, FORGED_COMMAND, NOTHING_TO_DECLINE. */
    landlordDeclines: (input: CommandStep): Promise<Beside> =>
      inStep(deps, input, async (system) => {
        const { theCase } = await lockVacancy(system, input.caseId);
        ensure(theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
        return landlordDeclines(await takeCommand(system, input, 'LANDLORD_DECLINES'), theCase, input.commandId);
      }),

    /** Cancels a vacancy that a clerk started. Refused: CASE_CLOSED, FORGED_COMMAND, NOT_CANCELABLE. */
    cancelVacancy: (input: CommandStep): Promise<CaseCanceled> =>
      inStep(deps, input, async (system) => {
        const { theCase } = await lockVacancy(system, input.caseId);
        ensure(theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
        const tx = await takeCommand(system, input, 'CANCEL');
        const beside = await cancelVacancyOfClerk(tx, theCase);
        return { step: 'CANCELED', waitingOn: null, ...beside };
      }),
  };
}

async function updateAll(lines: VacancyLine[], to: Partial<Pick<VacancyLine, 'choice' | 'status'>>): Promise<void> {
  for (const line of lines) await line.update(to);
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
async function standing(
  deps: Deps,
  { tx, theCase, account, locationNumber }: Locked,
  before: Beside = NOTHING_BESIDE,
): Promise<VacancyStanding> {
  const moved = theCase.closedAt === null ? await moveVacancy(tx, theCase) : { tasks: [], ...NOTHING_BESIDE };
  const { tasks } = moved;
  const { wakes, starts } = together(before, moved);
  const orders = await openOrders(tx, theCase.caseId);
  const { accountNumber } = account;
  const { caseId, status, step, waitingOn } = theCase;
  return {
    opened: { caseId, status, step, accountNumber, locationNumber },
    consoleUrl: deps.consoleUrl,
    done: theCase.closedAt !== null,
    orders: orders.map(({ orderNumber }) => orderNumber),
    ...{ tasks, wakes, starts, step, waitingOn },
  };
}
