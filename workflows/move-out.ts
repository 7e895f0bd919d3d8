import { ApplicationFailure } from '@temporalio/common';
import type { FinalBillPosted, ReadsAwaited, ReadsLookedFor } from '../contract/activities';
import type { CaseView, StartCase } from '../contract/cases';
import { humanTask, nextDecision, takeUp } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';
import { reach } from './lib/reach';

/**
 * A tenant or owner moves out: the stop is scheduled, the field reads the meters, the final bill is drafted, approved by
 * a second person and posted (design.md section 4, domain.md row S17). Vacancy and settlement go on as cases of their
 * own. A new tenant who comes earlier, or a person, moves the stop: the case is called back to its reads.
 */
export function moveOut(input: StartCase): Promise<CaseView> {
  return runCase('MOVE_OUT', input, async (run) => {
    const stop = await run.open('scheduleStop', (step) => acts.scheduleStop(step));
    run.times.stopAt = stop.stopAt;
    run.cancelBy((step) => acts.cancelMoveOut(step));
    run.rescheduleBy((step) => acts.rescheduleMoveOut(step));
    if (stop.vacancyCaseId) await run.startSibling('resolveVacancy', stop.vacancyCaseId);
    for (let waits: ReadWaits = stop; ;) {
      await finalReads(run, waits);
      await reach(run, 'stopAt', 'stop date', run.isCalled);
      const posted = run.isCalled() ? null : await finalBill(run);
      if (posted) {
        await run.startSibling('settleAccount', posted.settlementCaseId);
        return run.follow(posted);
      }
      const now = await run.look('refreshMoveOut', (step) => acts.refreshMoveOut(step));
      if (now.done) return run.close(now, now.opened.status);
      run.stand(now);
      run.keepTasks(now.tasks ?? []);
      run.times.stopAt = now.stopAt;
      for (const order of waits.orders) if (!now.orders.includes(order)) run.closeOrder(order);
      waits = now;
    }
  });
}

/** The orders that are open, and who is asked about a read until when. */
type ReadWaits = ReadsAwaited & { orders: string[] };

/**
 * Waits until every final read is in or estimated, or the case is called away: takes the field's reports and the
 * decisions on reads, and looks for reads that are not in when their last day has passed. A refused report leaves the
 * order as it was.
 */
async function finalReads(run: CaseRun, before: ReadWaits): Promise<void> {
  for (let now = before; now.orders.length > 0 || (now.tasks ?? []).length > 0;) {
    if (now.readDeadlineAt) run.times.readDeadlineAt = now.readDeadlineAt;
    const { orders, tasks = [], readDeadlineAt } = now;
    const report = () => run.reports.find((each) => !each.isAnswered && orders.includes(each.message.orderNumber));
    const decision = await nextDecision(
      run,
      tasks,
      () => report() !== undefined || run.isCalled(),
      () => (readDeadlineAt ? run.times.readDeadlineAt : undefined),
    );
    if (!decision && run.isCalled()) return;
    const done = await nextOfReads(run, decision, report());
    if (!done) continue;
    for (const order of orders) if (!done.orders.includes(order)) run.closeOrder(order);
    run.keepTasks(done.tasks ?? []);
    run.stand(done);
    await run.follow(done);
    now = done;
  }
}

/** Takes up a decision on a read or a report of the field, else looks for reads; null when it was refused. */
async function nextOfReads(
  run: CaseRun,
  decision: Awaited<ReturnType<typeof nextDecision>>,
  report: CaseRun['reports'][number] | undefined,
): Promise<ReadsLookedFor | null> {
  if (decision) return takeUp(run, decision, 'decideReads', (step) => acts.decideReads(step));
  if (!report) return run.step('lookForReads', (step) => acts.lookForReads(step));
  const { orderNumber, fieldReportId } = report.message;
  try {
    const { openOrders, ...taken } = await run.stepForPerson('takeFieldReport', String(fieldReportId), (step) =>
      acts.takeFieldReport({ ...step, orderNumber, fieldReportId }),
    );
    report.settle({ status: 'APPLIED' });
    return { ...taken, orders: openOrders };
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    report.refuse(error);
    return null;
  }
}

/**
 * Drafts the final bill, has it approved or corrected as often as it is sent back, and returns when it is posted, which
 * the policy may have done at once; null when the case was called away.
 */
async function finalBill(run: CaseRun): Promise<Pick<FinalBillPosted, 'settlementCaseId' | 'wakes' | 'starts'> | null> {
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
