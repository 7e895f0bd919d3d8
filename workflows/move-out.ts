import { condition } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type { StopScheduled } from '../contract/activities';
import type { CaseView, StartCase } from '../contract/cases';
import { humanTask } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';
import { reach } from './lib/reach';

/**
 * A tenant or owner moves out: the stop is scheduled, the field reads the meters, the final bill is drafted, approved by
 * a second person and posted (design.md section 4, domain.md row S17). Vacancy and settlement go on as cases of their own.
 */
export function moveOut(input: StartCase): Promise<CaseView> {
  return runCase('MOVE_OUT', input, async (run) => {
    const stop = await run.open('scheduleStop', (step) => acts.scheduleStop(step));
    run.times.stopAt = stop.stopAt;
    run.cancelBy((step) => acts.cancelMoveOut(step));
    await run.startSibling('resolveVacancy', stop.vacancyCaseId);
    await finalReads(run, stop);
    await reach(run, 'stopAt', 'stop date');
    const { settlementCaseId } = await finalBill(run);
    await run.startSibling('settleAccount', settlementCaseId);
  });
}

/** Takes the field's reports until no order of this case is open. A refused report leaves the order as it was. */
async function finalReads(run: CaseRun, stop: StopScheduled): Promise<void> {
  let open = stop.orders;
  while (open.length > 0) {
    run.show();
    const waiting = () => run.reports.find((each) => !each.isAnswered && open.includes(each.message.orderNumber));
    await condition(() => waiting() !== undefined);
    const report = waiting();
    if (!report) continue;
    const { orderNumber, fieldReportId } = report.message;
    try {
      const taken = await run.stepForPerson('takeFieldReport', String(fieldReportId), (step) =>
        acts.takeFieldReport({ ...step, orderNumber, fieldReportId }),
      );
      for (const order of open) if (!taken.openOrders.includes(order)) run.closedOrders.add(order);
      open = taken.openOrders;
      run.stand(taken);
      report.settle({ status: 'APPLIED' });
      await run.wake(taken.wakes);
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      report.refuse(error);
    }
  }
}

/** Drafts the final bill, has it approved or corrected as often as it is sent back, and returns when it is posted. */
async function finalBill(run: CaseRun): Promise<{ settlementCaseId: string }> {
  const drafted = await run.step('draftFinalBill', (step) => acts.draftFinalBill(step));
  run.stand(drafted);
  await run.wake(drafted.wakes);
  for (let task = drafted.task; ;) {
    const decided = await humanTask(run, task, 'decideFinalBill', (step) => acts.decideFinalBill(step));
    if (decided.outcome === 'APPROVE') {
      run.close(decided);
      return decided;
    }
    run.stand(decided);
    const corrected = await humanTask(run, decided.task, 'correctFinalBill', (step) => acts.correctFinalBill(step));
    run.stand(corrected);
    task = corrected.task;
  }
}
