import type { CaseView, StartCase } from '../contract/cases';
import { nextDecision, takeUp } from './human-task';
import { acts } from './lib/activities';
import { runCase } from './lib/case-run';

/**
 * A final bill was wrong: the one that is to take its place is drafted from what is known better, approved by a second
 * person and posted, and the account is settled anew (design.md decision 8, domain.md rule 20). Rejected or canceled, the
 * bill stays as it was issued.
 */
export function correctBill(input: StartCase): Promise<CaseView> {
  return runCase('CORRECTION', input, async (run) => {
    const { task } = await run.open('openCorrection', (step) => acts.openCorrection(step));
    run.cancelBy((step) => acts.cancelCorrection(step));
    for (;;) {
      const decision = await nextDecision(run, [task]);
      const decided =
        decision && (await takeUp(run, decision, 'decideCorrection', (step) => acts.decideCorrection(step)));
      if (!decided) continue;
      run.close(decided, decided.status);
      return run.follow(decided);
    }
  });
}
