import type { DecisionStep, VacancyDecided, VacancyStanding } from '../contract/activities';
import type { CaseView, StartCase } from '../contract/cases';
import { nextDecision, takeUp } from './human-task';
import { acts } from './lib/activities';
import { runCase, type CaseRun } from './lib/case-run';

/**
 * What becomes of each service when its holder leaves: to the landlord by agreement, or by prompt, or vacant (design.md
 * section 4, domain.md rows S18 and S19). Lives until every service has taken effect.
 */
export function resolveVacancy(input: StartCase): Promise<CaseView> {
  return runCase('VACANCY', input, async (run) => {
    let now = await run.open('openVacancy', (step) => acts.openVacancy(step));
    await run.follow(now);
    while (!now.done) {
      now = await next(run, now);
      run.keepTasks(now.tasks);
      run.stand(now);
      await run.follow(now);
    }
    run.close(now, now.opened.status);
  });
}

/** A decision on what is asked, or a look at what another case has brought, whichever comes first. */
async function next(run: CaseRun, now: VacancyStanding): Promise<VacancyStanding> {
  const decision = await nextDecision(run, now.tasks, run.hasNewFacts);
  if (!decision) return run.look('refreshVacancy', (step) => acts.refreshVacancy(step));
  const task = now.tasks.find(({ taskId }) => taskId === decision.message.taskId);
  const decided =
    task?.type === 'NEW_TENANT'
      ? await takeUp(run, decision, 'decideNewTenant', (step: DecisionStep): Promise<VacancyDecided> =>
          acts.decideNewTenant(step),
        )
      : await takeUp(run, decision, 'decideReconnect', (step: DecisionStep): Promise<VacancyDecided> =>
          acts.decideReconnect(step),
        );
  return decided ?? { ...now, wakes: [], starts: [] };
}
