import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { refused, UNEXPECTED } from '../../contract/failure';

/** The refusal inside an activity's failure; null for a cancellation or anything else. */
export function refusalIn(error: unknown): ApplicationFailure | null {
  if (!(error instanceof ActivityFailure)) return null;
  return error.cause instanceof ApplicationFailure ? error.cause : null;
}

/**
 * What a person is told whose act on an incident failed: the refusal, or that the act itself failed unexpectedly. The
 * incident stays. Anything else is thrown on.
 */
export function answerTo(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const failure = refusalIn(error);
  if (!failure) throw error;
  if (failure.type !== UNEXPECTED) return failure;
  return refused({ code: 'ACTION_FAILED', message: 'The action failed itself: mend its cause, then take it again' });
}
