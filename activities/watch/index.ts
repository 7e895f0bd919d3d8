import { activityInfo, Context } from '@temporalio/activity';
import type { Look, Looked } from '../../contract/watch';
import type { Deps } from '../in-step';
import { looking } from '../looking';
import { look } from './look';

/** The step of the detector: no case waits for it, and running one again changes nothing that was right. */
export function watchActivities({ db, temporal }: Deps) {
  return {
    /** Looks for cases that are stuck, and for differences between the two stores (design.md section 6). */
    lookForStuckCases: (given: Look): Promise<Looked> =>
      look({ db, temporal, taskQueue: activityInfo().taskQueue, ...looking<number>(Context.current()) }, given),
  };
}
