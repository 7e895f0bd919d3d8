import { officeNow } from '../clock';
import type { Db } from '../create-db';
import { readSettings } from '../records/settings';
import type { CaseStatus, CaseType, TaskType } from '../../domain/states';
import type { FindingKind } from '../../domain/stuck/findings';
import { select } from './select';

const DAY_MS = 86_400_000;

/** How an office stands, in numbers that name nobody. */
export interface OfficeInNumbers {
  /** Open cases. */
  cases: { type: CaseType; status: CaseStatus; n: number }[];
  /** Cases that ended in the last 24 hours of the office's clock, by how they ended. */
  ended: { type: CaseType; status: CaseStatus; n: number }[];
  /** Open tasks, and those of them that are past their due time. */
  tasks: { type: TaskType; n: number; overdue: number }[];
  /** Open incidents. */
  incidents: { code: string; n: number }[];
  /** What the detector finds now. */
  findings: { kind: FindingKind; n: number }[];
  /** What people recorded and no case has answered; the age of the oldest in seconds, of real time. */
  unanswered: { kind: 'DECISION' | 'COMMAND' | 'REPORT'; n: number; oldestSeconds: number }[];
  /** Notices that were asked for and are not out. */
  notices: { status: string; n: number }[];
}

/** Counts what is open; each count reads an index or a table of open rows alone. */
export async function officeInNumbers(db: Db): Promise<OfficeInNumbers> {
  const { clock } = await readSettings(db);
  const now = officeNow(clock);
  const counted = <T extends object>(sql: string) =>
    select<T>(db, sql, { now, since: new Date(now.getTime() - DAY_MS) });
  const unanswered = (kind: 'DECISION' | 'COMMAND' | 'REPORT', table: string) =>
    `SELECT '${kind}' kind, COUNT(*) n,
       CAST(COALESCE(TIMESTAMPDIFF(SECOND, MIN(created_at), :now), 0) AS SIGNED) oldestSeconds
     FROM ${table} WHERE status = 'RECORDED'`;
  const [cases, ended, tasks, incidents, findings, waiting, notices] = await Promise.all([
    counted<OfficeInNumbers['cases'][number]>(
      'SELECT type, status, COUNT(*) n FROM cases WHERE closed_at IS NULL GROUP BY type, status',
    ),
    counted<OfficeInNumbers['ended'][number]>(
      'SELECT type, status, COUNT(*) n FROM cases WHERE closed_at > :since GROUP BY type, status',
    ),
    counted<OfficeInNumbers['tasks'][number]>(
      `SELECT type, COUNT(*) n, CAST(SUM(due_at <= :now) AS SIGNED) overdue FROM human_task
       WHERE status = 'OPEN' GROUP BY type`,
    ),
    counted<OfficeInNumbers['incidents'][number]>(
      "SELECT code, COUNT(*) n FROM incident WHERE status = 'OPEN' GROUP BY code",
    ),
    counted<OfficeInNumbers['findings'][number]>(
      'SELECT kind, COUNT(*) n FROM finding WHERE cleared_at IS NULL GROUP BY kind',
    ),
    counted<OfficeInNumbers['unanswered'][number]>(
      [
        unanswered('DECISION', 'decision'),
        unanswered('COMMAND', 'case_command'),
        unanswered('REPORT', 'field_report'),
      ].join(' UNION ALL '),
    ),
    counted<OfficeInNumbers['notices'][number]>(
      "SELECT status, COUNT(*) n FROM notice WHERE status IN ('QUEUED', 'ADDRESSED') GROUP BY status",
    ),
  ]);
  return { cases, ended, tasks, incidents, findings, unanswered: waiting, notices };
}
