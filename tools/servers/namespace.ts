import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';

const NOT_FOUND = 5;
const DAY_MS = 86_400_000;
const VISIBLE_WITHIN_MS = 60_000;
const POLL_MS = 200;

/** How long closed cases stay readable in the Temporal UI, unless the namespace keeps them longer. */
const RETENTION_DAYS = 90;

/** Makes sure that the namespace exists and keeps closed cases long enough. */
export async function ensureNamespace(connection: Connection, namespace: string, days = RETENTION_DAYS): Promise<void> {
  const service = connection.workflowService;
  const workflowExecutionRetentionPeriod = msToTs(days * DAY_MS);
  const found = await existing(connection, namespace);
  if (!found) {
    await service.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    await visible(connection, namespace);
    return;
  }
  const kept = tsToMs(found.config?.workflowExecutionRetentionTtl ?? msToTs(0));
  if (kept >= days * DAY_MS) return;
  await service.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: workflowExecutionRetentionPeriod },
  });
}

// The server itself looks namespaces up in a cache that learns of a new one some seconds later.
async function visible(connection: Connection, namespace: string) {
  for (const deadline = Date.now() + VISIBLE_WITHIN_MS; ; await sleep(POLL_MS)) {
    try {
      await connection.operatorService.listSearchAttributes({ namespace });
      return;
    } catch (error) {
      if (!isNotFound(error) || Date.now() > deadline) throw error;
    }
  }
}

async function existing(connection: Connection, namespace: string) {
  try {
    return await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && Number(error.code) === NOT_FOUND;
}
