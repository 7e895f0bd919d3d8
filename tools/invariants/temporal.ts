import type { Client } from '@temporalio/client';
import type { Db } from '../../db/create-db';

const LIFECYCLES = ['moveOut', 'resolveVacancy', 'settleAccount', 'receivePayment'];

/** Where the two stores differ: an open case without its running workflow, or a running workflow without its open case. */
export async function compareWithTemporal(db: Db, client: Client): Promise<string[]> {
  const drift: string[] = [];
  const open = new Set((await db.Case.findAll({ where: { closedAt: null } })).map(({ caseId }) => caseId));
  for (const caseId of open) {
    const status = await client.workflow
      .getHandle(caseId)
      .describe()
      .then(
        (found) => found.status.name,
        () => 'NOT_FOUND',
      );
    if (status !== 'RUNNING') drift.push(`${caseId} is open, its workflow is ${status}`);
  }
  const types = LIFECYCLES.map((type) => `'${type}'`).join(', ');
  const query = `ExecutionStatus = 'Running' AND WorkflowType IN (${types})`;
  for await (const { workflowId } of client.workflow.list({ query })) {
    if (open.has(workflowId)) continue;
    // Visibility lags behind; the workflow itself says whether it runs.
    const { status } = await client.workflow.getHandle(workflowId).describe();
    const row = await db.Case.findByPk(workflowId);
    if (status.name === 'RUNNING' && row?.closedAt !== null) drift.push(`${workflowId} runs without an open case`);
  }
  return drift;
}
