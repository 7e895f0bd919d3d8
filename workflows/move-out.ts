import { condition } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type { FinalBillPosted } from '../contract/activities';
import type { CaseView, StartCase } from '../contract/cases';
import { humanTask } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';
import { reach } from './lib/reach';

/**
 * A tenant or owner moves out: the stop is scheduled, the field reads the meters, the final bill is drafted, approved by
 * a second person and posted (design.md section 4, domain.md row S17). Vacancy and settlement go on as cases of their
 * own. A new tenant who comes earlier moves the stop: the case is called back to its reads.
 */
export function moveOut(input: StartCase): Promise<CaseView> {
  return runCase('MOVE_OUT', input, async (run) => {
    const stop = await run.open('scheduleStop', (step) => acts.scheduleStop(step));
    run.times.stopAt = stop.stopAt;
    run.cancelBy((step) => acts.cancelMoveOut(step));
    if (stop.vacancyCaseId) await run.startSibling('resolveVacancy', stop.vacancyCaseId);
    for (let orders = stop.orders; ;) {
      await finalReads(run, orders);
      await reach(run, 'stopAt', 'stop date', run.isCalled);
      const posted = run.isCalled() ? null : await finalBill(run);
      if (posted) {
        await run.startSibling('settleAccount', posted.settlementCaseId);
        return run.follow(posted);
      }
      const now = await run.look('refreshMoveOut', (step) => acts.refreshMoveOut(step));
      if (now.done) return run.close(now, now.opened.status);
      run.stand(now);
      run.keepTasks([]);
      run.times.stopAt = now.stopAt;
      for (const order of orders) if (!now.orders.includes(order)) run.closeOrder(order);
      orders = now.orders;
    }
  });
}

/**
 * Takes the field's reports until no order of this case is open, or it is called away. A refused report leaves the order
 * as it was.
 */
async function finalReads(run: CaseRun, orders: string[]): Promise<void> {
  let open = orders;
  while (open.length > 0) {
    run.show();
    const waiting = () => run.reports.find((each) => !each.isAnswered && open.includes(each.message.orderNumber));
    await condition(() => waiting() !== undefined || run.isCalled());
    if (run.isCalled()) return;
    const report = waiting();
    if (!report) continue;
    const { orderNumber, fieldReportId } = report.message;
    try {
      const taken = await run.stepForPerson('takeFieldReport', String(fieldReportId), (step) =>
        acts.takeFieldReport({ ...step, orderNumber, fieldReportId }),
      );
      report.settle({ status: 'APPLIED' });
      for (const order of open) if (!taken.openOrders.includes(order)) run.closeOrder(order);
      open = taken.openOrders;
      run.stand(taken);
      await run.wake(taken.wakes);
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      report.refuse(error);
    }
  }
}

/**
 * Drafts the final bill, has it approved or corrected as often as it is sent back, and returns when it is posted, which
 * the policy may have done at once; null when the case was called away.
 */
async function finalBill(run: CaseRun): Promise<Pick<FinalBillPosted, 'settlementCaseId' | 'wakes'> | null> {
  const drafted = await run.step('draftFinalBill', (step) => acts.draftFinalBill(step));
  if ('stopMoved' in drafted) return null;
  if ('postedBy' in drafted) {
    run.close(drafted);
    return drafted;
  }
  run.stand(drafted);
  await run.wake(drafted.wakes);
  for (let task = drafted.task; ;) {
    const decided = await humanTask(run, task, 'decideFinalBill', (step) => acts.decideFinalBill(step));
    if (!decided) return null;
    if (decided.outcome === 'APPROVE') {
      run.close(decided);
      return decided;
    }
    run.stand(decided);
    const corrected = await humanTask(run, decided.task, 'correctFinalBill', (step) => acts.correctFinalBill(step));
    if (!corrected) return null;
    run.stand(corrected);
    task = corrected.task;
  }
}
