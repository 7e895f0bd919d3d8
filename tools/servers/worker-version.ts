import { isGrpcServiceError, type Connection } from '@temporalio/client';

/** What Temporal says of a deployment or build that nobody polls for: NOT_FOUND, FAILED_PRECONDITION. */
const NOT_YET: readonly number[] = [5, 9];

/** How long the workers of a build may take to report themselves, in milliseconds. */
const WORKERS_WITHIN_MS = 60_000;

/**
 * Makes a build the current version of a worker deployment, as soon as a worker of it polls; tells which one was before.
 * Fails when none polls within a minute: cases would wait for a build that nobody runs.
 */
export async function makeCurrent(
  connection: Connection,
  namespace: string,
  { deploymentName, buildId }: { deploymentName: string; buildId: string },
): Promise<{ before: string | null }> {
  const deadline = Date.now() + WORKERS_WITHIN_MS;
  for (;;) {
    try {
      const set = { namespace, deploymentName, buildId, identity: 'keyturn deployment' };
      const { previousDeploymentVersion } = await connection.workflowService.setWorkerDeploymentCurrentVersion(set);
      return { before: previousDeploymentVersion?.buildId ?? null };
    } catch (error) {
      const isUnknown = isGrpcServiceError(error) && NOT_YET.includes(error.code);
      if (!isUnknown || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
