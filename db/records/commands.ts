import type { Db } from '../create-db';
import { ensure } from '../errors';
import type { CaseCommand } from '../models/cases';
import type { Tx } from '../transaction';

/** A person's command to a case; the reason stays in MySQL. */
export interface NewCommand {
  commandId: string;
  caseId: string;
  kind: 'CANCEL' | 'RETRY' | 'RESCHEDULE';
  reason: string;
  /** What the command is about beside its reason. */
  data?: Record<string, unknown>;
}

/** A command as the message to the case needs it. */
export interface RecordedCommand {
  commandId: string;
  caseId: string;
  kind: NewCommand['kind'];
  status: CaseCommand['status'];
}

/** Records a command to a case that is not closed; a RETRY also to one whose opening failed, which has no row yet. */
export async function recordCommand(
  tx: Tx,
  { commandId, caseId, kind, reason, data }: NewCommand,
): Promise<RecordedCommand> {
  const found = await tx.db.Case.findByPk(caseId);
  const failedToOpen = !found && kind === 'RETRY' && (await hasOpenIncident(tx.db, caseId));
  ensure(found || failedToOpen, 'NOT_FOUND', 'There is no such case');
  ensure(!found || found.closedAt === null, 'CASE_CLOSED', `The case is ${found?.status}`);
  const command = { caseId, kind, status: 'RECORDED' as const };
  await tx.db.CaseCommand.create({
    id: commandId,
    ...command,
    actorId: tx.actorId,
    data: { ...data, reason },
    createdAt: tx.now,
  });
  tx.audit({
    action: 'command.recorded',
    entity: 'case_command',
    entityId: commandId,
    caseId,
    data: { kind },
  });
  return { commandId, ...command };
}

/** Whether a case, with a row or without, stands in an incident. */
export async function hasOpenIncident(db: Db, caseId: string): Promise<boolean> {
  return (await db.Incident.count({ where: { caseId, status: 'OPEN' } })) > 0;
}

/** A command that was recorded before, or null. */
export async function findCommand(tx: Tx, commandId: string): Promise<RecordedCommand | null> {
  const row = await tx.db.CaseCommand.findByPk(commandId);
  return row && { commandId, caseId: row.caseId, kind: row.kind as NewCommand['kind'], status: row.status };
}

/** Voids a command that the case refused, unless it has taken effect meanwhile; returns what it is now. */
export async function voidCommand(tx: Tx, commandId: string, reason: string): Promise<CaseCommand['status']> {
  const row = await tx.db.CaseCommand.findByPk(commandId, { lock: true, rejectOnEmpty: true });
  if (row.status !== 'RECORDED') return row.status;
  await row.update({ status: 'VOID' });
  tx.audit({
    action: 'command.voided',
    entity: 'case_command',
    entityId: commandId,
    caseId: row.caseId,
    data: { reason },
  });
  return 'VOID';
}
