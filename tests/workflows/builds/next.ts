import { patched, sleep } from '@temporalio/workflow';
import type { CaseView, StartCase } from '../../../contract/cases';
import { moveOut as moveOutOfToday } from '../../../workflows';

export * from '../../../workflows';

/** The build after this one: a move-out does something first that it did not do before, behind a patch. */
export function moveOut(input: StartCase): Promise<CaseView> {
  // Not waited for: what comes before the handlers are there would lose an Update.
  if (patched('next-build-waits')) void sleep('10 milliseconds');
  return moveOutOfToday(input);
}
