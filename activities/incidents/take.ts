import type { IncidentStep } from '../../contract/activities';
import { ensure } from '../../db/errors';
import type { Case, Incident } from '../../db/models/cases';
import { parsedJson } from '../../db/reads/select';
import { addEvent } from '../../db/records/cases';
import { openIncidentOf, resolveIncident, type Resolution } from '../../db/records/incidents';
import type { Tx } from '../../db/transaction';
import type { IncidentAction } from '../../domain/incident-actions';
import { takeCommand } from '../commands';

/** A person's action on an incident, taken up: in their name, with what they said. */
export interface Taken {
  tx: Tx;
  incident: Incident;
  reason: string;
  data: Record<string, unknown>;
}

/**
 * Takes up a recorded action on an incident that is open. Refused: FORGED_COMMAND; NO_INCIDENT when somebody else has
 * resolved it, or the command was about another one.
 */
export async function takeAction(system: Tx, input: IncidentStep, action: IncidentAction): Promise<Taken> {
  const tx = await takeCommand(system, input, action);
  const command = await tx.db.CaseCommand.findByPk(input.commandId, { rejectOnEmpty: true });
  const { reason, incidentId, ...data } = parsedJson<{ reason: string; incidentId?: number }>(command.data);
  const incident = await tx.db.Incident.findByPk(input.incidentId, { lock: true });
  const meant = incidentId === undefined || incidentId === incident?.id;
  ensure(
    incident?.status === 'OPEN' && incident.caseId === input.caseId && meant,
    'NO_INCIDENT',
    'The incident is resolved already',
  );
  return { tx, incident, reason, data };
}

/** Resolves the incident and lets its case, if it has a row, go on; with an event that says who did what, and why. */
export async function settle(
  { tx, incident }: Pick<Taken, 'tx' | 'incident'>,
  theCase: Case | null,
  by: { resolution: Resolution; commandId: string; reason: string; data?: Record<string, unknown> },
): Promise<void> {
  const { resolution: action, reason, data } = by;
  await resolveIncident(tx, incident, by);
  if (theCase?.status !== 'INCIDENT') return;
  const { id: incidentId, step } = incident;
  if (!(await openIncidentOf(tx.db, theCase.caseId))) await theCase.update({ status: 'OPEN' });
  await addEvent(tx, theCase, { kind: 'INCIDENT_RESOLVED', data: { incidentId, action, step, reason, ...data } });
}
