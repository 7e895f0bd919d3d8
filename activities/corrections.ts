import type {
  CaseCanceled,
  CommandStep,
  CorrectionDecided,
  CorrectionOpened,
  DecisionStep,
  OpenStep,
} from '../contract/activities';
import type { CorrectionForm } from '../contract/forms';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { BillRevision } from '../db/models/money';
import type { Account } from '../db/models/occupancy';
import type { Location } from '../db/models/places';
import { dropCorrectionDraft, lockBillToCorrect, postCorrection } from '../db/records/bill-corrections';
import { closeCase, lockCase, lockOpenCase, type CaseEnd } from '../db/records/cases';
import { queueNotice } from '../db/records/notices';
import { lockAccountWithLocation } from '../db/records/places';
import { cancelOpenTasks, handleOf, recordForgery, takeUpDecision, type VerifiedDecision } from '../db/records/tasks';
import { actingAs, type Tx } from '../db/transaction';
import type { Beside } from './beside';
import { takeCommand } from './commands';
import { AWAITING_APPROVAL, requestCorrection } from './correction-request';
import { frozenForm } from './frozen-form';
import { inStep, type Deps } from './in-step';
import { settleAgain } from './settle-again';

/** The steps of a correction: a final bill is canceled and another one takes its place (design.md decision 8). */
export function correctionActivities(deps: Deps) {
  return {
    /**
     * Drafts the bill that is to take the place of a wrong one and asks for its approval; the reads and rates that are
     * known better are written only once it is approved. One that a late read has opened has all its rows already.
     * Refused: CASE_OPEN and as lockBillToCorrect and draftCorrection.
     */
    openCorrection: (input: OpenStep): Promise<CorrectionOpened> =>
      inStep(deps, input, async (system): Promise<CorrectionOpened> => {
        if (input.draftId === undefined) return openedByRead(deps, system, input.caseId);
        const { form, by, draft } = await frozenForm<CorrectionForm>(system, input, 'CORRECTION');
        const tx = actingAs(system, by);
        const { account, location } = await lockAccountWithLocation(tx, form.accountId);
        const { theCase, task, also } = await requestCorrection(tx, account, form, { caseId: input.caseId, by, draft });
        const warnings = also.map((number) => ({
          code: 'READ_BILLED_TOO',
          message: `The account ${number} was billed with this read too, and needs a correction of its own`,
          pointer: '#/reads',
        }));
        const opened = openedAs(theCase, account, location);
        return {
          ...{ ...AWAITING_APPROVAL, task, consoleUrl: deps.consoleUrl },
          opened: { ...opened, ...(warnings.length > 0 && { warnings }) },
        };
      }),

    /**
     * Carries out the decision on a correction: approved, the new bill takes the place of the old one and the account is
     * settled anew; rejected, nothing has changed. Refused as takeUpDecision, lockBillToCorrect and postCorrection.
     */
    decideCorrection: (input: DecisionStep): Promise<CorrectionDecided> =>
      inStep(deps, input, async (system): Promise<CorrectionDecided> => {
        const { theCase, account } = await lockCorrection(system, input.caseId);
        ensure(theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
        const verified = await takeUpDecision(system, theCase, input);
        if (!verified) return recordForgery(system, theCase, input).then(() => ({ forged: true }));
        const tx = actingAs(system, verified.decision.actorId);
        const beside =
          verified.decision.outcome === 'APPROVE'
            ? await correct(tx, theCase, account, verified)
            : await withdraw(tx, theCase, { status: 'CANCELED', step: 'CANCELED', event: 'CORRECTION_REJECTED' });
        const { status, step, waitingOn } = theCase;
        return { forged: false, status, step, waitingOn, ...beside };
      }),

    /** Takes a correction back that nobody has decided on. Refused: CASE_CLOSED, FORGED_COMMAND. */
    cancelCorrection: (input: CommandStep): Promise<CaseCanceled> =>
      inStep(deps, input, async (system) => {
        await lockCorrection(system, input.caseId);
        const theCase = await lockOpenCase(system, input.caseId);
        const tx = await takeCommand(system, input, 'CANCEL');
        const end = { status: 'CANCELED', step: 'CANCELED', event: 'CANCELED' } as const;
        return { ...end, waitingOn: null, ...(await withdraw(tx, theCase, end)) };
      }),
  };
}

/** The correction of an estimated final bill whose rows the step that took the late read has written. */
async function openedByRead(deps: Deps, tx: Tx, caseId: string): Promise<CorrectionOpened> {
  const { theCase, account, location } = await lockCorrection(tx, caseId);
  const where = { caseId, type: 'APPROVE_CORRECTION' as const };
  const task = await tx.db.HumanTask.findOne({ where, lock: true, rejectOnEmpty: true });
  const opened = openedAs(theCase, account, location);
  return { ...AWAITING_APPROVAL, task: handleOf(tx, task), consoleUrl: deps.consoleUrl, opened };
}

const openedAs = ({ caseId, status, step }: Case, { accountNumber }: Account, { locationNumber }: Location) => ({
  ...{ caseId, status, step, accountNumber, locationNumber },
});

/** Ends a correction that is not to be: its draft and its task go, the bill and the reads stay as they are. */
export async function withdraw(tx: Tx, theCase: Case, to: CaseEnd): Promise<Beside> {
  await dropCorrectionDraft(tx, theCase.caseId);
  await cancelOpenTasks(tx, theCase.caseId);
  await closeCase(tx, theCase, to);
  return { wakes: [], starts: [] };
}

async function correct(tx: Tx, theCase: Case, account: Account, { decision, task }: VerifiedDecision): Promise<Beside> {
  const { caseId, draftId, draftRevision } = theCase;
  const asked = { draftId: draftId ?? undefined, revision: draftRevision ?? undefined };
  const { form, by: requestedBy } = await frozenForm<CorrectionForm>(tx, asked, 'CORRECTION');
  const wrong = await lockBillToCorrect(tx, account, form.billNumber);
  const revision = await draftOf(tx, caseId, task.subjectHash);
  const { reason } = form;
  const given = { revision, reason, requestedBy, decisionId: decision.id };
  const { bill, differenceCents } = await postCorrection(tx, account, wrong, form, given);
  const { billNumber, totalCents } = bill;
  const replaces = wrong.bill.billNumber;
  await queueNotice(tx, {
    ...{ kind: 'FINAL_BILL', caseId, accountId: account.id, customerId: account.customerId },
    ...{ noticeKey: `final-bill/${billNumber}`, data: { billNumber, replaces } },
  });
  const beside = await settleAgain(tx, account, theCase, 'CORRECTED');
  const data = { billNumber, totalCents, replaces, differenceCents };
  await closeCase(tx, theCase, { status: 'COMPLETED', step: 'COMPLETED', event: 'BILL_CORRECTED', data });
  return beside;
}

function draftOf(tx: Tx, caseId: string, contentHash: string | null): Promise<BillRevision> {
  const where = { caseId, contentHash: contentHash ?? '', status: 'DRAFT' as const };
  return tx.db.BillRevision.findOne({ where, lock: true, rejectOnEmpty: true });
}

async function lockCorrection(
  tx: Tx,
  caseId: string,
): Promise<{ account: Account; location: Location; theCase: Case }> {
  const unlocked = await tx.db.Case.findByPk(caseId);
  ensure(unlocked?.accountId, 'CASE_UNKNOWN', 'There is no such case');
  const { account, location } = await lockAccountWithLocation(tx, unlocked.accountId);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  return { account, location, theCase };
}
