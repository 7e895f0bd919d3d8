import { ApplicationFailure } from '@temporalio/common';
import type { DecisionStep, VacancyDecided, VacancyStanding } from '../contract/activities';
import type { CaseView, StartCase } from '../contract/cases';
import type { TaskType } from '../domain/states';
import { nextDecision, takeUp } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';

/**
 * What becomes of each service when its holder leaves: to the landlord by agreement, or by prompt, shut off, or vacant
 * (design.md section 4, domain.md rows S18 and S19). Lives until every service has taken effect. A clerk can start it for
 * a place that nobody has, and cancel it then.
 */
export function resolveVacancy(input: StartCase): Promise<CaseView> {
  return runCase('VACANCY', input, async (run) => {
    let now = await run.open('openVacancy', (step) => acts.openVacancy(step));
    run.declineBy((step) => acts.landlordDeclines(step));
    if (input.draftId !== undefined) run.cancelBy((step) => acts.cancelVacancy(step));
    await run.follow(now);
    while (!now.done) {
      const before: string[] = now.orders ?? [];
      now = await next(run, now);
      const open = now.orders ?? [];
      for (const order of before) if (!open.includes(order)) run.closeOrder(order);
      run.keepTasks(now.tasks);
      run.stand(now);
      await run.follow(now);
    }
    run.close(now, now.opened.status);
  });
}

/** A decision on what is asked, a report of the field, or a look at what another case has brought, whichever comes first. */
async function next(run: CaseRun, now: VacancyStanding): Promise<VacancyStanding> {
  const report = () => run.reports.find((each) => !each.isAnswered && now.orders?.includes(each.message.orderNumber));
  const comes = () => report() !== undefined || run.hasNewFacts();
  const decision = await nextDecision(run, now.tasks, comes);
  if (decision) {
    const task = now.tasks.find(({ taskId }) => taskId === decision.message.taskId);
    const { name, act } = decider(task?.type);
    const decided = await takeUp(run, decision, name, act);
    return decided ?? { ...now, wakes: [], starts: [] };
  }
  const handedIn = report();
  if (handedIn) return takeReport(run, now, handedIn);
  return run.look('refreshVacancy', (step) => acts.refreshVacancy(step));
}

/** The step that carries out a decision on a task of this type. */
function decider(type: TaskType | undefined): { name: string; act: (step: DecisionStep) => Promise<VacancyDecided> } {
  if (type === 'NEW_TENANT') return { name: 'decideNewTenant', act: (step) => acts.decideNewTenant(step) };
  if (type === 'CONFIRM_SHUT_OFF') return { name: 'decideShutOff', act: (step) => acts.decideShutOff(step) };
  return { name: 'decideReconnect', act: (step) => acts.decideReconnect(step) };
}

/** Takes the field's report on an order of this case; a refused one leaves the order as it was. */
async function takeReport(
  run: CaseRun,
  now: VacancyStanding,
  report: CaseRun['reports'][number],
): Promise<VacancyStanding> {
  const { orderNumber, fieldReportId } = report.message;
  try {
    const taken = await run.stepForPerson('takeVacancyReport', String(fieldReportId), (step) =>
      acts.takeVacancyReport({ ...step, orderNumber, fieldReportId }),
    );
    report.settle({ status: 'APPLIED' });
    return taken;
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    report.refuse(error);
    return { ...now, wakes: [], starts: [] };
  }
}
