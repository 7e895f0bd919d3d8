import type { Client } from '@temporalio/client';
import { describeRun, listRuns } from '../../activities/watch/runs';
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
  for (const { caseId, isCase } of await listRuns(client, taskQueue)) {
    if (!isCase || open.has(caseId) || (await isOpen(caseId))) continue;
    // Visibility lags behind; the workflow itself says whether it runs.
    if ((await statusOf(client, caseId)) === 'RUNNING') drift.push(`${caseId} runs without an open case`);
  }
  return drift;
}

const statusOf = async (client: Client, caseId: string): Promise<string> => (await describeRun(client, caseId)).status;
