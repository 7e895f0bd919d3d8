import { activityInfo, Context } from '@temporalio/activity';
import type { Look, Looked } from '../../contract/watch';
import type { Deps } from '../in-step';
import { look } from './look';

/** A look stops before its attempt would be timed out, and the next one goes on there. */
const LOOK_MS = 4 * 60_000;

/** The step of the detector: no case waits for it, and running one again changes nothing that was right. */
export function watchActivities({ db, temporal }: Deps) {
  return {
    /** Looks for cases that are stuck, and for differences between the two stores (design.md section 6). */
    lookForStuckCases: (given: Look): Promise<Looked> => {
      const context = Context.current();
      const until = Date.now() + LOOK_MS;
      return look(
        {
          ...{ db, temporal, taskQueue: activityInfo().taskQueue },
          mayGoOn: () => Date.now() < until && !context.cancellationSignal.aborted,
          progress: (lookedAt) => context.heartbeat(lookedAt),
        },
        given,
      );
    },
  };
}
