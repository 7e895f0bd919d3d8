import { ApplicationFailure } from '@temporalio/common';
import type { OnboardingStanding } from '../contract/activities';
import type { CaseView, StartCase } from '../contract/cases';
import { nextDecision, takeUp } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';

/**
 * A new customer is set up: saved in one transaction, approved if policy asks, then started when deposit, service
 * orders and start date are there together and the one before has left (design.md section 4, domain.md rows S1 to S16).
 * Ends when the account is active, canceled or expired.
 */
export function onboardCustomer(input: StartCase): Promise<CaseView> {
  return runCase('ONBOARD', input, async (run) => {
    let now = await run.open('saveCustomer', (step) => acts.saveCustomer(step));
    run.cancelBy((step) => acts.cancelOnboarding(step));
    run.rescheduleBy((step) => acts.rescheduleOnboarding(step));
    for (;;) {
      take(run, now);
      await run.follow(now);
      if (now.done) return;
      now = await next(run, now);
    }
  });
}

/** Takes over where a step left the case. */
function take(run: CaseRun, now: OnboardingStanding): void {
  run.view.conditions = now.conditions;
  for (const order of now.closedOrders) run.closedOrders.add(order);
  run.keepTasks(now.tasks);
  if (now.done) run.close(now, now.opened.status);
  else run.stand(now);
}

/** Whatever comes first: a decision, a report of the field, a fact that another case brought, or a date. */
async function next(run: CaseRun, now: OnboardingStanding): Promise<OnboardingStanding> {
  if (now.lookAt) run.times.lookAt = now.lookAt;
  else delete run.times.lookAt;
  const report = () => run.reports.find((each) => !each.isAnswered && now.orders.includes(each.message.orderNumber));
  const comes = () => report() !== undefined || run.hasNewFacts();
  const decision = await nextDecision(run, now.tasks, comes, () => run.times.lookAt);
  if (decision) {
    const task = now.tasks.find(({ taskId }) => taskId === decision.message.taskId);
    const decided =
      task?.type === 'APPROVE_SETUP'
        ? await takeUp(run, decision, 'decideSetUp', (step) => acts.decideSetUp(step))
        : await takeUp(run, decision, 'decideExpiry', (step) => acts.decideExpiry(step));
    return decided ?? { ...now, wakes: [], starts: [] };
  }
  const handedIn = report();
  if (handedIn) return takeReport(run, now, handedIn);
  return run.look('refreshOnboarding', (step) => acts.refreshOnboarding(step));
}

/** Takes the field's report on an order of this case; a refused one leaves the order as it was. */
async function takeReport(
  run: CaseRun,
  now: OnboardingStanding,
  report: CaseRun['reports'][number],
): Promise<OnboardingStanding> {
  const { orderNumber, fieldReportId } = report.message;
  try {
    const taken = await run.stepForPerson('takeStartReport', String(fieldReportId), (step) =>
      acts.takeStartReport({ ...step, orderNumber, fieldReportId }),
    );
    report.settle({ status: 'APPLIED' });
    return taken;
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    report.refuse(error);
    return { ...now, wakes: [], starts: [] };
  }
}
