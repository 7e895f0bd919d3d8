import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time';
import { loadConfig, temporalConnection } from '../config';
import { TASK_QUEUE } from '../contract/ids';

// A poll is renewed within a minute; Temporal lists pollers that have gone for five.
const FRESH_MS = 150_000;

/** The health check of a worker's container: it is well when Temporal has lately been polled from this host. */
async function main(): Promise<void> {
  const { temporal } = loadConfig();
  const { address, namespace } = temporal;
  if (!address) throw new Error('TEMPORAL_ADDRESS: is needed to look for a worker');
  const connection = await Connection.connect(temporalConnection({ temporal: { ...temporal, address } }));
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: TASK_QUEUE },
  });
  await connection.close();
  const lately = (pollers ?? []).some(
    ({ identity, lastAccessTime }) =>
      identity?.endsWith(`@${hostname()}`) && Date.now() - tsToMs(lastAccessTime) < FRESH_MS,
  );
  if (!lately) throw new Error(`No worker on ${hostname()} polls ${TASK_QUEUE}`);
}

main().catch((error: Error) => {
  console.error(error.message || error);
  process.exitCode = 1;
});
