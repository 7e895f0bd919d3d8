import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { LIFECYCLES } from '../../contract/lifecycles';
import type { Db } from '../../db/create-db';

/**
 * Where the two stores differ: an open case without its running workflow, or a running workflow without its open case.
 * A queue narrows the second question to its workflows, for a Temporal server that several databases share.
 */
export async function compareWithTemporal(db: Db, client: Client, taskQueue?: string): Promise<string[]> {
  const drift: string[] = [];
  const open = new Set((await db.Case.findAll({ where: { closedAt: null } })).map(({ caseId }) => caseId));
  // A case may end between the two looks: the row is asked again before anything is said of it.
  const isOpen = async (caseId: string) => (await db.Case.findByPk(caseId))?.closedAt === null;
  for (const caseId of open) {
    const status = await statusOf(client, caseId);
    if (status !== 'RUNNING' && (await isOpen(caseId))) drift.push(`${caseId} is open, its workflow is ${status}`);
  }
  const types = Object.values(LIFECYCLES)
    .map((type) => `'${type}'`)
    .join(', ');
  const ofQueue = taskQueue ? ` AND TaskQueue = '${taskQueue}'` : '';
  const query = `ExecutionStatus = 'Running' AND WorkflowType IN (${types})${ofQueue}`;
  for await (const { workflowId } of client.workflow.list({ query })) {
    if (open.has(workflowId) || (await isOpen(workflowId))) continue;
    // Visibility lags behind; the workflow itself says whether it runs.
    if ((await statusOf(client, workflowId)) === 'RUNNING') drift.push(`${workflowId} runs without an open case`);
  }
  return drift;
}

// Only this answer means that there is none: a server that cannot be reached says nothing about its workflows.
async function statusOf(client: Client, workflowId: string): Promise<string> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'NOT_FOUND';
    throw error;
  }
}
