import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Gives attempts a second, so that a sweep does not wait out the time of every attempt that it kills. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity: (input, next) => next({ ...input, options: { ...input.options, startToCloseTimeout: 1000 } }),
    },
  ],
});
