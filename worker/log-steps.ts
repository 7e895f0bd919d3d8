import type { Context } from '@temporalio/activity';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import type { ActivityInterceptors } from '@temporalio/worker';
import type { Logger } from 'pino';
import { REQUEST_ID_HEADER } from '../contract/correlation';

/** The request that a step goes back to; undefined when nobody's request led to it. */
export function requestIdIn(headers: Headers): string | undefined {
  const payload = headers[REQUEST_ID_HEADER];
  return payload && defaultPayloadConverter.fromPayload<string>(payload);
}

/** Logs each attempt that came to its end, and has every line that a step logs name its request. */
export const logSteps =
  (logger: Logger) =>
  ({ info }: Context): ActivityInterceptors => {
    let requestId: string | undefined;
    return {
      inbound: {
        async execute(input, next) {
          requestId = requestIdIn(input.headers);
          const result = await next(input);
          const { activityType, attempt, workflowExecution } = info;
          const tookMs = Date.now() - info.currentAttemptScheduledTimestampMs;
          logger.info({ activityType, attempt, caseId: workflowExecution?.workflowId, requestId, tookMs }, 'step done');
          return result;
        },
      },
      outbound: { getLogAttributes: (input, next) => ({ ...next(input), ...(requestId && { requestId }) }) },
    };
  };
