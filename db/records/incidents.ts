import type { Db } from '../create-db';
import type { Amendment, Incident } from '../models/cases';
import type { Tx } from '../transaction';
import { cancelTask } from './task-history';

/** How an incident ended: by a person's action, or because its case ended otherwise. */
export type Resolution = 'RETRY' | 'AMEND' | 'SKIP' | 'ABORT' | 'CASE_CLOSED';

const AUDITED: Record<Resolution, string> = {
  RETRY: 'incident.retried',
  AMEND: 'incident.amended',
  SKIP: 'incident.skipped',
  ABORT: 'incident.aborted',
  CASE_CLOSED: 'incident.closed',
};

const standing = (caseId: string) => ({ caseId, status: 'OPEN' as const });

/** The incident that a case, with a row or without, or stored work stands in: the newest, or the one named; or null. */
export function openIncidentOf(db: Db, caseId: string, incidentId?: number): Promise<Incident | null> {
  const named = incidentId === undefined ? {} : { id: incidentId };
  return db.Incident.findOne({ where: { ...standing(caseId), ...named }, order: [['id', 'DESC']] });
}

/** Whether a case, with a row or without, stands in an incident. */
export async function hasOpenIncident(db: Db, caseId: string): Promise<boolean> {
  return (await openIncidentOf(db, caseId)) !== null;
}

/** The amendment that waits for approval in an incident, or null. */
export function pendingAmendment(db: Db, incidentId: number): Promise<Amendment | null> {
  return db.Amendment.findOne({ where: { incidentId, status: 'PROPOSED' } });
}

/** Resolves an incident that is locked; what was proposed in it and not applied is withdrawn, and its task closed. */
export async function resolveIncident(
  tx: Tx,
  incident: Incident,
  by: { resolution: Resolution; commandId?: string; reason?: string },
): Promise<void> {
  const { resolution, commandId = null, reason } = by;
  await incident.update({ status: 'RESOLVED', resolvedAt: tx.now, resolvedBy: tx.actorId, resolution, commandId });
  tx.audit({
    ...{ action: AUDITED[resolution], entity: 'incident', entityId: incident.id, caseId: incident.caseId ?? undefined },
    ...(reason && { data: { reason } }),
  });
  const amendment = await pendingAmendment(tx.db, incident.id);
  if (!amendment) return;
  await withdraw(tx, incident.caseId, amendment);
  const task = await tx.db.HumanTask.findByPk(amendment.taskId, { lock: true, rejectOnEmpty: true });
  if (task.status === 'OPEN') await cancelTask(tx, task);
}

/** What was proposed in a case's incidents is withdrawn when its approval is asked for no more. */
export async function withdrawAmendments(tx: Tx, caseId: string): Promise<void> {
  const tasks = await tx.db.HumanTask.findAll({ where: { caseId, type: 'APPROVE_AMENDMENT', status: 'CANCELED' } });
  if (tasks.length === 0) return;
  const pending = { taskId: tasks.map(({ id }) => id), status: 'PROPOSED' as const };
  for (const amendment of await tx.db.Amendment.findAll({ where: pending, order: ['id'], lock: true }))
    await withdraw(tx, caseId, amendment);
}

async function withdraw(tx: Tx, caseId: string | null, amendment: Amendment): Promise<void> {
  await amendment.update({ status: 'WITHDRAWN' });
  const about = { entity: 'amendment', entityId: amendment.id, caseId: caseId ?? undefined };
  tx.audit({ action: 'amendment.withdrawn', ...about });
}

/** A case that has ended stands in no incident. */
export async function closeIncidents(tx: Tx, caseId: string): Promise<void> {
  const open = await tx.db.Incident.findAll({ where: standing(caseId), order: ['id'], lock: true });
  for (const incident of open) await resolveIncident(tx, incident, { resolution: 'CASE_CLOSED' });
}
