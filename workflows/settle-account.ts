import { condition } from '@temporalio/workflow';
import type { SettlementStanding } from '../contract/activities';
import type { CaseView, OpenTask, StartCase } from '../contract/cases';
import { nextDecision, takeUp } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';
import { reach } from './lib/reach';

const DAY_MS = 86_400_000;

/**
 * Settles a final billed account: a balance is waited for and reminded of, then handed to collections and written off,
 * each as people decide; a credit is refunded after approval (design.md section 4). Ends when nothing is owed or held:
 * the account is closed or written off.
 */
export function settleAccount(input: StartCase): Promise<CaseView> {
  return runCase('SETTLEMENT', input, async (run) => {
    let now = await run.open('openSettlement', (step) => acts.openSettlement(step));
    while (!now.done) {
      now = await next(run, now);
      run.stand(now);
    }
    run.close(now, now.opened.status);
  });
}

/** What the settlement waits for: a decision, a day on which something is due, or money alone. */
function next(run: CaseRun, now: SettlementStanding): Promise<SettlementStanding> {
  if (now.task) return decision(run, now, now.task);
  return now.dueAt ? balance(run, now, now.dueAt) : moneyAlone(run);
}

/**
 * Waits for a decision on the refund or the debt. It may leave the case standing with the task of another person. Money
 * that comes meanwhile is looked at first, and may ask for another decision, from the beginning.
 */
async function decision(run: CaseRun, now: SettlementStanding, task: OpenTask): Promise<SettlementStanding> {
  const decided = await nextDecision(run, [task], run.hasNewFacts);
  if (decided) {
    const taken = isOfDebt(task)
      ? await takeUp(run, decided, 'decideDebt', (step) => acts.decideDebt(step))
      : await takeUp(run, decided, 'decideRefund', (step) => acts.decideRefund(step));
    return taken ?? now;
  }
  const looked = await run.look('refreshSettlement', (step) => acts.refreshSettlement(step));
  if (looked.task?.taskId !== task.taskId) run.closeTask(task.taskId);
  return looked;
}

const isOfDebt = ({ type }: OpenTask): boolean => type === 'HAND_TO_COLLECTIONS' || type === 'APPROVE_WRITE_OFF';

/** Waits until the customer asks for a credit that is held, or money moves. */
async function moneyAlone(run: CaseRun): Promise<SettlementStanding> {
  delete run.times.dueAt;
  run.show();
  await condition(run.hasNewFacts);
  return run.look('refreshSettlement', (step) => acts.refreshSettlement(step));
}

/** Waits for money until the next reminder, the penalty if that comes first, or the day that it is for collections. */
async function balance(run: CaseRun, now: SettlementStanding, dueAt: string): Promise<SettlementStanding> {
  run.times.dueAt = dueAt;
  await reach(run, 'dueAt', now.lookDue ? 'is it for collections?' : 'remind the customer', run.hasNewFacts);
  if (run.hasNewFacts() || now.lookDue) {
    return run.look('refreshSettlement', (step) => acts.refreshSettlement(step));
  }
  if (now.penaltyDue) return run.step('chargePenalty', (step) => acts.chargePenalty(step));
  // A reminder that an operator had left out is tried again a day later, not at once.
  const skip = () => ({ ...now, dueAt: new Date(Date.now() + DAY_MS).toISOString() });
  return run.step('remindBalance', (step) => acts.remindBalance(step), { skip });
}
