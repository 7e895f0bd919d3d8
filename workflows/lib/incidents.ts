import { condition } from '@temporalio/workflow';
import type { ApplicationFailure } from '@temporalio/common';
import type { IncidentStep } from '../../contract/activities';
import type { CaseView, OpenTask } from '../../contract/cases';
import { refused, UNEXPECTED } from '../../contract/failure';
import type { CaseCommandMessage, CompleteTask, TaskVerdict } from '../../contract/messages';
import { actionsFor, refuseAction } from '../../domain/incident-actions';
import { acts } from './activities';
import { answerTo, refusalIn } from './failures';
import { Pending } from './pending';

/** The tasks of the run, where amendments are approved; work that is no case has none. */
export interface TaskDesk {
  task(task: OpenTask): void;
  /** Waits for a decision on the task, reminds and escalates; null when `until` became true first. */
  nextDecision(task: OpenTask, until: () => boolean): Promise<Pending<CompleteTask, TaskVerdict> | null>;
  closeTask(taskId: string): void;
}

/** A failed step that waits for people. */
interface OpenIncident {
  step: string;
  code: string;
  /** Absent until its row is written. */
  incidentId?: number;
  canSkip: boolean;
  commands: Pending<CaseCommandMessage, void>[];
  /** The approval of the amendment that is proposed. */
  task: OpenTask | null;
  lookAgain: boolean;
}

/** How long an act that failed is left alone: twice as long each time, so that a history stays short for days. */
const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 600;

/** What the failed step is to do: run again, or be left out. */
type Way = 'AGAIN' | 'SKIP';

/** The incidents of a run: shown first, then written as rows, then waited in until people resolve them (decision 7). */
export function createIncidents(run: {
  caseId: string;
  view: Pick<CaseView, 'status' | 'incident'>;
  show: () => void;
  serially: <R>(act: () => Promise<R>) => Promise<R>;
  isOver: () => boolean;
  desk?: TaskDesk;
}) {
  const { caseId, view, serially, desk } = run;
  const open: OpenIncident[] = [];
  let incidents = 0;
  let looks = 0;
  let endedBefore = 0;
  let statusBefore = view.status;

  function show(): void {
    const last = open.at(-1);
    view.status = last ? 'INCIDENT' : statusBefore;
    view.incident = last ? { step: last.step, code: last.code, actions: allowed(last) } : null;
    run.show();
  }

  /** Shows the incident, writes its row and waits until somebody has resolved it. */
  async function standIn(step: string, failure: ApplicationFailure, canSkip: boolean): Promise<Way> {
    const code = failure.type ?? UNEXPECTED;
    if (open.length === 0) statusBefore = view.status;
    const incident: OpenIncident = { step, code, canSkip, commands: [], task: null, lookAgain: false };
    open.push(incident);
    show();
    incidents += 1;
    const key = `${caseId}/openIncident/${incidents}`;
    const cause = failure.message;
    const { incidentId, ended } = await insist(() => acts.openIncident({ key, caseId, step, code, cause }));
    incident.incidentId = incidentId;
    const way = ended ? await findEnd() : await wait(incident, incidentId);
    open.splice(open.indexOf(incident), 1);
    if (incident.task) desk?.closeTask(incident.task.taskId);
    for (const command of incident.commands) command.refuse(resolved());
    show();
    return way;
  }

  /** An incident that cannot be written or left now is no reason for the run to fail: it is tried until it is done. */
  async function insist<R>(act: () => Promise<R>): Promise<R> {
    for (let failed = 0; ; failed += 1) {
      try {
        return await serially(act);
      } catch (error) {
        if (!refusalIn(error)) throw error;
      }
      await pause(failed);
      if (run.isOver()) throw over();
    }
  }

  /** The longer the more often it failed before; no longer than the run. */
  async function pause(failedBefore: number): Promise<void> {
    const seconds = Math.min(FIRST_PAUSE_SECONDS * 2 ** failedBefore, LONGEST_PAUSE_SECONDS);
    await condition(run.isOver, `${seconds} seconds`, { summary: 'tried again after a pause' });
  }

  /** Another case has ended this one: the step runs again and finds that, after a pause where it has failed to before. */
  async function findEnd(): Promise<Way> {
    if (endedBefore > 0) await pause(endedBefore - 1);
    endedBefore += 1;
    if (run.isOver()) throw over();
    return 'AGAIN';
  }

  async function wait(incident: OpenIncident, incidentId: number): Promise<Way> {
    const command = () => incident.commands.find((each) => !each.isAnswered);
    const isCalled = () => command() !== undefined || incident.lookAgain || run.isOver();
    for (;;) {
      const decided =
        incident.task && desk
          ? await desk.nextDecision(incident.task, isCalled)
          : await condition(isCalled).then(() => null);
      if (run.isOver()) throw over();
      const given = command();
      const way = given
        ? await carryOut(incident, incidentId, given)
        : decided
          ? await decide(incident, incidentId, decided)
          : await look(incident, incidentId);
      if (way) return way;
    }
  }

  async function carryOut(
    incident: OpenIncident,
    incidentId: number,
    command: Pending<CaseCommandMessage, void>,
  ): Promise<Way | null> {
    const { commandId, kind } = command.message;
    const step = { caseId, commandId, incidentId };
    try {
      if (!isAbout(command.message, incidentId)) throw resolved();
      if (kind === 'AMEND') {
        refuse(incident, kind);
        const key = `${caseId}/proposeAmendment/${commandId}`;
        const proposed = await serially(() => acts.proposeAmendment({ ...step, key }));
        // A task that another case has dropped meanwhile may be known here still.
        if (incident.task) desk?.closeTask(incident.task.taskId);
        incident.task = proposed;
        desk?.task(proposed);
        command.settle();
        show();
        return null;
      }
      const action = kind === 'SKIP' ? 'SKIP' : 'RETRY';
      refuse(incident, action);
      await serially(() => acts.resolveIncident({ ...step, key: `${caseId}/resolveIncident/${commandId}`, action }));
      command.settle();
      return action === 'SKIP' ? 'SKIP' : 'AGAIN';
    } catch (error) {
      command.refuse(answerTo(error));
      return null;
    }
  }

  /** Takes up a second person's decision on the proposed amendment; rejected, the incident stays. */
  async function decide(
    incident: OpenIncident,
    incidentId: number,
    decision: Pending<CompleteTask, TaskVerdict>,
  ): Promise<Way | null> {
    const { taskId, version, decisionId, outcome } = decision.message;
    // The key names all that the message says, as that of every decision.
    const key = `${caseId}/decideAmendment/${decisionId}:${taskId}:${version}`;
    try {
      const done = await serially(() => acts.decideAmendment({ key, caseId, taskId, version, decisionId, incidentId }));
      if (done.forged) {
        decision.refuse(refused({ code: 'FORGED_DECISION', message: 'Nobody recorded this decision' }));
        return null;
      }
      decision.settle({ status: 'APPLIED', outcome });
      desk?.closeTask(taskId);
      incident.task = null;
      if (done.approved) return 'AGAIN';
      show();
      return null;
    } catch (error) {
      decision.refuse(answerTo(error));
      return null;
    }
  }

  /** Another case may have ended this one: then the step runs again, finds that, and the run can end. */
  async function look(incident: OpenIncident, incidentId: number): Promise<Way | null> {
    incident.lookAgain = false;
    looks += 1;
    const key = `${caseId}/leaveIncident/${looks}`;
    const { ended } = await insist(() => acts.leaveIncident({ key, caseId, incidentId }));
    return ended ? 'AGAIN' : null;
  }

  /** The incident that a message is about. Its row can be seen a moment before its id is known here. */
  const find = ({ incidentId }: CaseCommandMessage): OpenIncident => {
    const named = incidentId === undefined ? open.at(-1) : open.find((each) => each.incidentId === incidentId);
    const found = named ?? open.find((each) => each.incidentId === undefined);
    if (!found) throw resolved();
    return found;
  };
  const isAbout = (message: CaseCommandMessage, incidentId: number): boolean =>
    message.incidentId === undefined || message.incidentId === incidentId;

  return {
    standIn,

    /** A person's RETRY, SKIP or AMEND; answered when it is carried out. */
    async command(message: CaseCommandMessage): Promise<void> {
      const command = new Pending<CaseCommandMessage, void>(message);
      find(message).commands.push(command);
      await command.answered();
    },

    /** A person's ABORT: `act` ends what the run is about; who calls this ends the run. */
    async abort<R>(name: string, message: CaseCommandMessage, act: (step: IncidentStep) => Promise<R>): Promise<R> {
      const { commandId } = message;
      const incident = find(message);
      await condition(() => incident.incidentId !== undefined || run.isOver());
      try {
        return await serially(() => {
          const { incidentId } = incident;
          const stands = open.includes(incident) && !run.isOver();
          if (incidentId === undefined || !stands || !isAbout(message, incidentId)) throw resolved();
          return act({ key: `${caseId}/${name}/${commandId}`, caseId, commandId, incidentId, action: 'ABORT' });
        });
      } catch (error) {
        throw answerTo(error);
      }
    },

    /** Another case says that it has ended this one. */
    lookAgain(): void {
      for (const incident of open) incident.lookAgain = true;
    },

    /** Nobody is left without an answer when the run ends. */
    refuseWhatWaits(): void {
      for (const { commands } of open) for (const command of commands) command.refuse(resolved());
    },
  };
}

const allowed = ({ canSkip, ...failed }: OpenIncident) =>
  actionsFor(failed).filter((action) => action !== 'SKIP' || canSkip);

function refuse(incident: OpenIncident, action: 'AMEND' | 'SKIP' | 'RETRY'): void {
  const refusal = refuseAction(incident, action);
  if (refusal) throw refused(refusal);
  if (action === 'SKIP' && !incident.canSkip)
    throw refused({ code: 'NOT_SKIPPABLE', message: `The case cannot go on without the step ${incident.step}` });
}

const over = (): ApplicationFailure => refused({ code: 'CASE_CLOSED', message: 'The case has ended' });

const resolved = (): ApplicationFailure =>
  refused({ code: 'NO_INCIDENT', message: 'The incident is resolved already' });
