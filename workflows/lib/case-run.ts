import { allHandlersFinished, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type {
  CaseCanceled,
  CommandStep,
  OpenStep,
  Rescheduled,
  SiblingStart,
  Standing,
  StepInput,
  Wake,
} from '../../contract/activities';
import type { CaseView, Opened, OpenTask, StartCase } from '../../contract/cases';
import { refused } from '../../contract/failure';
import {
  caseView,
  commandCase,
  completeTask,
  factsChanged,
  openCase,
  orderDone,
  type CompleteTask,
  type OrderDone,
  type TaskVerdict,
} from '../../contract/messages';
import { INCIDENT_ACTIONS } from '../../domain/incident-actions';
import type { CaseStatus, CaseType } from '../../domain/states';
import { waitsFor } from '../../domain/waits-for';
import { nextDecision } from '../human-task';
import { acts } from './activities';
import { Pending } from './pending';
import { startSibling, wake } from './other-cases';
import { createDisplay } from './show';
import { createSteps } from './steps';

/** How many messages for tasks or orders that the case does not know yet may wait. */
const MAX_EARLY_MESSAGES = 50;

/** One run of a lifecycle: its state, its messages and its steps. The story of the lifecycle is told with it. */
export type CaseRun = ReturnType<typeof startRun>;

/** Runs a lifecycle: registers its messages first, tells its story, and ends when every message is answered. */
export function runCase(type: CaseType, input: StartCase, story: (run: CaseRun) => Promise<void>): Promise<CaseView> {
  // Temporal's own cancel ends no case: a case ends only by an activity that closes its row (design.md section 4).
  return CancellationScope.nonCancellable(async () => {
    const run = startRun(type, input);
    try {
      await run.scope.run(() => story(run));
    } catch (error) {
      if (!run.hasEnded()) throw error;
    }
    run.show();
    run.refuseWhatWaits();
    await condition(allHandlersFinished);
    return run.view;
  });
}

function startRun(type: CaseType, input: StartCase) {
  const { caseId } = input;
  const view: CaseView = {
    caseId,
    type,
    status: 'OPEN',
    step: 'REQUESTED',
    waitingOn: 'SYSTEM',
    accountNumber: null,
    locationNumber: null,
    tasks: [],
    waitsFor: waitsFor({ type, step: 'REQUESTED', tasks: [], conditions: [], incident: null }),
    since: new Date().toISOString(),
    incident: null,
  };
  const scope = new CancellationScope({ cancellable: true });
  const decisions: Pending<CompleteTask, TaskVerdict>[] = [];
  const reports: Pending<OrderDone, { status: 'APPLIED' }>[] = [];
  const closedTasks = new Set<string>();
  const closedOrders = new Set<string>();
  const times: Record<string, string> = {};
  let timesVersion = 0;
  let facts = 0;
  let factsSeen = 0;
  let calls = 0;
  let callsSeen = 0;
  let opening: { opened: Opened } | { failure: ApplicationFailure } | undefined;
  let ended = false;
  let consoleUrl = '';
  let cancelStep: ((input: CommandStep) => Promise<CaseCanceled>) | undefined;
  let declineStep: ((input: CommandStep) => Promise<{ wakes: Wake[]; starts: SiblingStart[] }>) | undefined;
  let rescheduleStep: ((input: CommandStep) => Promise<Rescheduled>) | undefined;

  const display = createDisplay(() => consoleUrl);
  const dueAt = (): string | null => {
    const due = [
      ...view.tasks.map((task) => task.dueAt),
      ...(view.step === 'BALANCE_DUE' && times.dueAt ? [times.dueAt] : []),
    ];
    return due.sort()[0] ?? null;
  };
  const show = (): void => {
    const tasks = view.tasks.map((task) => task.type);
    const { step, conditions = [], incident } = view;
    view.waitsFor = waitsFor({ type, step, tasks, conditions, incident });
    display(view, dueAt());
  };
  /** The task is answered or dropped: whoever decided on it too late is told. */
  const closeTask = (taskId: string): void => {
    view.tasks = view.tasks.filter((task) => task.taskId !== taskId);
    closedTasks.add(taskId);
    const late = refused({ code: 'TASK_CLOSED', message: 'The task is closed' });
    for (const decision of decisions) if (decision.message.taskId === taskId) decision.refuse(late);
  };
  const task = (opened: OpenTask): void => void view.tasks.push(opened);
  const steps = createSteps({
    caseId,
    view,
    show,
    isOver: () => ended,
    desk: { task, closeTask, nextDecision: (open, until) => nextDecision(run, [open], until) },
  });

  /** Takes over where a step left the case. */
  const stand = (standing: Standing): void => {
    if (view.step !== standing.step) view.since = new Date().toISOString();
    view.step = standing.step;
    view.waitingOn = standing.waitingOn;
  };

  /** Starts and wakes the cases that a step named; a result recorded before there were such cases names none. */
  async function follow(done: { wakes?: Wake[]; starts?: SiblingStart[] }): Promise<void> {
    for (const { workflow, caseId: sibling } of done.starts ?? []) await startSibling(caseId, workflow, sibling);
    await wake(done.wakes ?? []);
  }

  /** A person's command has ended the case: its story ends where it stands. */
  async function end(done: CaseCanceled, status: CaseStatus): Promise<void> {
    ended = true;
    view.status = status;
    view.incident = null;
    view.tasks = [];
    stand(done);
    scope.cancel();
    await follow(done);
  }

  const tooMany = (waiting: { isAnswered: boolean }[]) => {
    if (waiting.filter((each) => !each.isAnswered).length >= MAX_EARLY_MESSAGES) {
      throw refused({ code: 'TOO_MANY_MESSAGES', message: 'Too many messages wait for this case' });
    }
  };
  const refuseEnded = () => {
    if (ended) throw refused({ code: 'CASE_CLOSED', message: 'The case has ended' });
  };

  setHandler(caseView, () => view, { description: 'Where the case stands' });
  setHandler(
    openCase,
    async () => {
      await condition(() => opening !== undefined);
      if (opening && 'opened' in opening) return opening.opened;
      throw opening?.failure;
    },
    { description: 'Waits for the verdict of the opening step' },
  );
  setHandler(
    completeTask,
    (message) => {
      const pending = new Pending<CompleteTask, TaskVerdict>(message);
      decisions.push(pending);
      return pending.answered();
    },
    {
      description: "Carries out a person's decision on a task",
      validator: ({ taskId, version }) => {
        refuseEnded();
        tooMany(decisions);
        if (closedTasks.has(taskId)) throw refused({ code: 'TASK_CLOSED', message: 'The task is closed' });
        const open = view.tasks.find((task) => task.taskId === taskId);
        if (open && open.version !== version)
          throw refused({ code: 'STALE_TASK', message: 'The task has a newer version' });
      },
    },
  );
  setHandler(
    orderDone,
    (message) => {
      const pending = new Pending<OrderDone, { status: 'APPLIED' }>(message);
      reports.push(pending);
      return pending.answered();
    },
    {
      description: "Takes the field's report on an order of this case",
      validator: ({ orderNumber }) => {
        refuseEnded();
        tooMany(reports);
        if (closedOrders.has(orderNumber)) throw refused({ code: 'ORDER_CLOSED', message: 'The order is closed' });
      },
    },
  );
  setHandler(
    commandCase,
    async (message) => {
      const { commandId, kind } = message;
      if (kind === 'RETRY' || kind === 'SKIP' || kind === 'AMEND') {
        await steps.incidents.command(message);
        return { status: 'APPLIED' as const };
      }
      if (kind === 'ABORT') {
        const aborted = await steps.incidents.abort('abortCase', message, (step) => acts.abortCase(step));
        const failure = refused({ code: 'CASE_ABORTED', message: 'An operator ended the case after an incident' });
        opening ??= { failure };
        await end(aborted, aborted.status);
        return { status: 'APPLIED' as const };
      }
      if (kind === 'RESCHEDULE') {
        if (!rescheduleStep) throw refused({ code: 'NOT_RESCHEDULABLE', message: 'The dates of this case stay' });
        const reschedule = rescheduleStep;
        const moved = await steps.stepFor(true, 'reschedule', commandId, (step) => reschedule({ ...step, commandId }));
        facts += 1;
        if (moved.isStopMoved) calls += 1;
        await follow(moved);
        return { status: 'APPLIED' as const };
      }
      if (kind === 'LANDLORD_DECLINES') {
        if (!declineStep) throw refused({ code: 'NOTHING_TO_DECLINE', message: 'Nothing here goes to a landlord' });
        const decline = declineStep;
        const done = await steps.stepFor(true, 'landlordDeclines', commandId, (step) =>
          decline({ ...step, commandId }),
        );
        facts += 1;
        await follow(done);
        return { status: 'APPLIED' as const };
      }
      if (!cancelStep) throw refused({ code: 'NOT_CANCELABLE', message: 'This case cannot be canceled now' });
      const cancel = cancelStep;
      const canceled = await steps.stepFor(true, 'cancel', commandId, (step) => cancel({ ...step, commandId }));
      await end(canceled, 'CANCELED');
      return { status: 'APPLIED' as const };
    },
    {
      description: 'Cancels the case, moves its date, or resolves an incident',
      validator: ({ kind }) => {
        refuseEnded();
        if (INCIDENT_ACTIONS.some((action) => action === kind) && !view.incident)
          throw refused({ code: 'NO_INCIDENT', message: 'The case has no incident' });
      },
    },
  );
  setHandler(factsChanged, async ({ reason }) => {
    facts += 1;
    if (reason === 'STOP_MOVED' || reason === 'CANCELED') calls += 1;
    if (reason === 'CANCELED') steps.incidents.lookAgain();
    if (reason !== 'CLOCK' || ended) return;
    const fetched = await steps
      .stepFor(false, 'caseTimes', steps.next('caseTimes'), () => acts.caseTimes({ caseId }))
      .catch((error: unknown) => {
        // Its incident ends with the case, and what a signal's handler throws would fail the run.
        if (!ended) throw error;
        return null;
      });
    if (!fetched) return;
    Object.assign(times, fetched.times);
    for (const task of view.tasks)
      Object.assign(
        task,
        fetched.tasks.find(({ taskId }) => taskId === task.taskId),
      );
    timesVersion += 1;
  });

  const run = {
    caseId,
    view,
    scope,
    show,
    stand,
    wake,
    decisions,
    reports,
    times,
    hasEnded: () => ended,
    /** A case that brings facts has called since the last look at the records began. */
    hasNewFacts: () => facts > factsSeen,
    /** Another case or a person has moved this one's date, or another ended it, since the last look at the records began. */
    isCalled: () => calls > callsSeen,
    timesVersion: () => timesVersion,
    remindedOf: new Set<string>(),
    /** The step waits for nobody: a refusal of it is an incident, after which `skip` may stand in for its result. */
    step: <R>(name: string, act: (step: StepInput) => Promise<R>, { skip }: { skip?: () => R } = {}) =>
      steps.stepFor(false, name, steps.next(name), act, skip),
    /** A step that looks at the records again, because another case brought facts. */
    async look<R>(name: string, act: (step: StepInput) => Promise<R>): Promise<R> {
      // Taken before the look: a call that comes while it runs may tell of something that it did not see.
      const before = { facts, calls };
      const result = await steps.stepFor(false, name, steps.next(name), act);
      factsSeen = before.facts;
      callsSeen = before.calls;
      return result;
    },
    /** A person waits for the step: a refusal is their answer, thrown. `n` is the id of what they sent. */
    stepForPerson: <R>(name: string, n: string, act: (step: StepInput) => Promise<R>) =>
      steps.stepFor(true, name, n, act),

    /** The opening step; its verdict answers `open`. Refused, a case that a person started ends without a record. */
    async open<R extends Standing & { opened: Opened; consoleUrl: string }>(
      name: string,
      act: (step: OpenStep) => Promise<R>,
    ): Promise<R> {
      const { draftId, revision } = input;
      const aPersonWaits = input.startedByCase === undefined;
      try {
        const result = await steps.stepFor(aPersonWaits, name, '1', (step) => act({ ...step, draftId, revision }));
        consoleUrl = result.consoleUrl;
        view.accountNumber = result.opened.accountNumber ?? null;
        view.locationNumber = result.opened.locationNumber ?? null;
        view.status = result.opened.status;
        stand(result);
        opening = { opened: result.opened };
        return result;
      } catch (error) {
        if (!(error instanceof ApplicationFailure) || ended) throw error;
        opening = { failure: error };
        ended = true;
        view.status = 'REFUSED';
        stand({ step: 'REFUSED', waitingOn: null });
        throw error;
      }
    },

    /** From here on the case can be canceled by this step, until it is closed by another. */
    cancelBy(act: typeof cancelStep): void {
      cancelStep = act;
    },

    /** From here on the case's date can be moved by this step; the story is woken to look at what it waits for then. */
    rescheduleBy(act: typeof rescheduleStep): void {
      rescheduleStep = act;
    },

    /** From here on this step takes back what a landlord has said yes to; the story is woken to look at what is left. */
    declineBy(act: typeof declineStep): void {
      declineStep = act;
    },

    /** The case's row was closed by a step. */
    close(standing: Standing, status: CaseStatus = 'COMPLETED'): void {
      ended = true;
      view.status = status;
      view.incident = null;
      view.tasks = [];
      stand(standing);
    },

    task,
    closeTask,

    /** Takes over which tasks are open: those of others were answered or dropped by a step of another case. */
    keepTasks(tasks: OpenTask[]): void {
      const open = new Set(tasks.map(({ taskId }) => taskId));
      for (const { taskId } of [...view.tasks]) if (!open.has(taskId)) closeTask(taskId);
    },

    /** The field owes this case the order no more: whoever reported on it too late is told. */
    closeOrder(orderNumber: string): void {
      closedOrders.add(orderNumber);
      const late = refused({ code: 'ORDER_CLOSED', message: 'The order is closed' });
      for (const report of reports) if (report.message.orderNumber === orderNumber) report.refuse(late);
    },

    follow,
    /** Starts a case whose row a step of this one has written. It outlives this case; already running is fine. */
    startSibling: (workflowType: string, sibling: string) => startSibling(caseId, workflowType, sibling),

    /** Nobody is left without an answer when the case ends. */
    refuseWhatWaits(): void {
      const closed = refused({ code: 'CASE_CLOSED', message: 'The case has ended' });
      for (const pending of [...decisions, ...reports]) pending.refuse(closed);
      steps.incidents.refuseWhatWaits();
    },
  };
  return run;
}
