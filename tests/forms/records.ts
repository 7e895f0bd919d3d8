import type { Db } from '../../db/create-db';
import { select } from '../../db/reads/select';
import type { TestSystem } from '../support/system';

/** What a refused form may leave: itself, the request that brought it, and who tried. */
const MAY_CHANGE = new Set([
  ...['draft', 'draft_revision', 'http_request', 'audit_log', 'audit_head', 'session', 'schema_migration'],
]);

/** A sum over every row of every table that holds records of the office. */
export async function recordsOf(db: Db): Promise<Record<string, string>> {
  const tables = await select<{ name: string }>(
    db,
    `SELECT table_name name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
     ORDER BY table_name`,
  );
  const names = tables.map(({ name }) => name).filter((name) => !MAY_CHANGE.has(name));
  const sums = await select<{ Table: string; Checksum: number | null }>(db, `CHECKSUM TABLE ${names.join(', ')}`);
  return Object.fromEntries(sums.map(({ Table, Checksum }) => [Table.replace(/^.*\./, ''), String(Checksum)]));
}

/** The sums once no case of the system has anything to do and nothing has changed for a while. */
export async function settledRecords(system: TestSystem): Promise<Record<string, string>> {
  for (let last = await recordsOf(system.db); ;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const isIdle = !(await system.isBusy());
    const now = await recordsOf(system.db);
    if (isIdle && changedTables(last, now).length === 0) return now;
    last = now;
  }
}

/** The tables whose rows differ between two moments. */
export const changedTables = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((name) => before[name] !== after[name]);

/** The steps of cases that are done: `caseId/step/n`. A refused form commits none. */
export async function stepsOf(db: Db): Promise<string[]> {
  return (await db.ActivityResult.findAll({ raw: true })).map(({ activityKey }) => activityKey);
}

/** Whether a case that was there before took a step in between: then nobody can tell who changed what. */
export function isDisturbed(before: readonly string[], after: readonly string[]): boolean {
  const caseOf = (key: string) => key.split('/')[0];
  const [steps, cases] = [new Set(before), new Set(before.map(caseOf))];
  return after.some((key) => !steps.has(key) && cases.has(caseOf(key)));
}
