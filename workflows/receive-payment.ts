import type { CaseView, StartCase } from '../contract/cases';
import { acts } from './lib/activities';
import { runCase } from './lib/case-run';

/** Money comes in: posted in one step, then the case that waits for it is woken, or a settlement is opened. */
export function receivePayment(input: StartCase): Promise<CaseView> {
  return runCase('PAYMENT', input, async (run) => {
    const posted = await run.open('postPayment', (step) => acts.postPayment(step));
    run.close(posted);
    await run.wake(posted.wakes);
    if (posted.settlementCaseId) await run.startSibling('settleAccount', posted.settlementCaseId);
  });
}
