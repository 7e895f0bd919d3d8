import { UNEXPECTED } from '../../contract/failure';
import { incidentsOf, type IncidentRow } from '../../db/reads/incidents';
import { actionsFor, MAY_ACT, refuseActor } from '../../domain/incident-actions';
import { holds, type Actor, type ApiDeps } from '../deps';

/** The incidents of a case, each with what can be done about it and whether this person may. */
export async function incidentDetails({ db }: ApiDeps, actor: Actor, caseId: string) {
  return (await incidentsOf(db, caseId)).map((row) => ({
    ...row,
    causeKind: row.code === UNEXPECTED ? 'UNEXPECTED' : 'REFUSAL',
    // The office's reason for an amendment may speak of the customer.
    reason: row.resolution === 'AMEND' && !holds(actor, 'clerk', 'supervisor') ? null : row.reason,
    actions: row.status === 'OPEN' ? actionsOf(row, actor) : [],
  }));
}

// The same rule as when the action comes, so that the console can say beforehand why a button is off.
const actionsOf = ({ step, code, amendmentTaskId }: IncidentRow, { roles }: Actor) =>
  actionsFor({ step, code }).map((action) => ({
    action,
    roles: MAY_ACT[action],
    refusedBecause:
      refuseActor({ step, code, amendmentPending: amendmentTaskId !== null }, action, roles)?.code ?? null,
  }));
