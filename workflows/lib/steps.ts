import { condition } from '@temporalio/workflow';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { StepInput } from '../../contract/activities';
import type { CaseView } from '../../contract/cases';
import { refused, UNEXPECTED } from '../../contract/failure';
import { acts } from './activities';
import { Pending } from './pending';

/** The steps of a case: one at a time, each under its key, each failure an answer or an incident (design.md decision 7). */
export function createSteps({
  caseId,
  view,
  show,
}: {
  caseId: string;
  view: Pick<CaseView, 'status' | 'incident'>;
  show: () => void;
}) {
  const counters = new Map<string, number>();
  let tail: Promise<unknown> = Promise.resolve();
  let retry: Pending<string, void> | undefined;
  let incidents = 0;

  /** Lets one act run at a time, in the order of asking: a cancel and the story never write at once. */
  async function serially<R>(act: () => Promise<R>): Promise<R> {
    const before = tail;
    let release = () => {};
    tail = new Promise<void>((resolve) => (release = resolve));
    await before;
    try {
      return await act();
    } finally {
      release();
    }
  }

  /** Shows the incident, writes its row and waits until an operator has the step run again. */
  async function incident(step: string, failure: ApplicationFailure): Promise<void> {
    const code = failure.type ?? UNEXPECTED;
    const statusBefore = view.status;
    view.status = 'INCIDENT';
    view.incident = { step, code };
    show();
    incidents += 1;
    const key = `${caseId}/openIncident/${incidents}`;
    const cause = failure.message;
    const { incidentId } = await serially(() => acts.openIncident({ key, caseId, step, code, cause }));
    for (;;) {
      await condition(() => retry !== undefined);
      const command = retry;
      retry = undefined;
      if (!command) continue;
      const commandId = command.message;
      try {
        await serially(() =>
          acts.resolveIncident({ key: `${caseId}/resolveIncident/${commandId}`, caseId, commandId, incidentId }),
        );
        command.settle();
        break;
      } catch (error) {
        const why = refusalIn(error);
        if (!why) throw error;
        command.refuse(why);
      }
    }
    view.status = statusBefore;
    view.incident = null;
    show();
  }

  return {
    serially,
    /** How often this step is meant to run, from 1: raised here, never by a retry (design.md decision 3). */
    next(name: string): string {
      const n = (counters.get(name) ?? 0) + 1;
      counters.set(name, n);
      return String(n);
    },

    /** Runs a step. When a person waits for it, a refusal is thrown as their answer; else it is an incident. */
    async stepFor<R>(aPersonWaits: boolean, name: string, n: string, act: (step: StepInput) => Promise<R>): Promise<R> {
      for (;;) {
        try {
          return await serially(() => act({ key: `${caseId}/${name}/${n}`, caseId }));
        } catch (error) {
          const failure = refusalIn(error);
          if (!failure) throw error;
          if (aPersonWaits && failure.type !== UNEXPECTED) throw failure;
          await incident(name, failure);
        }
      }
    },

    /** An operator's RETRY of the open incident. */
    async retryIncident(commandId: string): Promise<void> {
      if (!view.incident || retry) throw refused({ code: 'NO_INCIDENT', message: 'The case has no incident to retry' });
      retry = new Pending<string, void>(commandId);
      await retry.answered();
    },
  };
}

/** The refusal inside an activity's failure; null for a cancellation or anything else. */
function refusalIn(error: unknown): ApplicationFailure | null {
  if (!(error instanceof ActivityFailure)) return null;
  return error.cause instanceof ApplicationFailure ? error.cause : null;
}
