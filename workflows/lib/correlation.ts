import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';
import type { Headers, Payload } from '@temporalio/common';
import { REQUEST_ID_HEADER } from '../../contract/correlation';

/**
 * Hands the id of the request that a case heard last on to its steps. Steps run one at a time after what asked for them,
 * so that it is the request that they go back to; a step that a timer begins names the last one before it. None of this
 * is in a command that a replay compares.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let last: Payload | undefined;
  const heard = (headers: Headers) => {
    last = headers[REQUEST_ID_HEADER] ?? last;
  };
  const withLast = (headers: Headers): Headers => (last ? { ...headers, [REQUEST_ID_HEADER]: last } : headers);
  // No function here is async: one more turn of the event loop would order the commands of old histories anew.
  return {
    inbound: [
      {
        execute: (input, next) => (heard(input.headers), next(input)),
        handleUpdate: (input, next) => (heard(input.headers), next(input)),
        handleSignal: (input, next) => (heard(input.headers), next(input)),
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next({ ...input, headers: withLast(input.headers) }),
        startChildWorkflowExecution: (input, next) => next({ ...input, headers: withLast(input.headers) }),
        signalWorkflow: (input, next) => next({ ...input, headers: withLast(input.headers) }),
        continueAsNew: (input, next) => next({ ...input, headers: withLast(input.headers) }),
      },
    ],
  };
};
