import { refuseActor, type IncidentAction } from '../../domain/incident-actions';
import { ensure, RefusedError, rejectIf } from '../errors';
import type { CaseCommand } from '../models/cases';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';
import { openIncidentOf, pendingAmendment } from './incidents';
import { rolesOfUser } from './users';

/** A person's command to a case; the reason stays in MySQL. */
export interface NewCommand {
  commandId: string;
  caseId: string;
  kind: 'CANCEL' | 'RESCHEDULE' | 'LANDLORD_DECLINES' | IncidentAction;
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
  /** What an incident's action is about. */
  incidentId?: number;
}

/** Records a command to a case that is not closed. */
export async function recordCommand(tx: Tx, given: NewCommand): Promise<RecordedCommand> {
  const found = await tx.db.Case.findByPk(given.caseId);
  ensure(found, 'NOT_FOUND', 'There is no such case');
  ensure(found.closedAt === null, 'CASE_CLOSED', `The case is ${found.status}`);
  return insertCommand(tx, given);
}

/**
 * Records a person's action on the incident that a case stands in, also on that of a case whose opening failed, which has
 * no row yet, and of stored work. Refused: NO_INCIDENT, ROLE, NOT_SKIPPABLE, NOT_AMENDABLE, AMENDMENT_PENDING.
 */
export async function recordIncidentAction(
  tx: Tx,
  given: NewCommand & { kind: IncidentAction; incidentId?: number },
): Promise<RecordedCommand> {
  const { incidentId, ...command } = given;
  const { caseId, kind, data } = command;
  const incident = await openIncidentOf(tx.db, caseId, incidentId);
  if (!incident) {
    const found = await tx.db.Case.findByPk(caseId);
    ensure(found, 'NOT_FOUND', 'There is no such case');
    ensure(found.closedAt === null, 'CASE_CLOSED', `The case is ${found.status}`);
    throw new RefusedError({
      code: 'NO_INCIDENT',
      message: 'The case has no such incident, or it is resolved already',
    });
  }
  const amendmentPending = (await pendingAmendment(tx.db, incident.id)) !== null;
  const { step, code } = incident;
  rejectIf(refuseActor({ step, code, amendmentPending }, kind, await rolesOfUser(tx.db, tx.actorId)));
  return insertCommand(tx, { ...command, data: { ...data, incidentId: incident.id } });
}

async function insertCommand(tx: Tx, { commandId, caseId, kind, reason, data }: NewCommand): Promise<RecordedCommand> {
  const command = { caseId, kind, status: 'RECORDED' as const };
  const content = { ...data, reason };
  await tx.db.CaseCommand.create({
    ...{ id: commandId, ...command },
    ...{ actorId: tx.actorId, data: content, createdAt: tx.now },
  });
  tx.audit({
    action: 'command.recorded',
    entity: 'case_command',
    entityId: commandId,
    caseId,
    data: { kind },
  });
  return recorded({ id: commandId, ...command, data: content });
}

/** A command that was recorded before, or null. */
export async function findCommand(tx: Tx, commandId: string): Promise<RecordedCommand | null> {
  const row = await tx.db.CaseCommand.findByPk(commandId);
  return row && recorded(row);
}

function recorded(row: Pick<CaseCommand, 'id' | 'caseId' | 'kind' | 'status' | 'data'>): RecordedCommand {
  const { id: commandId, caseId, status } = row;
  const { incidentId } = parsedJson<{ incidentId?: number }>(row.data);
  return { commandId, caseId, status, kind: row.kind as NewCommand['kind'], ...(incidentId && { incidentId }) };
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
