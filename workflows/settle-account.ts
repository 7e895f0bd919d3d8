import type { SettlementStanding } from '../contract/activities';
import type { CaseView, OpenTask, StartCase } from '../contract/cases';
import { nextDecision, takeUp } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';
import { reach } from './lib/reach';

/**
 * Settles a final billed account: a balance is waited for and reminded of, a credit is refunded after approval (design.md
 * section 4). Ends when nothing is owed or held and the account is closed.
 */
export function settleAccount(input: StartCase): Promise<CaseView> {
  return runCase('SETTLEMENT', input, async (run) => {
    let now = await run.open('openSettlement', (step) => acts.openSettlement(step));
    while (!now.done) {
      now = await (now.task ? refund(run, now, now.task) : balance(run, now));
      run.stand(now);
    }
    run.close(now, now.opened.status);
  });
}

/**
 * Waits for an approval of the refund. The first of two leaves the case standing with the task of the second. Money that
 * comes meanwhile is looked at first, and may ask for another refund, approved from the beginning.
 */
async function refund(run: CaseRun, now: SettlementStanding, task: OpenTask): Promise<SettlementStanding> {
  const decision = await nextDecision(run, [task], run.hasNewFacts);
  if (decision) return (await takeUp(run, decision, 'decideRefund', (step) => acts.decideRefund(step))) ?? now;
  const looked = await run.look('refreshSettlement', (step) => acts.refreshSettlement(step));
  if (looked.task?.taskId !== task.taskId) run.closeTask(task.taskId);
  return looked;
}

/** Waits for money until the next reminder. */
async function balance(run: CaseRun, { dueAt }: SettlementStanding): Promise<SettlementStanding> {
  if (dueAt) run.times.dueAt = dueAt;
  await reach(run, 'dueAt', 'remind the customer', run.hasNewFacts);
  if (run.hasNewFacts()) return run.look('refreshSettlement', (step) => acts.refreshSettlement(step));
  return run.step('remindBalance', (step) => acts.remindBalance(step));
}
