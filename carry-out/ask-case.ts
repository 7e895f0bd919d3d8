import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { OUTAGE, UNEXPECTED } from '../contract/failure';
import { RefusedError } from '../db/errors';

/** How long the verdict of a case is waited for; after that it is not known. */
export const ANSWER_WITHIN_MS = 5_000;

/** Temporal did not take what it was asked. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
  constructor(override readonly cause?: unknown) {
    super('Temporal did not take the request');
  }
}

/** What a case answered, or that no answer came in time: it may still come true. */
export type Verdict<T> = { known: true; value: T } | { known: false };

const NO_VERDICT = new Set([UNEXPECTED, OUTAGE]);

/** Temporal's own word for an Update that a run took and did not answer before it failed or was ended: it never will. */
const RUN_ENDED = 'AcceptedUpdateCompletedWorkflow';

/** Asks a case and waits for its verdict. A refusal is thrown as RefusedError, an unreachable Temporal as TemporalUnavailable. */
export async function askCase<T>(
  temporal: Client,
  ask: () => Promise<T>,
  withinMs = ANSWER_WITHIN_MS,
): Promise<Verdict<T>> {
  try {
    return { known: true, value: await temporal.connection.withDeadline(Date.now() + withinMs, ask) };
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { known: false };
    if (error instanceof WorkflowUpdateFailedError) {
      if (error.cause instanceof ApplicationFailure && error.cause.type === RUN_ENDED) throw closed();
      const refusal = refusalIn(error.cause);
      if (refusal) throw refusal;
      return { known: false };
    }
    if (error instanceof WorkflowNotFoundError) throw closed();
    throw isUnavailable(error) ? new TemporalUnavailable(error) : error;
  }
}

const closed = (): RefusedError => new RefusedError({ code: 'CASE_CLOSED', message: 'The case is closed' });

/** The refusal inside a failure: an ApplicationFailure's type is the code, its first detail names records. */
export function refusalIn(failure: unknown): RefusedError | null {
  for (let at = failure; at instanceof Error; at = at.cause) {
    if (!(at instanceof ApplicationFailure) || !at.type) continue;
    if (NO_VERDICT.has(at.type) || !/^[A-Z][A-Z0-9_]*$/.test(at.type)) return null;
    return new RefusedError({ code: at.type, message: at.message }, textsOf(at.details?.[0]));
  }
  return null;
}

// gRPC codes by number: 4 deadline, 8 resources, 13 internal, 14 unavailable and so on; 3 and 16 are faults of ours.
const UNAVAILABLE = new Set([1, 2, 4, 8, 10, 13, 14]);

/** The error says that Temporal cannot be used now. */
export function isUnavailable(error: unknown): boolean {
  const inner = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(inner) && UNAVAILABLE.has(inner.code);
}

function textsOf(detail: unknown): Record<string, string> {
  if (!detail || typeof detail !== 'object') return {};
  return Object.fromEntries(
    Object.entries(detail).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
