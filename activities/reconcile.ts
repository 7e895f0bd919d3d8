import { Context } from '@temporalio/activity';
import { resendUnanswered, type Resent } from '../carry-out/resend';
import type { RowPlace } from '../db/reads/recorded-rows';
import type { Deps } from './in-step';
import { looking } from './looking';

/** How many of the rows that could not be sent the log names. */
const NAMED = 20;

/** The steps of the reconciler: no case waits for them, and running one again changes nothing that was right. */
export function reconcilerActivities({ db, temporal }: Deps) {
  return {
    /** Sends again what people recorded this long ago and no case has answered (design.md decision 6). */
    resendUnanswered: async (look: { afterSeconds: number; after?: RowPlace | null }): Promise<Resent> => {
      const context = Context.current();
      const failures: { error: unknown; place: RowPlace }[] = [];
      const resent = await resendUnanswered(
        { db, temporal },
        {
          ...look,
          ...looking<Resent>(context),
          failed: (error, place) => void failures.push({ error, place }),
        },
      );
      // They fail again each minute: one line a look, with the cause of the first.
      const [first] = failures;
      const ids = failures.slice(0, NAMED).map(({ place }) => place.id);
      if (first) context.log.error('rows could not be sent again', { rows: failures.length, ids, error: first.error });
      return resent;
    },
  };
}
