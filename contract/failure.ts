import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../domain/refusal';

/** Failure types that are not refusals of a business rule. */
export const UNEXPECTED = 'UNEXPECTED';
export const OUTAGE = 'OUTAGE';

/** A refusal as Temporal carries it: its code is the failure's type, and it is never retried. A pointer into the form that the case was started with is a detail. */
export const refused = (
  { code, message, pointer }: Refusal,
  details: Record<string, string> = {},
): ApplicationFailure =>
  ApplicationFailure.create({
    message,
    type: code,
    nonRetryable: true,
    category: 'BENIGN',
    details: [{ ...details, ...(pointer?.startsWith('#/') && { pointer }) }],
  });
