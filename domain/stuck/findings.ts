import type { CaseType } from '../states';

/** What is wrong with a case, or with what carries all cases, and no run can tell by itself (design.md section 6). */
export type FindingKind =
  // the run
  | 'TASK_FAILING'
  | 'STEP_RETRYING'
  | 'NOT_TAKEN'
  // its people
  | 'OVERDUE'
  | 'UNANSWERED'
  // the two stores
  | 'RUN_MISSING'
  | 'RUN_ENDED'
  | 'ROW_MISSING'
  | 'ROW_CLOSED'
  // all cases at once
  | 'DATABASE_OUTAGE';

/** One thing that is wrong. `subject` is what it is about: the case's id, a task's, a row's, or `database`. */
export interface Finding {
  kind: FindingKind;
  subject: string;
  caseId: string | null;
  /** In words, without personal data. */
  detail: string;
}

/** A run as Temporal describes it. Instants are milliseconds of real time. */
export interface RunState {
  caseId: string;
  /** Temporal's word for it; NOT_FOUND: there is none. */
  status: string;
  startedAt: number;
  /** The workflow task that waits or is tried again. `failure` is why the last attempt failed, where that was noted. */
  task: { attempt: number; scheduledAt: number; isStarted: boolean; failure: string | null } | null;
  steps: {
    name: string;
    attempt: number;
    scheduledAt: number;
    isStarted: boolean;
    failure: { type: string; message: string } | null;
  }[];
}

/** What the database says of the case; `changedAt` is when its row was opened or closed. */
export interface CaseState {
  type: CaseType;
  isOpen: boolean;
  changedAt: number;
  startedByCase: string | null;
  /** A step of it has written something. */
  hasBegun: boolean;
}

/** What the look knows beside a run and its row. `graceMs`: how long a difference may be a moment's. */
export interface Around {
  now: number;
  graceMs: number;
  hasIncident: boolean;
  /** The error type of steps that cannot use the database. */
  outage: string;
}

/** From this attempt on a step that is tried again is told of. */
const RETRYING_FROM = 5;
/** A workflow task that timed out once is a busy worker; its failure need not be noted after that. */
const FAILING_FROM = 3;

/** What is wrong with one run. Work that is no case (`row` undefined) has no row to differ from. */
export function findingsOf(run: RunState, row: CaseState | null | undefined, around: Around): Finding[] {
  const found = [...ofRun(run, around), ...(row === undefined ? [] : ofStores(run, row, around))];
  return found.map((each) => ({ ...each, subject: run.caseId, caseId: run.caseId }));
}

type Found = Pick<Finding, 'kind' | 'detail'>;

function ofRun({ task, steps }: RunState, { now, graceMs, outage }: Around): Found[] {
  const found: Found[] = [];
  const isLate = (at: number) => now - at > graceMs;
  if (task && (task.attempt >= FAILING_FROM || (task.attempt > 1 && task.failure)))
    found.push({ kind: 'TASK_FAILING', detail: `attempt ${task.attempt}: ${task.failure ?? 'no answer in time'}` });
  else if (task && !task.isStarted && isLate(task.scheduledAt))
    found.push({ kind: 'NOT_TAKEN', detail: 'no worker takes its workflow task' });
  for (const { name, attempt, scheduledAt, isStarted, failure } of steps) {
    // The database's outage is one finding for all cases.
    if (failure?.type === outage) continue;
    if (attempt >= RETRYING_FROM)
      found.push({ kind: 'STEP_RETRYING', detail: `${name}, attempt ${attempt}: ${failure?.message ?? 'no answer'}` });
    else if (attempt === 1 && !isStarted && isLate(scheduledAt))
      found.push({ kind: 'NOT_TAKEN', detail: `no worker takes the step ${name}` });
  }
  return onePerKind(found);
}

function ofStores(run: RunState, row: CaseState | null, { now, graceMs, hasIncident }: Around): Found[] {
  const isRunning = run.status === 'RUNNING';
  const isBusy = run.task !== null || run.steps.length > 0;
  // An opening that waits in an incident has no row yet.
  if (!row)
    return isRunning && !isBusy && !hasIncident && now - run.startedAt > graceMs
      ? [{ kind: 'ROW_MISSING', detail: 'it runs, and the database has no such case' }]
      : [];
  if (now - row.changedAt <= graceMs) return [];
  if (!row.isOpen)
    return isRunning && !isBusy ? [{ kind: 'ROW_CLOSED', detail: 'the case has ended, and its run waits on' }] : [];
  if (isRunning) return [];
  return run.status === 'NOT_FOUND'
    ? [{ kind: 'RUN_MISSING', detail: 'the case is open, and Temporal has no run of it' }]
    : [{ kind: 'RUN_ENDED', detail: `the case is open, and its run is ${run.status}` }];
}

// One finding of a kind for a case: the details of all of them.
function onePerKind(found: Found[]): Found[] {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  const detailsOf = (kind: FindingKind) => found.filter((each) => each.kind === kind).map(({ detail }) => detail);
  return kinds.map((kind) => ({ kind, detail: detailsOf(kind).join('; ') }));
}

/** The steps that wait for the database. */
export const waitsForDatabase = ({ steps }: RunState, outage: string): boolean =>
  steps.some(({ failure }) => failure?.type === outage);

/** What mends a finding without risk, or null: somebody has to look. */
export type Repair = 'START' | 'WAKE';

/**
 * A case that another one wrote, and that never began, is started: its id refuses a second run. A run whose case has
 * ended is woken: it looks at its records and ends. Anything else is for people.
 */
export function repairOf(kind: FindingKind, row: CaseState | null): Repair | null {
  if (kind === 'RUN_MISSING' && row?.startedByCase && !row.hasBegun) return 'START';
  if (kind === 'ROW_CLOSED') return 'WAKE';
  return null;
}
