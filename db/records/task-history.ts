import type { HumanTask } from '../models/cases';
import type { Tx } from '../transaction';

/** A line of the task's history, which is what the audit says of it. */
export function auditTask(tx: Tx, task: HumanTask, what: string, data: Record<string, unknown> = {}): void {
  const { id, caseId, type, priority, escalation } = task;
  const about = { entity: 'human_task', entityId: id, caseId };
  tx.audit({ action: `task.${what}`, ...about, data: { type, priority, escalation, ...data } });
}

/** Closes an open task without a decision: what it asked has been settled otherwise. */
export async function cancelTask(tx: Tx, task: HumanTask): Promise<void> {
  await task.update({ status: 'CANCELED', closedAt: tx.now });
  auditTask(tx, task, 'canceled');
}
