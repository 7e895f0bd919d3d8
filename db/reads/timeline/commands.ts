import type { Db } from '../../create-db';
import { parsedJson, select } from '../select';

/** What a person commanded the case to do. */
export interface CommandRow {
  commandId: string;
  kind: string;
  status: 'RECORDED' | 'APPLIED' | 'VOID';
  /** The reason, and what else the command says. */
  said: Record<string, unknown>;
  at: Date;
  username: string;
  displayName: string;
}

/** The commands to a case. */
export async function commandsOf(db: Db, caseId: string): Promise<CommandRow[]> {
  const rows = await select<Omit<CommandRow, 'said'> & { data: unknown }>(
    db,
    `SELECT k.id commandId, k.kind kind, k.status status, k.data data, k.created_at at, u.username username, u.display_name displayName
     FROM case_command k JOIN app_user u ON u.id = k.actor_id WHERE k.case_id = :caseId`,
    { caseId },
  );
  return rows.map(({ data, ...row }) => ({ ...row, said: parsedJson(data) }));
}
