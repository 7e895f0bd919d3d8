import type {
  AmendmentDecided,
  CaseAborted,
  DecisionStep,
  IncidentOpened,
  IncidentStep,
  StepInput,
} from '../../contract/activities';
import type { OpenTask } from '../../contract/cases';
import { newTaskId } from '../../contract/ids';
import { TASK_TYPES } from '../../contract/task-types';
import { hashOf } from '../../db/canonical';
import { ensure } from '../../db/errors';
import { parsedJson } from '../../db/reads/select';
import { addEvent, lockCase, lockOpenCase } from '../../db/records/cases';
import { lockChunk, refuseChunk } from '../../db/records/feed-chunks';
import { lockOrderRequest, refuseOrderRequest } from '../../db/records/order-requests';
import { pendingAmendment, resolveIncident } from '../../db/records/incidents';
import { lockAccountWithLocation } from '../../db/records/places';
import { openTask, recordForgery, takeUpDecision } from '../../db/records/tasks';
import { refuseAborted } from '../../db/records/field-work-requests';
import { actingAs, type Tx } from '../../db/transaction';
import { amendmentKind } from '../../domain/incident-actions';
import { inStep, type Deps } from '../in-step';
import { abort } from './abort';
import { AMENDMENTS, type AmendedRates } from './amend';
import { settle, takeAction } from './take';

/** The steps of incidents: opened by the system, resolved by people (design.md decision 7). */
export function incidentActivities(deps: Deps) {
  return {
    /** Opens the incident's row, after the workflow shows it already; resolved where another case has ended this one. */
    openIncident: (input: StepInput & { step: string; code: string; cause: string }): Promise<IncidentOpened> =>
      inStep(deps, input, async (tx): Promise<IncidentOpened> => {
        const theCase = await lockCase(tx, input.caseId);
        const { step, code, cause } = input;
        const row = await tx.db.Incident.create({
          caseId: input.caseId,
          step,
          code,
          cause: cause.slice(0, 500),
          status: 'OPEN',
          openedAt: tx.now,
        });
        if (!theCase) return { incidentId: row.id };
        if (theCase.closedAt !== null) {
          await resolveIncident(tx, row, { resolution: 'CASE_CLOSED' });
          return { incidentId: row.id, ended: true };
        }
        await theCase.update({ status: 'INCIDENT' });
        await addEvent(tx, theCase, { kind: 'INCIDENT_OPENED', data: { incidentId: row.id, step, code } });
        return { incidentId: row.id };
      }),

    /** Takes up an operator's RETRY or SKIP: the incident is resolved, and the step runs again or is left out. */
    resolveIncident: (input: IncidentStep): Promise<void> =>
      inStep(deps, input, async (system) => {
        const resolution = input.action === 'SKIP' ? 'SKIP' : 'RETRY';
        const theCase = await lockCase(system, input.caseId);
        const taken = await takeAction(system, input, resolution);
        await settle(taken, theCase, { resolution, commandId: input.commandId, reason: taken.reason });
      }),

    /** Whether another case has ended this one, whose incident is settled by that. */
    leaveIncident: (input: StepInput & { incidentId: number }): Promise<{ ended: boolean }> =>
      inStep(deps, input, async (tx) => {
        const theCase = await lockCase(tx, input.caseId);
        if (!theCase || theCase.closedAt === null) return { ended: false };
        const incident = await tx.db.Incident.findByPk(input.incidentId, { lock: true, rejectOnEmpty: true });
        if (incident.status === 'OPEN') await resolveIncident(tx, incident, { resolution: 'CASE_CLOSED' });
        return { ended: true };
      }),

    /** Ends a case that cannot go on. Refused: see abort. */
    abortCase: (input: IncidentStep): Promise<CaseAborted> => inStep(deps, input, (system) => abort(system, input)),

    /** Ends stored work that cannot go on: nothing of it was taken, and its sender is told so. */
    abortWork: (input: IncidentStep): Promise<void> =>
      inStep(deps, input, async (system) => {
        const { tx, incident, reason } = await takeAction(system, input, 'ABORT');
        await resolveIncident(tx, incident, { resolution: 'ABORT', commandId: input.commandId, reason });
        const order = await tx.db.OrderRequest.findByPk(input.caseId);
        if (order) {
          const refusal = {
            code: 'ORDER_ABORTED',
            message: 'An operator ended this after an incident: nothing was done',
          };
          return refuseOrderRequest(tx, await lockOrderRequest(tx, input.caseId), refusal);
        }
        if (await refuseAborted(tx, input.caseId)) return;
        const detail = 'An operator ended this chunk after an incident: no row of it was taken';
        await refuseChunk(tx, await lockChunk(tx, input.caseId), [{ pointer: '#', code: 'CHUNK_ABORTED', detail }]);
      }),

    /**
     * Records what somebody of the office proposes to amend, and opens its approval; whoever proposed it drafted it.
     * Refused: NO_INCIDENT, NOT_AMENDABLE, AMENDMENT_PENDING, CASE_CLOSED, and the reasons of the kind's proposal.
     */
    proposeAmendment: (input: IncidentStep): Promise<OpenTask> =>
      inStep(deps, input, async (system) => {
        const theCase = await lockOpenCase(system, input.caseId);
        const { tx, incident, reason, data } = await takeAction(system, input, 'AMEND');
        const { step, code } = incident;
        const kind = amendmentKind(incident);
        ensure(kind && theCase.accountId, 'NOT_AMENDABLE', `Nothing can be amended after ${code} in the step ${step}`);
        const pending = await pendingAmendment(tx.db, incident.id);
        ensure(!pending, 'AMENDMENT_PENDING', 'An amendment waits for approval already');
        const content = await AMENDMENTS[kind].propose(tx, theCase.accountId, data);
        const type = 'APPROVE_AMENDMENT' as const;
        const taskId = newTaskId();
        const contentHash = hashOf({ incidentId: incident.id, kind, content });
        const task = await openTask(tx, theCase, {
          ...{ taskId, type, candidateGroup: TASK_TYPES[type].candidateGroup, draftedBy: tx.actorId },
          ...{ subject: { step, code, cause: incident.cause, kind, ...content, reason }, subjectHash: contentHash },
        });
        const amendment = await tx.db.Amendment.create({
          ...{
            incidentId: incident.id,
            commandId: input.commandId,
            taskId,
            kind,
            content: { ...content },
            contentHash,
          },
          ...{ proposedBy: tx.actorId, proposedAt: tx.now, status: 'PROPOSED', decisionId: null },
        });
        const event = { amendmentId: amendment.id, incidentId: incident.id, taskId, kind, ...content, reason };
        await addEvent(tx, theCase, { kind: 'AMENDMENT_PROPOSED', data: event });
        return task;
      }),

    /**
     * Carries out a second person's decision on an amendment: approved, it is applied and the incident resolved; rejected,
     * the incident stays. Refused as takeUpDecision, NO_INCIDENT and AMENDMENT_STALE.
     */
    decideAmendment: (input: DecisionStep & { incidentId: number }): Promise<AmendmentDecided> =>
      inStep(deps, input, async (system): Promise<AmendmentDecided> => {
        const { theCase, accountId } = await lockWithAccount(system, input.caseId);
        const verified = await takeUpDecision(system, theCase, input);
        if (!verified) return recordForgery(system, theCase, input).then(() => ({ forged: true }));
        const { id: decisionId, actorId, outcome, comment } = verified.decision;
        const tx = actingAs(system, actorId);
        const incident = await tx.db.Incident.findByPk(input.incidentId, { lock: true });
        ensure(incident?.status === 'OPEN', 'NO_INCIDENT', 'The incident is resolved already');
        const amendment = await tx.db.Amendment.findOne({
          where: { incidentId: incident.id, taskId: input.taskId, status: 'PROPOSED' },
          lock: true,
          rejectOnEmpty: true,
        });
        const approved = outcome === 'APPROVE';
        await amendment.update({ status: approved ? 'APPLIED' : 'REJECTED', decisionId });
        const { id: amendmentId, commandId, kind } = amendment;
        const content = parsedJson<AmendedRates>(amendment.content);
        const reason = comment ?? '';
        if (approved) {
          await AMENDMENTS[kind].apply(tx, accountId, content);
          const data = { amendmentId, decisionId, ...content };
          await settle({ tx, incident }, theCase, { resolution: 'AMEND', commandId, reason, data });
        } else {
          await addEvent(tx, theCase, { kind: 'AMENDMENT_REJECTED', data: { amendmentId, decisionId, reason } });
        }
        return { forged: false, approved };
      }),
  };
}

async function lockWithAccount(tx: Tx, caseId: string) {
  const { accountId } = await tx.db.Case.findByPk(caseId, { rejectOnEmpty: true });
  ensure(accountId, 'NOT_AMENDABLE', 'The case is about no account');
  await lockAccountWithLocation(tx, accountId);
  return { theCase: await lockOpenCase(tx, caseId), accountId };
}
