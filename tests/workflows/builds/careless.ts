import { sleep } from '@temporalio/workflow';
import type { CaseView, StartCase } from '../../../contract/cases';
import { moveOut as moveOutOfToday } from '../../../workflows';

export * from '../../../workflows';

/** A bad deploy: the same change without its patch, which no open case can be replayed on. */
export function moveOut(input: StartCase): Promise<CaseView> {
  void sleep('10 milliseconds');
  return moveOutOfToday(input);
}
