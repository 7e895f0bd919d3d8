import { findingsOf, repairOf, waitsForDatabase, type CaseState, type RunState } from './findings';

const NOW = 1_000_000;
const around = { now: NOW, graceMs: 60_000, hasIncident: false, outage: 'OUTAGE' };
const run = (more: Partial<RunState> = {}): RunState => ({
  ...{ caseId: 'moveout-1', status: 'RUNNING', startedAt: 0, task: null, steps: [] },
  ...more,
});
const row = (more: Partial<CaseState> = {}): CaseState => ({
  ...{ type: 'MOVE_OUT', isOpen: true, changedAt: 0, startedByCase: null, hasBegun: true },
  ...more,
});
const step = (more: Partial<RunState['steps'][number]> = {}) => ({
  ...{ name: 'draftFinalBill', attempt: 1, scheduledAt: NOW, isStarted: true, failure: null },
  ...more,
});
const kinds = (...given: Parameters<typeof findingsOf>) => findingsOf(...given).map(({ kind }) => kind);

it('finds nothing wrong with a run that waits for people and whose row is open', () => {
  expect(findingsOf(run(), row(), around)).toEqual([]);
});

describe('a workflow task', () => {
  const task = { attempt: 1, scheduledAt: NOW, isStarted: false, failure: null };

  it('that timed out once is a busy worker, from the third attempt on it fails', () => {
    expect(kinds(run({ task: { ...task, attempt: 2 } }), row(), around)).toEqual([]);
    expect(kinds(run({ task: { ...task, attempt: 3 } }), row(), around)).toEqual(['TASK_FAILING']);
  });

  it('whose failure was noted fails from the second attempt on, and says why', () => {
    const failing = run({ task: { ...task, attempt: 2, failure: 'it does not replay' } });
    expect(findingsOf(failing, row(), around)).toEqual([
      {
        ...{ kind: 'TASK_FAILING', detail: 'attempt 2: it does not replay' },
        ...{ subject: 'moveout-1', caseId: 'moveout-1' },
      },
    ]);
  });

  it('that nobody takes is told of after the grace', () => {
    expect(kinds(run({ task: { ...task, scheduledAt: NOW - 60_000 } }), row(), around)).toEqual([]);
    expect(kinds(run({ task: { ...task, scheduledAt: NOW - 60_001 } }), row(), around)).toEqual(['NOT_TAKEN']);
    expect(kinds(run({ task: { ...task, scheduledAt: 0, isStarted: true } }), row(), around)).toEqual([]);
  });
});

describe('a step', () => {
  const failure = { type: 'TIMEOUT', message: 'no answer in time' };

  it('is told of from its fifth attempt on, or when nobody takes it', () => {
    expect(kinds(run({ steps: [step({ attempt: 4, failure })] }), row(), around)).toEqual([]);
    expect(kinds(run({ steps: [step({ attempt: 5, failure })] }), row(), around)).toEqual(['STEP_RETRYING']);
    expect(kinds(run({ steps: [step({ isStarted: false, scheduledAt: 0 })] }), row(), around)).toEqual(['NOT_TAKEN']);
  });

  it('that waits for the database is no finding of its case', () => {
    const waiting = run({ steps: [step({ attempt: 40, failure: { type: 'OUTAGE', message: 'away' } })] });
    expect(kinds(waiting, row(), around)).toEqual([]);
    expect(waitsForDatabase(waiting, 'OUTAGE')).toBe(true);
    expect(waitsForDatabase(run({ steps: [step({ failure })] }), 'OUTAGE')).toBe(false);
  });

  it('is one finding of its kind with another of the same case', () => {
    const [found, ...more] = findingsOf(
      run({ steps: [step({ attempt: 5, failure }), step({ name: 'caseTimes', attempt: 6, failure })] }),
      ...[row(), around],
    );
    expect(more).toEqual([]);
    expect(found?.detail).toBe('draftFinalBill, attempt 5: no answer in time; caseTimes, attempt 6: no answer in time');
  });
});

describe('the two stores', () => {
  it('differ by a case that is open without its run', () => {
    expect(kinds(run({ status: 'NOT_FOUND' }), row(), around)).toEqual(['RUN_MISSING']);
    expect(kinds(run({ status: 'TERMINATED' }), row(), around)).toEqual(['RUN_ENDED']);
  });

  it('may differ for a moment', () => {
    const young = row({ changedAt: NOW - 60_000 });
    expect(kinds(run({ status: 'NOT_FOUND' }), young, around)).toEqual([]);
    expect(kinds(run(), { ...young, isOpen: false }, around)).toEqual([]);
    expect(kinds(run({ startedAt: NOW - 60_000 }), null, around)).toEqual([]);
  });

  it('differ by a run that waits though its case has ended, or that has no case', () => {
    expect(kinds(run(), row({ isOpen: false }), around)).toEqual(['ROW_CLOSED']);
    expect(kinds(run({ steps: [step()] }), row({ isOpen: false }), around)).toEqual([]);
    expect(kinds(run(), null, around)).toEqual(['ROW_MISSING']);
    expect(kinds(run(), null, { ...around, hasIncident: true })).toEqual([]);
    expect(kinds(run({ steps: [step()] }), null, around)).toEqual([]);
  });

  it('do not differ by work that has no row at all', () => {
    expect(kinds(run(), undefined, around)).toEqual([]);
  });
});

describe('a repair', () => {
  it('starts what another case wrote and what never began, and nothing else', () => {
    const written = row({ startedByCase: 'moveout-0', hasBegun: false });
    expect(repairOf('RUN_MISSING', written)).toBe('START');
    expect(repairOf('RUN_MISSING', { ...written, hasBegun: true })).toBeNull();
    expect(repairOf('RUN_MISSING', { ...written, startedByCase: null })).toBeNull();
    expect(repairOf('RUN_ENDED', written)).toBeNull();
  });

  it('wakes a run whose case has ended', () => {
    expect(repairOf('ROW_CLOSED', row({ isOpen: false }))).toBe('WAKE');
    expect(repairOf('ROW_MISSING', null)).toBeNull();
  });
});
