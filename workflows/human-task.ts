import { condition } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import type { DecisionStep, Forged, StepInput } from '../contract/activities';
import type { OpenTask } from '../contract/cases';
import { refused } from '../contract/failure';
import type { CompleteTask, TaskVerdict } from '../contract/messages';
import type { TaskStage } from '../domain/tasks/urgency';
import { acts } from './lib/activities';
import type { Pending } from './lib/pending';

/** A decision that waits to be taken up. */
type Decision = Pending<CompleteTask, TaskVerdict>;

/** What a workflow offers its human tasks; the run of a case does (docs/human-tasks.md). */
export interface TaskHost {
  view: { tasks: OpenTask[] };
  /** The decisions that came, in their order. */
  decisions: readonly Decision[];
  /** The stages that were, each as `taskId/stage`. */
  remindedOf: Set<string>;
  /** Rises when the instants of the tasks were fetched anew. */
  timesVersion(): number;
  /** Another case has called this one away. */
  isCalled(): boolean;
  show(): void;
  task(task: OpenTask): void;
  closeTask(taskId: string): void;
  /** A step that nobody waits for; `skip` is what it comes to when an operator leaves it out. */
  step<R>(name: string, act: (step: StepInput) => Promise<R>, options?: { skip?: () => R }): Promise<R>;
  /** A step that a person waits for: a refusal is thrown as their answer. `n` is the id of what they sent. */
  stepForPerson<R>(name: string, n: string, act: (step: StepInput) => Promise<R>): Promise<R>;
}

/**
 * A step of the lifecycle that waits for a person. The step before has opened the task in its transaction; this waits,
 * reminds and escalates, and has `act` verify each decision against its row. A decision that has no row behind it or is
 * refused is answered so, and the same task and version go on waiting (design.md decisions 4 and 6). Null when another
 * case called this one away from the task.
 */
export async function humanTask<R extends { forged: false }>(
  run: TaskHost,
  task: OpenTask,
  name: string,
  act: (step: DecisionStep) => Promise<R | Forged>,
): Promise<R | null> {
  for (;;) {
    const decision = await nextDecision(run, [task], run.isCalled);
    if (!decision) return null;
    const done = await takeUp(run, decision, name, act);
    if (done) return done;
  }
}

/**
 * Waits for a decision on one of the tasks; null when `until` became true first, or the time `lookAt` has come. Reminds
 * and escalates meanwhile.
 */
export async function nextDecision(
  run: TaskHost,
  tasks: OpenTask[],
  until: () => boolean = () => false,
  lookAt: () => string | undefined = () => undefined,
): Promise<Decision | null> {
  for (const task of tasks) if (!run.view.tasks.some(({ taskId }) => taskId === task.taskId)) run.task(task);
  const ids = new Set(tasks.map(({ taskId }) => taskId));
  const waiting = () => run.decisions.find((each) => !each.isAnswered && ids.has(each.message.taskId)) ?? null;
  for (;;) {
    run.show();
    const stage = soonest(nextStage(run, ids), lookAt());
    const version = run.timesVersion();
    const isReady = () => waiting() !== null || until() || run.timesVersion() !== version;
    const came = stage
      ? await condition(isReady, stage.inMs, { summary: stage.summary })
      : await condition(isReady).then(() => true);
    const decision = waiting();
    if (decision) return decision;
    if (until()) return null;
    if (came || !stage) continue;
    if (stage.stage === 'LOOK') return null;
    await remind(run, stage);
  }
}

/**
 * Has a decision carried out and answers whoever sent it; null when it was refused or forged, and the task stays open.
 */
export async function takeUp<R extends { forged: false }>(
  run: TaskHost,
  decision: Decision,
  name: string,
  act: (step: DecisionStep) => Promise<R | Forged>,
): Promise<R | null> {
  const { taskId, version, decisionId, outcome } = decision.message;
  try {
    // The key names all that the message says: a forged one cannot take the place of a true one.
    const done = await run.stepForPerson(name, `${decisionId}:${taskId}:${version}`, (step) =>
      act({ ...step, taskId, version, decisionId }),
    );
    if (done.forged) {
      decision.refuse(refused({ code: 'FORGED_DECISION', message: 'Nobody recorded this decision' }));
      return null;
    }
    decision.settle({ status: 'APPLIED', outcome });
    run.closeTask(taskId);
    return done;
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    decision.refuse(error);
    return null;
  }
}

interface Reminder {
  taskId: string;
  stage: TaskStage;
  inMs: number;
  summary: string;
}

/** A reminder of a task, or a look that the case itself has to take. */
type Stage = Reminder | { stage: 'LOOK'; inMs: number; summary: string };

/** The next stage of the tasks, or the look that the case itself has to take, whichever comes first. */
function soonest(stage: Reminder | null, lookAt: string | undefined): Stage | null {
  if (lookAt === undefined) return stage;
  const inMs = Math.max(1, Date.parse(lookAt) - Date.now());
  return stage && stage.inMs <= inMs ? stage : { stage: 'LOOK', inMs, summary: 'a date of this case' };
}

/** The next reminder or escalation among the open tasks; null when all have been. */
function nextStage(run: TaskHost, ids: Set<string>): Reminder | null {
  const stages = run.view.tasks
    .filter(({ taskId }) => ids.has(taskId))
    .flatMap(({ taskId, type, remindAt, dueAt, escalateAgainAt }) => [
      { taskId, stage: 'REMINDED' as const, at: remindAt, summary: `remind of ${type}` },
      { taskId, stage: 'ESCALATED' as const, at: dueAt, summary: `escalate ${type}` },
      ...(escalateAgainAt
        ? [{ taskId, stage: 'ESCALATED_AGAIN' as const, at: escalateAgainAt, summary: `escalate ${type} again` }]
        : []),
    ])
    .filter(({ taskId, stage }) => !run.remindedOf.has(`${taskId}/${stage}`))
    .map(({ at, ...stage }) => ({ ...stage, inMs: Math.max(1, Date.parse(at) - Date.now()) }))
    .sort((a, b) => a.inMs - b.inMs);
  return stages[0] ?? null;
}

async function remind(run: TaskHost, { taskId, stage }: Reminder): Promise<void> {
  run.remindedOf.add(`${taskId}/${stage}`);
  const act = (step: StepInput) => acts.remindTask({ ...step, taskId, stage });
  const reminded = await run.step(`remind-${taskId}-${stage}`, act, { skip: () => null });
  const task = run.view.tasks.find((each) => each.taskId === taskId);
  if (task && reminded) task.unattended = reminded.unattended;
}
