import type { StepInput } from '../../contract/activities';
import type { CaseView } from '../../contract/cases';
import { UNEXPECTED } from '../../contract/failure';
import { refusalIn } from './failures';
import { createIncidents, type TaskDesk } from './incidents';

/** The steps of a case: one at a time, each under its key, each failure an answer or an incident (design.md decision 7). */
export function createSteps(run: {
  caseId: string;
  view: Pick<CaseView, 'status' | 'incident'>;
  show: () => void;
  /** The run has ended otherwise: nobody waits in an incident any more. */
  isOver: () => boolean;
  desk?: TaskDesk;
}) {
  const { caseId } = run;
  const counters = new Map<string, number>();
  let tail: Promise<unknown> = Promise.resolve();

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

  const incidents = createIncidents({ ...run, serially });

  return {
    incidents,
    /** How often this step is meant to run, from 1: raised here, never by a retry (design.md decision 3). */
    next(name: string): string {
      const n = (counters.get(name) ?? 0) + 1;
      counters.set(name, n);
      return String(n);
    },

    /**
     * Runs a step. When a person waits for it, a refusal is thrown as their answer; else it is an incident. `skip` gives
     * what the case goes on with when an operator has the step left out, whose key stays unwritten.
     */
    async stepFor<R>(
      aPersonWaits: boolean,
      name: string,
      n: string,
      act: (step: StepInput) => Promise<R>,
      skip?: () => R,
    ): Promise<R> {
      for (;;) {
        try {
          return await serially(() => act({ key: `${caseId}/${name}/${n}`, caseId }));
        } catch (error) {
          const failure = refusalIn(error);
          if (!failure) throw error;
          if (aPersonWaits && failure.type !== UNEXPECTED) throw failure;
          const way = await incidents.standIn(name, failure, skip !== undefined);
          if (way === 'SKIP' && skip) return skip();
        }
      }
    },
  };
}
