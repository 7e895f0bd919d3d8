import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';

/** The code that an act was refused with, by the desk or by the case. */
export const refusalOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'nothing was refused',
    (error: unknown) => {
      if (error instanceof WorkflowUpdateFailedError) return (error.cause as ApplicationFailure).type ?? 'no type';
      return (error as { refusal?: { code: string } }).refusal?.code ?? String(error);
    },
  );
