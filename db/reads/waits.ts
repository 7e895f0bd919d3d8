import type { CaseStatus, CaseStep, CaseType, TaskType } from '../../domain/states';
import type { FailedStep } from '../../domain/incident-actions';
import { waitsFor } from '../../domain/waits-for';
import type { Db } from '../create-db';
import { openConditionsOf } from './open-conditions';
import { select } from './select';

/** What the sentence needs of a case's row. */
interface Row {
  caseId: string;
  type: CaseType;
  status: CaseStatus;
  step: CaseStep;
}

/** These cases, each with the sentence of what it waits for as of this office day. */
export async function withWaits<T extends Row>(
  db: Db,
  rows: T[],
  today: string,
): Promise<(T & { waitsFor: string })[]> {
  const open = rows.filter(({ status }) => status === 'OPEN' || status === 'INCIDENT');
  const idsOf = (some: Row[]) => some.map(({ caseId }) => caseId);
  const [tasks, incidents, conditions] = await Promise.all([
    openTaskTypes(db, idsOf(open)),
    openIncidentSteps(db, idsOf(open.filter(({ status }) => status === 'INCIDENT'))),
    openConditionsOf(db, idsOf(open.filter(({ type }) => type === 'ONBOARD')), today),
  ]);
  return rows.map((row) => ({
    ...row,
    waitsFor: waitsFor({
      ...{ type: row.type, step: row.step, tasks: tasks.get(row.caseId) ?? [] },
      conditions: (conditions.get(row.caseId) ?? []).map(({ text }) => text),
      incident: incidents.get(row.caseId) ?? null,
    }),
  }));
}

/** The same for one case. */
export async function withWait<T extends Row>(db: Db, row: T, today: string): Promise<T & { waitsFor: string }> {
  const [said] = await withWaits(db, [row], today);
  if (!said) throw new Error(`No sentence for ${row.caseId}`);
  return said;
}

/** The step that each of these cases, with a row or without, has an open incident about; the newest counts. */
async function openIncidentSteps(db: Db, caseIds: string[]): Promise<Map<string, FailedStep>> {
  if (caseIds.length === 0) return new Map();
  const rows = await select<FailedStep & { caseId: string }>(
    db,
    `SELECT i.case_id caseId, i.step step, i.code code FROM incident i
     WHERE i.case_id IN (:caseIds) AND i.status = 'OPEN' ORDER BY i.id`,
    { caseIds },
  );
  return new Map(rows.map(({ caseId, step, code }) => [caseId, { step, code }]));
}

async function openTaskTypes(db: Db, caseIds: string[]): Promise<Map<string, TaskType[]>> {
  if (caseIds.length === 0) return new Map();
  const rows = await select<{ caseId: string; type: TaskType }>(
    db,
    `SELECT t.case_id caseId, t.type type FROM human_task t WHERE t.case_id IN (:caseIds) AND t.status = 'OPEN'`,
    { caseIds },
  );
  const types = new Map<string, TaskType[]>();
  for (const { caseId, type } of rows) types.set(caseId, [...(types.get(caseId) ?? []), type]);
  return types;
}
