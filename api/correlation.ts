import { AsyncLocalStorage } from 'node:async_hooks';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { REQUEST_ID_HEADER } from '../contract/correlation';

const requests = new AsyncLocalStorage<string>();

/** Runs an act, and what it begins, as part of the request with this id. */
export const duringRequest = <R>(requestId: string, act: () => R): R => requests.run(requestId, act);

function withRequest(headers: Headers): Headers {
  const id = requests.getStore();
  return id === undefined ? headers : { ...headers, [REQUEST_ID_HEADER]: defaultPayloadConverter.toPayload(id) };
}

/** Puts the id of the request under way on each start, Update and Signal: logs of the steps that follow name it. */
export const correlation: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next({ ...input, headers: withRequest(input.headers) }),
  startUpdate: (input, next) => next({ ...input, headers: withRequest(input.headers) }),
  startUpdateWithStart: (input, next) =>
    next({
      ...input,
      workflowStartHeaders: withRequest(input.workflowStartHeaders),
      updateHeaders: withRequest(input.updateHeaders),
    }),
  signal: (input, next) => next({ ...input, headers: withRequest(input.headers) }),
};
