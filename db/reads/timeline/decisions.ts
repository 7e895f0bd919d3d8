import type { TaskType } from '../../../domain/states';
import type { Db } from '../../create-db';
import { select } from '../select';

/** A decision on a task of the case, and when it took effect. */
export interface DecisionRow {
  decisionId: string;
  taskId: string;
  taskType: TaskType;
  taskVersion: number;
  outcome: string;
  comment: string | null;
  recordedAt: Date;
  appliedAt: Date | null;
  username: string;
  displayName: string;
}

/** The decisions on a case's tasks. */
export function decisionsOf(db: Db, caseId: string): Promise<DecisionRow[]> {
  return select<DecisionRow>(
    db,
    `SELECT d.id decisionId, t.id taskId, t.type taskType, d.task_version taskVersion, d.outcome outcome, d.comment comment,
       d.created_at recordedAt, CASE WHEN d.status = 'APPLIED' THEN t.closed_at END appliedAt,
       u.username username, u.display_name displayName
     FROM human_task t JOIN decision d ON d.task_id = t.id JOIN app_user u ON u.id = d.actor_id WHERE t.case_id = :caseId`,
    { caseId },
  );
}
