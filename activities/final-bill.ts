import type {
  DecisionStep,
  FinalBillCorrected,
  FinalBillDecided,
  FinalBillDrafted,
  FinalBillPosted,
  FinalBillPostedByPolicy,
  StepInput,
  StopWasMoved,
  Wake,
} from '../contract/activities';
import type { AdjustLinesData, CorrectReadData } from '../contract/forms';
import { newCaseId, newDecisionId, newTaskId } from '../contract/ids';
import { APPROVAL, TASK_TYPES } from '../contract/task-types';
import { ensure, rejectIf } from '../db/errors';
import type { Case, Decision } from '../db/models/cases';
import type { BillRevision } from '../db/models/money';
import type { Account, MoveOut } from '../db/models/occupancy';
import { readsOfFinalBill } from '../db/records/billing-facts';
import { addRevision, postFinalBill, hasItsReads } from '../db/records/bills';
import { addEvent, closeCase, lockCase, moveCase, occurrenceKey, openCase } from '../db/records/cases';
import { decideBySystem } from '../db/records/decisions';
import { handsInFinalBill } from '../db/records/hands';
import { hasReversedBills } from '../db/records/later-bills';
import { correctRead } from '../db/records/meter-reads';
import { queueNotice } from '../db/records/notices';
import { lockAccountWithLocation } from '../db/records/places';
import { openOrders } from '../db/records/service-orders';
import { cancelTask } from '../db/records/task-history';
import { openTask, recordForgery, takeUpDecision } from '../db/records/tasks';
import { parsedJson } from '../db/reads/select';
import { actingAs, type Tx } from '../db/transaction';
import { whyAPersonDecides, type PersonReason } from '../domain/approval/auto-approve';
import { bucketOf } from '../domain/approval/in-sample';
import type { FinalBillFacts, FinalBillFee } from '../domain/billing/price-final-bill';
import { adjustmentFees, refuseAdjustments } from '../domain/corrections/adjustments';
import type { TaskType } from '../domain/states';
import { openReadTasks } from './move-out/read-waits';
import { takeEffectAt } from './handover/handover-events';
import { transferOfMove } from './move-customer';
import { inStep, type Deps } from './in-step';
import { trueUpAccount } from './true-up';

type DraftStep = FinalBillDrafted | FinalBillPostedByPolicy | StopWasMoved;

/** The steps of a final bill: drafted, approved or sent back, corrected, posted. */
export function finalBillActivities(deps: Deps) {
  return {
    /**
     * Drafts a revision once every service has stopped, and opens its approval; the drafter is whoever asked for the
     * move-out. Where the policy lets the system itself approve it, it is approved and posted at once. Refused:
     * NOT_STOPPED and the reasons of domain/billing refuseFinalBill.
     */
    draftFinalBill: (input: StepInput): Promise<DraftStep> =>
      inStep(deps, input, async (tx): Promise<DraftStep> => {
        const { theCase, account, moveOut } = await lockMoveOut(tx, input.caseId);
        // Another case may have moved the stop, or ended this one, while the step was on its way.
        const owed = [...(await openOrders(tx, input.caseId)), ...(await openReadTasks(tx, input.caseId))];
        const waits = owed.length > 0 || moveOut.stopOn > tx.today;
        if (theCase.closedAt !== null || waits) return { stopMoved: true };
        const points = await tx.db.ServiceAgreement.findAll({
          where: { accountId: account.id, status: 'PENDING_STOP' },
        });
        const wakes = await takeEffectAt(
          tx,
          points.map(({ servicePointId }) => servicePointId),
        );
        await account.reload();
        await dropDraft(tx, input.caseId);
        const { drafted, revision, isForSystem } = await draft(tx, theCase, account, moveOut.draftedBy);
        if (!isForSystem) return { ...drafted, wakes };
        const decisionId = await approveByPolicy(tx, theCase, drafted.task.taskId, revision);
        const posted = await postApproved(tx, { theCase, account, moveOut }, revision, decisionId);
        return { postedBy: 'POLICY', ...posted, wakes: [...wakes, ...posted.wakes] };
      }),

    /**
     * Carries out the decision on a draft: approved, it is posted and the case ends; sent back, the clerk gets it to
     * correct. The outcome is read from the decision's row, never from the message. Refused as takeUpDecision.
     */
    decideFinalBill: (input: DecisionStep): Promise<FinalBillDecided> =>
      inStep(deps, input, async (system): Promise<FinalBillDecided> => {
        const { theCase, account, moveOut } = await lockOpenMoveOut(system, input.caseId);
        const verified = await takeUpDecision(system, theCase, input);
        if (!verified) return recordForgery(system, theCase, input).then(() => ({ forged: true }));
        const tx = actingAs(system, verified.decision.actorId);
        const revision = await tx.db.BillRevision.findOne({
          where: { caseId: input.caseId, contentHash: verified.task.subjectHash ?? '', status: 'DRAFT' },
          lock: true,
          rejectOnEmpty: true,
        });
        if (verified.decision.outcome === 'APPROVE') {
          const stale = 'Its reads were corrected since it was drafted: send it back, and it is worked out anew';
          ensure(await hasItsReads(tx, account, revision), 'DRAFT_STALE', stale);
          const posted = await postApproved(tx, { theCase, account, moveOut }, revision, verified.decision.id);
          return { forged: false, outcome: 'APPROVE', ...posted };
        }
        await revision.update({ status: 'SENT_BACK' });
        const task = await openTask(tx, theCase, {
          ...{
            taskId: newTaskId(),
            type: 'CORRECT_FINAL_BILL',
            candidateGroup: TASK_TYPES.CORRECT_FINAL_BILL.candidateGroup,
          },
          subject: { revision: revision.revision, sentBackBy: verified.decision.id },
        });
        const standing = { step: 'REJECTED', waitingOn: 'CLERK' } as const;
        await moveCase(tx, theCase, { ...standing, event: 'SENT_BACK', data: { revision: revision.revision } });
        return { forged: false, outcome: 'SEND_BACK', task, ...standing };
      }),

    /**
     * Carries out a correction and drafts the next revision in the same transaction; its drafter is whoever corrected.
     * Amounts that were added by hand stay until others take their place. Refused as takeUpDecision, and with the reasons
     * of correctRead and refuseAdjustments.
     */
    correctFinalBill: (input: DecisionStep): Promise<FinalBillCorrected> =>
      inStep(deps, input, async (system): Promise<FinalBillCorrected> => {
        const { theCase, account } = await lockOpenMoveOut(system, input.caseId);
        const verified = await takeUpDecision(system, theCase, input);
        if (!verified) return recordForgery(system, theCase, input).then(() => ({ forged: true }));
        const tx = actingAs(system, verified.decision.actorId);
        if (verified.decision.outcome === 'CORRECT_READ') {
          await correctReads(tx, account, verified.decision.data as unknown as CorrectReadData, input.caseId);
        }
        const fees = await feesFor(tx, input.caseId, verified.decision);
        await tx.db.MoveOut.update({ draftedBy: tx.actorId }, { where: { caseId: input.caseId } });
        const { drafted } = await draft(tx, theCase, account, tx.actorId, fees);
        return { forged: false, ...drafted, wakes: [] };
      }),
  };
}

/** A call that came while a draft was on its way has the case draft again: the earlier one is nobody's to approve. */
async function dropDraft(tx: Tx, caseId: string): Promise<void> {
  await tx.db.BillRevision.update({ status: 'CANCELED' }, { where: { caseId, status: ['DRAFT', 'SENT_BACK'] } });
  const type: TaskType[] = ['APPROVE_FINAL_BILL', 'CORRECT_FINAL_BILL'];
  const open = await tx.db.HumanTask.findAll({ where: { caseId, status: 'OPEN', type }, lock: true });
  for (const task of open) await cancelTask(tx, task);
}

async function lockMoveOut(tx: Tx, caseId: string) {
  const moveOut = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  const { account } = await lockAccountWithLocation(tx, moveOut.accountId);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  await moveOut.reload();
  return { account, moveOut, theCase };
}

/** The move-out for a decision on it. Refused: CASE_CLOSED. */
async function lockOpenMoveOut(tx: Tx, caseId: string) {
  const found = await lockMoveOut(tx, caseId);
  ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
  return found;
}

interface Drafted {
  drafted: Omit<FinalBillDrafted, 'wakes'>;
  revision: BillRevision;
  /** The policy asks for no person's decision. */
  isForSystem: boolean;
}

/** Adds a revision and opens its approval, under the hash of what the approver will see. */
async function draft(
  tx: Tx,
  theCase: Case,
  account: Account,
  draftedBy: number,
  fees: FinalBillFee[] = [],
): Promise<Drafted> {
  ensure(
    account.status === 'FINAL_PENDING',
    'NOT_STOPPED',
    `The account is ${account.status}: not every service has stopped`,
  );
  const revision = await addRevision(tx, theCase.caseId, account, { draftedBy, fees });
  await tx.db.MoveOut.update({ revision: revision.revision }, { where: { caseId: theCase.caseId } });
  const { revision: number, totalCents } = revision;
  const isPolicy = tx.settings.finalBillApproval === 'POLICY';
  const shaped = await handsInFinalBill(tx, theCase.caseId);
  const personDecidesBecause = isPolicy ? await policyOn(tx, theCase, account, { revision, ...shaped }) : null;
  const isForSystem = isPolicy && personDecidesBecause === null;
  const task = await openTask(tx, theCase, {
    ...{
      taskId: newTaskId(),
      type: 'APPROVE_FINAL_BILL',
      candidateGroup: TASK_TYPES.APPROVE_FINAL_BILL.candidateGroup,
    },
    subject: { revision: number, ...(personDecidesBecause && { personDecidesBecause }) },
    ...{ subjectHash: revision.contentHash, draftedBy, amountCents: totalCents },
    excludedUserIds: shaped.hands.filter((id) => id !== draftedBy),
    isForSystem,
  });
  const standing = { step: 'AWAITING_APPROVAL', waitingOn: 'SUPERVISOR' } as const;
  await moveCase(tx, theCase, { ...standing, event: 'BILL_DRAFTED', data: { revision: number, totalCents } });
  return { drafted: { ...standing, task, revision: number }, revision, isForSystem };
}

/** What the policy says of a revision: null, or why a person decides. */
async function policyOn(
  tx: Tx,
  { startedBy, caseId }: Case,
  account: Account,
  { revision: drafted, hands, isRateAmended }: { revision: BillRevision; hands: number[]; isRateAmended: boolean },
): Promise<PersonReason[] | null> {
  const { revision, totalCents, contentHash, facts } = drafted;
  const { services } = JSON.parse(facts) as FinalBillFacts;
  const about = { revision, totalCents, contentHash, hands: [startedBy, ...hands], isRateAmended };
  const reversed = { hasReversedBills: await hasReversedBills(tx, caseId) };
  const segments = services.flatMap((service) => service.segments);
  return whyAPersonDecides(
    { ...about, ...reversed, reads: await readsOfFinalBill(tx, account), segments },
    tx.settings,
  );
}

/** The system's own approval, with the figures that an auditor needs to work it out again. */
async function approveByPolicy(tx: Tx, theCase: Case, taskId: string, revision: BillRevision): Promise<string> {
  const { id: decisionId } = await decideBySystem(tx, theCase, {
    ...{ decisionId: newDecisionId(), taskId, outcome: APPROVAL, isApproval: true },
    data: {
      ...tx.settings.finalBillPolicy,
      highUsageLimit: tx.settings.reads.highUsageLimit,
      ...{ totalCents: revision.totalCents, sampleBucket: bucketOf(revision.contentHash) },
    },
  });
  const { revision: number } = revision;
  await addEvent(tx, theCase, { kind: 'APPROVED_BY_POLICY', data: { revision: number, decisionId } });
  return decisionId;
}

/** Posts an approved revision, opens its settlement and ends the move-out. */
async function postApproved(
  tx: Tx,
  { theCase, account, moveOut }: { theCase: Case; account: Account; moveOut: MoveOut },
  revision: BillRevision,
  decisionId: string,
): Promise<FinalBillPosted> {
  const { caseId } = theCase;
  const { bill, interestCents, depositAppliedCents } = await postFinalBill(tx, account, revision, decisionId);
  const settlementCaseId = await openSettlement(tx, theCase, account);
  const posted = { finalBillId: bill.id, interestCents, depositAppliedCents, settlementCaseId };
  await tx.db.MoveOut.update(posted, { where: { caseId } });
  await queueNotice(tx, {
    ...{ kind: 'FINAL_BILL', caseId, accountId: account.id, customerId: account.customerId },
    noticeKey: `final-bill/${bill.billNumber}`,
    data: { billNumber: bill.billNumber },
  });
  const moved = await transferOfMove(tx, theCase, account, moveOut);
  const wakes = [...(await promptAgain(tx, moveOut.vacancyCaseId)), ...moved];
  // The meter may have been read while the bill waited for approval.
  const starts = revision.estimated ? await trueUpAccount(tx, account) : [];
  const { billNumber, totalCents } = bill;
  const data = { billNumber, totalCents, settlementCaseId };
  await closeCase(tx, theCase, { status: 'COMPLETED', step: 'COMPLETED', event: 'FINAL_BILL_POSTED', data });
  return { step: 'COMPLETED', waitingOn: null, settlementCaseId, billNumber, wakes, starts };
}

/** The amounts added by hand that the next revision has: those that the decision says, else those of the one sent back. */
async function feesFor(tx: Tx, caseId: string, { outcome, data }: Decision): Promise<FinalBillFee[]> {
  const sentBack = await tx.db.BillRevision.findOne({
    where: { caseId, status: 'SENT_BACK' },
    order: [['revision', 'DESC']],
    rejectOnEmpty: true,
  });
  const { fees, services } = JSON.parse(sentBack.facts) as FinalBillFacts;
  if (outcome !== 'ADJUST_LINES') return fees;
  const { lines } = parsedJson<AdjustLinesData>(data);
  const codes = services.map(({ serviceType }) => serviceType);
  rejectIf(refuseAdjustments(lines, codes));
  return adjustmentFees(lines);
}

async function correctReads(tx: Tx, account: Account, data: CorrectReadData, caseId: string): Promise<void> {
  for (const taken of data.reads) {
    const meter = await tx.db.Meter.findByPk(taken.meterId);
    ensure(meter, 'METER_UNKNOWN', 'There is no such meter');
    const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: 'STOPPED' } });
    const stopReads = await tx.db.MeterRead.findAll({
      where: { meterId: meter.id, id: agreements.map(({ stopReadId }) => stopReadId).filter((id) => id !== null) },
      lock: true,
    });
    const [wrong] = stopReads;
    ensure(wrong, 'READ_NOT_OF_BILL', 'The final bill has no read of this meter');
    await correctRead(tx, meter, wrong, taken, caseId);
  }
}

/** The prompts that the vacancy still has open are due now: the clerk sees them again after the final bill (row S18). */
async function promptAgain(tx: Tx, vacancyCaseId: string | null): Promise<Wake[]> {
  const vacancy = vacancyCaseId && (await lockCase(tx, vacancyCaseId));
  if (!vacancy || vacancy.closedAt !== null) return [];
  const open = await tx.db.HumanTask.findAll({ where: { caseId: vacancy.caseId, status: 'OPEN' }, lock: true });
  for (const task of open) if (task.dueAt > tx.now) await task.update({ dueAt: tx.now });
  if (open.length === 0) return [];
  await addEvent(tx, vacancy, { kind: 'PROMPTED_AGAIN' });
  return [{ caseId: vacancy.caseId, reason: 'CLOCK' }];
}

/** The settlement's row, in the transaction that posts the bill: nobody can see the one without the other. */
async function openSettlement(tx: Tx, moveOut: Case, account: Account): Promise<string> {
  const caseId = newCaseId('SETTLEMENT');
  await openCase(tx, {
    ...{ caseId, type: 'SETTLEMENT', step: 'OPENED', waitingOn: 'SYSTEM' },
    ...{ accountId: account.id, locationId: account.locationId },
    ...{ startedBy: moveOut.startedBy, startedByCase: moveOut.caseId },
    occurrenceKey: occurrenceKey.settlement(account.id),
  });
  return caseId;
}
