import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Gives attempts two seconds, so that a sweep does not wait out the time of every attempt that it kills. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity: (input, next) => next({ ...input, options: { ...input.options, startToCloseTimeout: 2000 } }),
    },
  ],
});
