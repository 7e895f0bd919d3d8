import type { Db } from '../../create-db';
import { select, startingWith } from '../select';

/** A step that was done: its key, and when in real time. */
export interface StepRow {
  key: string;
  doneAt: Date;
}

/** The steps that a run has done (design.md decision 3: one row per step, written in its transaction). */
export function stepsOf(db: Db, runId: string): Promise<StepRow[]> {
  return select<StepRow>(
    db,
    `SELECT r.activity_key \`key\`, r.created_at doneAt FROM activity_result r WHERE r.activity_key LIKE :ofTheRun`,
    { ofTheRun: startingWith(`${runId}/`) },
  );
}
