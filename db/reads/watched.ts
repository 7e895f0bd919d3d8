import { officeNow } from '../clock';
import type { Db } from '../create-db';
import { readSettings } from '../records/settings';
import type { CaseType, TaskType } from '../../domain/states';
import type { CaseState } from '../../domain/stuck/findings';
import { select } from './select';

/** How many cases are asked for at once. */
const PAGE = 1_000;

/** The ids of the cases that are open. */
export async function openCaseIds(db: Db): Promise<string[]> {
  const rows = await select<{ caseId: string }>(db, 'SELECT case_id caseId FROM cases WHERE closed_at IS NULL');
  return rows.map(({ caseId }) => caseId);
}

/** What the database says of these cases, in real time; cases that it does not know are not in the answer. */
export async function caseStates(db: Db, caseIds: string[]): Promise<Map<string, CaseState>> {
  const { clock } = await readSettings(db);
  const found = new Map<string, CaseState>();
  for (let from = 0; from < caseIds.length; from += PAGE) {
    const rows = await select<{
      caseId: string;
      type: CaseType;
      openedAt: Date;
      closedAt: Date | null;
      startedByCase: string | null;
      hasBegun: number;
    }>(
      db,
      `SELECT c.case_id caseId, c.type type, c.opened_at openedAt, c.closed_at closedAt, c.started_by_case startedByCase,
         EXISTS (SELECT 1 FROM activity_result a WHERE a.activity_key LIKE CONCAT(c.case_id, '/%')) hasBegun
       FROM cases c WHERE c.case_id IN (:caseIds)`,
      { caseIds: caseIds.slice(from, from + PAGE) },
    );
    for (const { caseId, openedAt, closedAt, hasBegun, ...row } of rows)
      found.set(caseId, {
        ...{ ...row, isOpen: closedAt === null, hasBegun: Boolean(hasBegun) },
        changedAt: (closedAt ?? openedAt).getTime() - clock.offsetSeconds * 1000,
      });
  }
  return found;
}

/** The cases, with a row or without, that stand in an incident. */
export async function inIncident(db: Db): Promise<{ caseId: string; step: string; code: string }[]> {
  return select(
    db,
    `SELECT i.case_id caseId, i.step step, i.code code FROM incident i
     WHERE i.status = 'OPEN' AND i.case_id IS NOT NULL ORDER BY i.id`,
  );
}

/** The open tasks that were escalated to the end and are not decided. */
export async function overdueTasks(db: Db): Promise<{ taskId: string; caseId: string; type: TaskType }[]> {
  const { clock } = await readSettings(db);
  return select(
    db,
    `SELECT t.id taskId, t.case_id caseId, t.type type FROM human_task t
     WHERE t.status = 'OPEN' AND COALESCE(t.escalate_again_at, t.due_at) <= :now ORDER BY t.id`,
    { now: officeNow(clock) },
  );
}
