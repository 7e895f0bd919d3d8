import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities, type Deps } from '../activities';
import { TASK_QUEUE } from '../contract/ids';
import { logSteps } from './log-steps';
import { SortErrors } from './sort-errors';

/** What a worker is made with. `bundlePath`: the workflow bundle of the build; absent, it is bundled now. */
export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  taskQueue?: string;
  deps: Deps;
  logger: Logger;
  maxCachedWorkflows: number;
  drainSeconds: number;
  bundlePath?: string;
  /** Under which name this build takes cases (Worker Versioning); absent: it takes them without one. */
  version?: { deploymentName: string; buildId: string };
  options?: Partial<WorkerOptions>;
}

/** What the bundle of the workflows is made of. */
export const WORKFLOWS = {
  workflowsPath: require.resolve('../workflows'),
  workflowInterceptorModules: [require.resolve('../workflows/lib/correlation')],
};

/** The worker of all lifecycles and activities. The database pool should have a connection for each activity slot. */
export function createWorker(parts: WorkerParts): Promise<Worker> {
  const {
    connection,
    namespace,
    taskQueue = TASK_QUEUE,
    deps,
    logger,
    maxCachedWorkflows,
    drainSeconds,
    bundlePath,
    version,
  } = parts;
  const code = bundlePath ? { workflowBundle: { codePath: bundlePath } } : { workflowsPath: WORKFLOWS.workflowsPath };
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    ...code,
    activities: createActivities(deps),
    interceptors: {
      activity: [logSteps(logger), () => ({ inbound: new SortErrors(logger) })],
      ...(!bundlePath && { workflowModules: WORKFLOWS.workflowInterceptorModules }),
    },
    maxCachedWorkflows,
    // Cases wait for weeks: an open one goes on with the build that is current then, by its patches.
    ...(version && {
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' },
    }),
    maxConcurrentActivityTaskExecutions: 10,
    shutdownGraceTime: `${drainSeconds} seconds`,
    shutdownForceTime: `${drainSeconds + 10} seconds`,
    ...parts.options,
  });
}

/** The bundle that `npm run build` wrote, seen from a compiled file; undefined when this runs from the sources. */
export function builtBundle(): string | undefined {
  const path = join(__dirname, '..', 'workflow-bundle.js');
  return existsSync(path) ? path : undefined;
}
