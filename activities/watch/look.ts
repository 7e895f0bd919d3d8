import type { Client } from '@temporalio/client';
import { OUTAGE } from '../../contract/failure';
import type { Look, Looked } from '../../contract/watch';
import type { Db } from '../../db/create-db';
import { isOutage } from '../../db/errors';
import { unansweredRows } from '../../db/reads/recorded-rows';
import { caseStates, inIncident, openCaseIds, overdueTasks } from '../../db/reads/watched';
import { noteCleared, noteFindings, openFindings, wasRepaired } from '../../db/records/findings';
import { inTransaction } from '../../db/transaction';
import { SYSTEM_USER_ID } from '../../domain/roles';
import {
  findingsOf,
  repairOf,
  waitsForDatabase,
  type CaseState,
  type Finding,
  type RunState,
} from '../../domain/stuck/findings';
import { describeRun, listRuns } from './runs';
import { repair } from './repair';

/** What a look is made with. */
export interface Watcher {
  db: Db;
  temporal: Client;
  taskQueue: string;
  /** Asked before each case, told after it. */
  mayGoOn: () => boolean;
  progress: (lookedAt: number) => void;
}

/** How many cases are asked about at once. */
const AT_ONCE = 10;
/** How many findings the current details of the run list. */
const LISTED = 50;
/** How long a row that a person recorded may stay unanswered, in multiples of the grace. */
const UNANSWERED_GRACES = 5;
const ROWS = 100;

const OUTAGE_FINDING = { kind: 'DATABASE_OUTAGE', subject: 'database', caseId: null } as const;

/** What the database said, or null while it cannot be used. */
type Records = NonNullable<Awaited<ReturnType<typeof readRecords>>>;

/**
 * One look at everything that is open, in both stores (design.md section 6): what is wrong is written and shown, what is
 * gone is cleared, what can be mended without risk is mended. While the database cannot be used the look still tells what
 * Temporal knows.
 */
export async function look(watcher: Watcher, { graceSeconds, after, outageSince }: Look): Promise<Looked> {
  const { db, temporal, taskQueue } = watcher;
  const graceMs = graceSeconds * 1000;
  const listed = await listRuns(temporal, taskQueue);
  const records = await unlessAway(() =>
    readRecords(
      db,
      listed.filter(({ isCase }) => isCase).map(({ caseId }) => caseId),
    ),
  );
  const isNoCase = new Set(listed.filter(({ isCase }) => !isCase).map(({ caseId }) => caseId));
  const ids = [...new Set([...listed.map(({ caseId }) => caseId), ...(records?.open ?? [])])].sort();
  const { runs, next } = await describeAll(watcher, ids, after);

  const found: Finding[] = [];
  const mended: Finding[] = [];
  for (const run of runs) {
    const around = { now: Date.now(), graceMs, outage: OUTAGE, hasIncident: records?.incident.has(run.caseId) ?? true };
    const row = records && !isNoCase.has(run.caseId) ? (records.states.get(run.caseId) ?? null) : undefined;
    for (const finding of await settled(watcher, findingsOf(run, row, around), around, row))
      if (await mend(watcher, finding, row ?? null)) mended.push(finding);
      else found.push(finding);
  }
  if (!records || runs.some((run) => waitsForDatabase(run, OUTAGE)))
    found.push({ ...OUTAGE_FINDING, detail: 'the database cannot be used: no step of a case is lost' });
  if (records) found.push(...(await ofPeople(db, graceSeconds * UNANSWERED_GRACES)));

  const lookedAt = new Set(runs.map(({ caseId }) => caseId));
  const noted =
    records && (await unlessAway(() => note(db, { found, mended, outageSince, lookedAt, whole: !next && !after })));
  return {
    cases: ids.length,
    isDatabaseAway: noted === null,
    repaired: mended.length,
    next,
    ...(await listOf(db, { found, incidents: records?.incidents ?? [], isAway: noted === null })),
  };
}

/** What was mended before and is there again is for people. */
async function mend(watcher: Watcher, finding: Finding, row: CaseState | null): Promise<boolean> {
  const way = row && repairOf(finding.kind, row);
  if (!way || (await wasRepaired(watcher.db, finding))) return false;
  return repair(watcher, way, finding.subject, row);
}

/** Everything that is open or runs, asked about a few at a time, from where the last look stopped. */
async function describeAll(
  { temporal, mayGoOn, progress }: Watcher,
  ids: string[],
  after: string | null,
): Promise<{ runs: RunState[]; next: string | null }> {
  const waiting = ids.filter((id) => after === null || id > after);
  const runs: RunState[] = [];
  while (waiting.length > 0 && mayGoOn()) {
    runs.push(...(await Promise.all(waiting.splice(0, AT_ONCE).map((id) => describeRun(temporal, id)))));
    progress(runs.length);
  }
  return { runs, next: waiting.length > 0 ? (runs.at(-1)?.caseId ?? after) : null };
}

/** A difference between the stores may be the time between two questions: both are asked once more. */
async function settled(
  { db, temporal }: Watcher,
  findings: Finding[],
  around: Parameters<typeof findingsOf>[2],
  row: CaseState | null | undefined,
): Promise<Finding[]> {
  if (row === undefined || findings.length === 0) return findings;
  const [{ caseId }] = findings as [Finding & { caseId: string }];
  const again = (await caseStates(db, [caseId])).get(caseId) ?? null;
  return findingsOf(await describeRun(temporal, caseId), again, around);
}

async function readRecords(db: Db, runningCases: string[]) {
  const open = await openCaseIds(db);
  const incidents = await inIncident(db);
  const states = await caseStates(db, [...new Set([...open, ...runningCases])]);
  return { open, states, incidents, incident: new Set(incidents.map(({ caseId }) => caseId)) };
}

/** What waits for people too long, or was recorded by people and not answered. */
async function ofPeople(db: Db, unansweredSeconds: number): Promise<Finding[]> {
  const overdue = await overdueTasks(db);
  const rows = await unansweredRows(db, { afterSeconds: unansweredSeconds, limit: ROWS, after: null });
  return [
    ...overdue.map(({ taskId, caseId, type }) => ({
      ...{ kind: 'OVERDUE' as const, subject: taskId, caseId },
      detail: `${type} was escalated to the end and is not decided`,
    })),
    ...rows.map(({ kind, row: { caseId }, place }) => ({
      ...{ kind: 'UNANSWERED' as const, subject: String(place.id), caseId: caseId || null },
      detail: `the ${kind.toLowerCase()} was recorded, and the case has not answered`,
    })),
  ];
}

/** Writes the findings, if there is anything to write: the office's audit need not hear of a quiet minute. */
async function note(
  db: Db,
  look: {
    found: Finding[];
    mended: Finding[];
    outageSince: string | null;
    lookedAt: Set<string>;
    /** All cases were looked at in one go. */
    whole: boolean;
  },
): Promise<true> {
  const { found, mended, outageSince, lookedAt, whole } = look;
  const open = await openFindings(db);
  if (found.length + mended.length + open.length === 0 && !outageSince) return true;
  await inTransaction(db, SYSTEM_USER_ID, async (tx) => {
    for (const finding of mended) await noteCleared(tx, finding, { clearing: 'REPAIRED' });
    const stands = found.some(({ kind }) => kind === OUTAGE_FINDING.kind);
    if (outageSince && !stands) {
      const foundAt = new Date(Date.parse(outageSince) + tx.settings.clock.offsetSeconds * 1000);
      const detail = 'the database could not be used: no step of a case was lost';
      await noteCleared(tx, { ...OUTAGE_FINDING, detail }, { clearing: 'GONE', foundAt });
    }
    const ofPeople = ['OVERDUE', 'UNANSWERED'];
    await noteFindings(
      tx,
      found,
      ({ kind, caseId }) =>
        kind === OUTAGE_FINDING.kind || ofPeople.includes(kind) || whole || (caseId !== null && lookedAt.has(caseId)),
    );
  });
  return true;
}

/** What the run shows: the newest state of each, incidents first. */
async function listOf(
  db: Db,
  { found, incidents, isAway }: { found: Finding[]; incidents: Records['incidents']; isAway: boolean },
): Promise<Pick<Looked, 'listed' | 'more'>> {
  const standing = (isAway ? null : await unlessAway(() => openFindings(db))) ?? found;
  const all = [
    ...incidents.map(({ caseId, step, code }) => ({ kind: 'INCIDENT' as const, caseId, detail: `${code} in ${step}` })),
    ...standing.map(({ kind, caseId, detail }) => ({ kind, caseId, detail })),
  ];
  return { listed: all.slice(0, LISTED), more: Math.max(all.length - LISTED, 0) };
}

/** The answer, or null while the database cannot be used. */
async function unlessAway<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (isOutage(error)) return null;
    throw error;
  }
}
