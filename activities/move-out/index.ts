import type {
  CaseCanceled,
  CommandStep,
  DecisionStep,
  FieldReportTaken,
  MoveOutStanding,
  OpenStep,
  ReadsDecided,
  ReadsLookedFor,
  Rescheduled,
  StepInput,
  StopScheduled,
  Wake,
} from '../../contract/activities';
import { ensure } from '../../db/errors';
import { lockCase, lockOpenCase, moveCase } from '../../db/records/cases';
import { lockAccountWithLocation } from '../../db/records/places';
import type { Tx } from '../../db/transaction';
import { takeCommand } from '../commands';
import { recordFieldReport } from '../field-report';
import { takeEffectAt } from '../handover/handover-events';
import { inStep, type Deps } from '../in-step';
import { decideReads } from './decide-reads';
import { askWithoutRead, forgetAnswered, lookForReads } from './missing-reads';
import { askAboutRead } from './read-exception';
import { readWaits, standingOfReads } from './read-waits';
import { rescheduleStop } from './reschedule';
import { scheduleStop } from './schedule-stop';
import { stopTimes } from './standing';
import { withdrawMoveOut } from './withdraw';

/** The steps of a move-out up to its final bill. */
export function moveOutActivities(deps: Deps) {
  return {
    /**
     * Opens the case: account and agreements PENDING_STOP, the field's orders, and the row of the vacancy case. One that
     * another case opened, of a landlord who hands over to a new tenant, has all its rows already. Refused with everything
     * that stands against it: CASE_OPEN, ACCOUNT_NOT_ACTIVE, STOP_BEFORE_START, BILLED_PAST_STOP, ….
     */
    scheduleStop: (input: OpenStep): Promise<StopScheduled> =>
      inStep(deps, input, (tx) =>
        input.draftId === undefined
          ? openedByOtherCase(deps, tx, input.caseId)
          : scheduleStop(tx, input, deps.consoleUrl),
      ),

    /**
     * Records what the field handed in for an order of this case, and hands over where the facts now allow. A read that
     * is not plausible is put to a supervisor; one that nobody could take, to a clerk.
     */
    takeFieldReport: (input: StepInput & { orderNumber: string; fieldReportId: number }): Promise<FieldReportTaken> =>
      inStep(deps, input, async (system) => {
        const { accountId } = await system.db.MoveOut.findByPk(input.caseId, { rejectOnEmpty: true });
        await lockAccountWithLocation(system, accountId);
        const theCase = await lockOpenCase(system, input.caseId);
        const { servicePointId, tx, exception, isUnable, starts } = await recordFieldReport(system, theCase, input);
        const wakes = await takeEffectAt(tx, [servicePointId]);
        const moveOut = await tx.db.MoveOut.findByPk(input.caseId, { rejectOnEmpty: true });
        if (exception) await askAboutRead(tx, theCase, exception);
        else if (isUnable) wakes.push(...(await askWithoutRead(system, theCase, moveOut)));
        await forgetAnswered(tx, input.caseId);
        const waits = await readWaits(tx, moveOut);
        const standing = standingOfReads(tx, waits, moveOut.stopOn);
        const { orderNumber } = input;
        await moveCase(tx, theCase, { ...standing, event: 'FIELD_REPORT_TAKEN', data: { orderNumber } });
        const { orders: openOrders, ...rest } = waits;
        return { ...standing, openOrders, ...rest, wakes, starts };
      }),

    /** The last day for the reads has passed: a clerk is asked, or they are estimated where the office wants that. */
    lookForReads: (input: StepInput): Promise<ReadsLookedFor> =>
      inStep(deps, input, (tx) => lookForReads(tx, input.caseId)),

    /**
     * Carries out what was decided of a read that is not plausible, or of reads that nobody could take. Refused as
     * takeUpDecision, and with the reasons of decideReads.
     */
    decideReads: (input: DecisionStep): Promise<ReadsDecided> => inStep(deps, input, (tx) => decideReads(tx, input)),

    /**
     * Cancels the move-out before its bill is posted: account, agreements and orders as they were; a landlord who took
     * over and was never billed gives back. Refused: CASE_CLOSED and the reasons of withdrawMoveOut.
     */
    cancelMoveOut: (input: CommandStep): Promise<CaseCanceled> =>
      inStep(deps, input, async (system) => {
        const { moveOut, account, theCase } = await lockToCommand(system, input.caseId);
        const tx = await takeCommand(system, input, 'CANCEL');
        const beside = await withdrawMoveOut(tx, { theCase, moveOut, account });
        const { vacancyCaseId } = moveOut;
        const standing = { step: 'CANCELED', waitingOn: null } as const;
        const told: Wake[] = vacancyCaseId ? [{ caseId: vacancyCaseId, reason: 'CANCELED' }] : [];
        return { ...standing, wakes: [...told, ...beside.wakes], starts: beside.starts };
      }),

    /** Moves the stop, or the day of vacating alone. Refused: CASE_CLOSED and the reasons of rescheduleStop. */
    rescheduleMoveOut: (input: CommandStep): Promise<Rescheduled> =>
      inStep(deps, input, async (system) => {
        const found = await lockToCommand(system, input.caseId);
        const tx = await takeCommand(system, input, 'RESCHEDULE');
        return rescheduleStop(tx, found, input.commandId);
      }),

    /** Looks again at what the case waits for, after its stop was moved or another case ended it. */
    refreshMoveOut: (input: StepInput): Promise<MoveOutStanding> =>
      inStep(deps, input, async (tx) => {
        const { moveOut, theCase, opened, waits } = await standingInRows(tx, input.caseId);
        const { step, waitingOn } = theCase;
        return { opened, done: theCase.closedAt !== null, ...stopTimes(tx, moveOut.stopOn), ...waits, step, waitingOn };
      }),
  };
}

async function lockToCommand(tx: Tx, caseId: string) {
  const { accountId } = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  const { account } = await lockAccountWithLocation(tx, accountId);
  const theCase = await lockOpenCase(tx, caseId);
  const moveOut = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true, lock: true });
  return { moveOut, account, theCase };
}

/** The case as its rows have it, under the lock of the location. */
async function standingInRows(tx: Tx, caseId: string) {
  const moveOut = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  const { account, location } = await lockAccountWithLocation(tx, moveOut.accountId);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  await moveOut.reload();
  const waits = await readWaits(tx, moveOut);
  const { status, step } = theCase;
  const { accountNumber } = account;
  const { locationNumber } = location;
  return { moveOut, theCase, waits, opened: { caseId, status, step, accountNumber, locationNumber } };
}

async function openedByOtherCase(deps: Deps, tx: Tx, caseId: string): Promise<StopScheduled> {
  const { moveOut, theCase, opened, waits } = await standingInRows(tx, caseId);
  const { step, waitingOn } = theCase;
  return { step, waitingOn, opened, consoleUrl: deps.consoleUrl, ...stopTimes(tx, moveOut.stopOn), ...waits };
}
