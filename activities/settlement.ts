import type {
  DebtDecided,
  DecisionStep,
  OpenStep,
  RefundDecided,
  SettlementStanding,
  StepInput,
} from '../contract/activities';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { Account } from '../db/models/occupancy';
import { closeAccount, leaveWrittenOff } from '../db/records/accounts';
import { addEvent, closeCase } from '../db/records/cases';
import { balanceOf, heldCentsOf } from '../db/records/journal';
import { queueNotice } from '../db/records/notices';
import { chargePenalty } from '../db/records/penalties';
import { recordForgery, takeUpDecision, type VerifiedDecision } from '../db/records/tasks';
import { recoverWrittenOff, writeOffSmall, writtenOffOf } from '../db/records/write-offs';
import type { Tx } from '../db/transaction';
import { inStep, type Deps } from './in-step';
import { askForBalance, decideDebtTask, dropDebt, tellOfChange, type DebtStanding } from './settle-debt';
import { askForRefund, decideRefundTask, dropRefund, holdCredit, isHeld } from './settle-refund';
import { lockSettlement, type LockedSettlement } from './settlement-lock';

/** The steps of a settlement: a balance is paid or written off, a credit refunded, and the account closed. */
export function settlementActivities(deps: Deps) {
  return {
    /** Looks at what the closed account owes or is owed, and asks for the refund's approval if one is due. */
    openSettlement: (input: OpenStep): Promise<SettlementStanding> =>
      inStep(deps, input, async (tx) => assess(deps, await lockSettlement(tx, input.caseId))),

    /** Looks again, after money came or on a day that was waited for. */
    refreshSettlement: (input: StepInput): Promise<SettlementStanding> =>
      inStep(deps, input, async (tx) => assess(deps, await lockSettlement(tx, input.caseId))),

    /** Reminds the customer of a balance that is due, once per step key. */
    remindBalance: (input: StepInput): Promise<SettlementStanding> =>
      inStep(deps, input, async (tx) => {
        const found = await lockSettlement(tx, input.caseId);
        const { theCase, account } = found;
        if (theCase.closedAt === null && theCase.step === 'BALANCE_DUE') {
          const noticeKey = `reminder/${input.key}`;
          const about = { caseId: input.caseId, accountId: account.id, customerId: account.customerId };
          await queueNotice(tx, { ...about, noticeKey, kind: 'BALANCE_REMINDER', data: {} });
          await addEvent(tx, theCase, { kind: 'BALANCE_REMINDED' });
        }
        return assess(deps, found);
      }),

    /** Charges the penalty of a final bill that is late, once for the bill (domain.md rule 13). */
    chargePenalty: (input: StepInput): Promise<SettlementStanding> =>
      inStep(deps, input, async (tx) => {
        const found = await lockSettlement(tx, input.caseId);
        const { theCase, account } = found;
        const isDue = theCase.closedAt === null && theCase.step === 'BALANCE_DUE';
        const charged = isDue && (await chargePenalty(tx, account, input.caseId));
        if (charged) await addEvent(tx, theCase, { kind: 'PENALTY_CHARGED', data: charged });
        return assess(deps, found);
      }),

    /** Carries out a decision on a refund. Refused: CASE_CLOSED and as takeUpDecision and decideRefundTask. */
    decideRefund: (input: DecisionStep): Promise<RefundDecided> => decide(deps, input, decideRefundTask),

    /** Carries out a decision on a balance that stays unpaid. Refused: CASE_CLOSED and as takeUpDecision and decideDebtTask. */
    decideDebt: (input: DecisionStep): Promise<DebtDecided> => decide(deps, input, decideDebtTask),
  };
}

/** Has a decision verified and carried out; the settlement goes on in the name that `act` returns. */
function decide(
  deps: Deps,
  input: DecisionStep,
  act: (found: LockedSettlement, verified: VerifiedDecision) => Promise<Tx>,
): Promise<RefundDecided> {
  return inStep(deps, input, async (system): Promise<RefundDecided> => {
    const found = await lockSettlement(system, input.caseId);
    ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
    const verified = await takeUpDecision(system, found.theCase, input);
    if (!verified) return recordForgery(system, found.theCase, input).then(() => ({ forged: true }));
    const tx = await act(found, verified);
    return { forged: false, ...(await assess(deps, { ...found, tx })) };
  });
}

/** Under the account's lock: what is left, and what the case does about it. Nothing left ends it. */
async function assess(deps: Deps, found: LockedSettlement): Promise<SettlementStanding> {
  const { tx, theCase, account, locationNumber } = found;
  const isOpen = theCase.closedAt === null;
  if (isOpen) await setAgainstOldDebt(tx, theCase, account);
  const balanceCents = await balanceOf(tx, account.id);
  const heldCents = await heldCentsOf(tx, account.id);
  const next = isOpen ? await goOn(found, { balanceCents, heldCents }) : {};
  const { caseId, status, step, waitingOn } = theCase;
  return {
    opened: { caseId, status, step, accountNumber: account.accountNumber, locationNumber, balanceCents },
    ...{ consoleUrl: deps.consoleUrl, done: theCase.closedAt !== null, balanceCents, step, waitingOn },
    ...next,
  };
}

async function goOn(
  { tx, theCase, account }: LockedSettlement,
  { balanceCents, heldCents }: { balanceCents: number; heldCents: number },
): Promise<DebtStanding & Pick<SettlementStanding, 'creditHeld'>> {
  const creditCents = heldCents - balanceCents;
  await tellOfChange(tx, theCase, account, balanceCents);
  if (creditCents >= 0) await dropDebt(tx, theCase, account);
  if (creditCents <= 0) await dropRefund(tx, theCase);
  if (balanceCents === 0 && heldCents === 0) {
    await end(tx, theCase, account);
    return {};
  }
  if (creditCents > 0 && (await isHeld(tx, theCase, account, { creditCents, heldCents }))) {
    await holdCredit(tx, theCase, creditCents);
    return { creditHeld: true };
  }
  if (creditCents > 0) return { task: await askForRefund(tx, theCase, account, creditCents) };
  const isSmall = heldCents === 0 && balanceCents <= tx.settings.deMinimisBalanceCents;
  if (isSmall && (account.status === 'FINAL_BILLED' || account.status === 'CANCELED')) {
    await forgive(tx, theCase, account, balanceCents);
    return {};
  }
  return askForBalance(tx, theCase, account, balanceCents);
}

/** What comes in on a debt that was written off is set against it; the rest is the customer's credit. */
async function setAgainstOldDebt(tx: Tx, theCase: Case, account: Account): Promise<void> {
  const amountCents = await recoverWrittenOff(tx, account, theCase.caseId);
  if (amountCents > 0) await addEvent(tx, theCase, { kind: 'WRITE_OFF_RECOVERED', data: { amountCents } });
}

async function forgive(tx: Tx, theCase: Case, account: Account, amountCents: number): Promise<void> {
  await writeOffSmall(tx, account, theCase.caseId);
  await addEvent(tx, theCase, { kind: 'SMALL_WRITE_OFF', data: { amountCents } });
  await dropDebt(tx, theCase, account);
  await end(tx, theCase, account, 'ZERO');
}

/** Nothing is left: the account is closed, or written off as long as such a debt has not come in. */
async function end(tx: Tx, theCase: Case, account: Account, stepOfClosed?: 'ZERO'): Promise<void> {
  if ((await writtenOffOf(tx, account.id)) > 0) {
    await leaveWrittenOff(tx, account);
    return closeCase(tx, theCase, { status: 'COMPLETED', step: 'WRITTEN_OFF', event: 'ACCOUNT_WRITTEN_OFF' });
  }
  await closeAccount(tx, account, { balanceCents: 0, heldCents: 0 });
  const step = stepOfClosed ?? (await howItClosed(tx, theCase));
  await closeCase(tx, theCase, { status: 'COMPLETED', step, event: 'ACCOUNT_CLOSED' });
}

async function howItClosed(tx: Tx, { caseId, step: was }: Case): Promise<'PAID' | 'REFUND_ISSUED' | 'ZERO'> {
  if (was === 'BALANCE_DUE' || was === 'COLLECTIONS') return 'PAID';
  if ((await tx.db.Refund.count({ where: { caseId, status: 'ISSUED' } })) > 0) return 'REFUND_ISSUED';
  const recovered = await tx.db.CaseEvent.count({ where: { caseId, kind: 'WRITE_OFF_RECOVERED' } });
  return recovered > 0 ? 'PAID' : 'ZERO';
}
