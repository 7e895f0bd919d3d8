import { Context } from '@temporalio/activity';
import { resendUnanswered, type Resent } from '../carry-out/resend';
import type { Deps } from './in-step';

/** The steps of the reconciler: no case waits for them, and running one again changes nothing that was right. */
export function reconcilerActivities({ db, temporal }: Deps) {
  return {
    /** Sends again what people recorded this long ago and no case has answered (design.md decision 6). */
    resendUnanswered: ({ afterSeconds }: { afterSeconds: number }): Promise<Resent> =>
      resendUnanswered({ db, temporal }, { afterSeconds, progress: (resent) => Context.current().heartbeat(resent) }),
  };
}
