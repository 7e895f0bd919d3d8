import { Context, activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import type { Logger } from 'pino';
import { OUTAGE, refused, UNEXPECTED } from '../contract/failure';
import { driverError, duplicateKeyOf, isLostRace, isOutage, RefusedError } from '../db/errors';
import { requestIdIn } from './log-steps';

/** How often an unexpected error is tried again before it becomes an incident; attempts in outages do not count. */
const UNEXPECTED_TRIES = 5;

/** The unique keys that say no in the name of a rule, with the rule's code. */
const RULES_BY_KEY: Record<string, { code: string; message: string }> = {
  cases_open_key: { code: 'CASE_OPEN', message: 'There is an open case for this already' },
  service_agreement_holder: { code: 'POINT_HELD', message: 'Somebody holds this service point already' },
  service_agreement_chain: { code: 'CHAIN_TAKEN', message: 'Another agreement follows there already' },
  customer_number: { code: 'NUMBER_TAKEN', message: 'This customer number was given out already' },
  location_number: { code: 'NUMBER_TAKEN', message: 'This location number was given out already' },
  account_number: { code: 'NUMBER_TAKEN', message: 'This account number was given out already' },
  bill_number: { code: 'NUMBER_TAKEN', message: 'This bill number was given out already' },
  bill_one_final: { code: 'FINAL_BILL_IN_FORCE', message: 'The account has a final bill in force' },
  payment_receipt: { code: 'RECEIPT_USED', message: 'This receipt number was used before' },
};

/**
 * Sorts every error of an activity into the three kinds of design.md decision 7: a refusal is not repeated, an outage is
 * repeated without limit, the unexpected five times. What goes to Temporal has no text of the database: it may quote data.
 */
export class SortErrors implements ActivityInboundCallsInterceptor {
  constructor(private readonly logger: Logger) {}

  async execute(
    ...[input, next]: Parameters<NonNullable<ActivityInboundCallsInterceptor['execute']>>
  ): Promise<unknown> {
    try {
      return await next(input);
    } catch (error) {
      throw this.sorted(error, requestIdIn(input.headers));
    }
  }

  private sorted(error: unknown, requestId: string | undefined): Error {
    if (error instanceof ApplicationFailure) return error;
    if (error instanceof RefusedError) return refused(error.refusal, error.details);
    const rule = RULES_BY_KEY[duplicateKeyOf(error) ?? ''];
    if (rule) return refused(rule);
    const { activityType, attempt, workflowExecution } = activityInfo();
    const about = { activityType, attempt, caseId: workflowExecution?.workflowId, requestId };
    if (isOutage(error) || isLostRace(error)) {
      this.logger.warn({ ...about, err: error }, 'the database cannot be used now');
      return ApplicationFailure.create({
        type: OUTAGE,
        message: `The database cannot be used now${code(error)}`,
        category: 'BENIGN',
      });
    }
    const tries = triesSoFar() + 1;
    // Heartbeat details outlive the attempt and the worker: the count of attempts that were not outages.
    Context.current().heartbeat({ unexpected: tries });
    this.logger.error({ ...about, tries, err: error }, 'an activity failed unexpectedly');
    return ApplicationFailure.create({
      type: UNEXPECTED,
      message: `${(error as Error).name}${code(error)}`,
      nonRetryable: tries >= UNEXPECTED_TRIES,
    });
  }
}

function triesSoFar(): number {
  const details = activityInfo().heartbeatDetails as { unexpected?: number } | undefined;
  return details?.unexpected ?? 0;
}

function code(error: unknown): string {
  const found = driverError(error);
  return found ? ` (${found.code ?? 'error'} ${found.errno ?? ''})`.replace(' )', ')') : '';
}
