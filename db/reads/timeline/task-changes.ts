import type { TaskType } from '../../../domain/states';
import type { Db } from '../../create-db';
import { parsedJson, select } from '../select';

/** The changes of who has a task and how urgent it is, as the audit names them. */
const CHANGES = [
  ...['task.claimed', 'task.released', 'task.assigned', 'task.delegated', 'task.givenBack', 'task.prioritized'],
] as const;

/** A change of who has a task, or of how urgent it is. */
export interface TaskChangeRow {
  seq: number;
  taskId: string;
  taskType: TaskType;
  action: string;
  /** The user name of whoever has it now; null is its whole group. */
  to: string | null;
  priority: number | null;
  at: Date;
  username: string;
  displayName: string;
}

/** The changes of a case's tasks beside their opening, their stages and their decisions. */
export async function taskChangesOf(db: Db, caseId: string): Promise<TaskChangeRow[]> {
  const rows = await select<Omit<TaskChangeRow, 'to' | 'priority'> & { data: unknown }>(
    db,
    `SELECT g.seq seq, t.id taskId, t.type taskType, g.action action, g.data data, g.at at,
       u.username username, u.display_name displayName
     FROM human_task t JOIN audit_log g ON g.entity = 'human_task' AND g.entity_id = t.id AND g.action IN (:changes)
     JOIN app_user u ON u.id = g.actor_id WHERE t.case_id = :caseId`,
    { caseId, changes: [...CHANGES] },
  );
  return rows.map(({ seq, data, ...row }) => {
    const { to, priority } = parsedJson<{ to?: string | null; priority?: number }>(data);
    return { ...row, seq: Number(seq), to: to ?? null, priority: priority ?? null };
  });
}
