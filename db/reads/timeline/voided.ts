import type { Db } from '../../create-db';
import { parsedJson, select } from '../select';

/** What the case refused: a decision or a command. Only the audit knows when. */
export interface VoidedRow {
  seq: number;
  what: 'DECISION' | 'COMMAND';
  /** The id of the decision or command, and the code that it was refused with. */
  id: string;
  reason: string | null;
  at: Date;
  username: string;
  displayName: string;
}

/** The decisions and commands that a case refused. */
export async function voidedOf(db: Db, caseId: string): Promise<VoidedRow[]> {
  const rows = await select<
    Omit<VoidedRow, 'what' | 'id' | 'reason'> & { entityId: string; isCommand: number; data: unknown }
  >(
    db,
    `SELECT g.seq seq, g.entity_id entityId, 0 isCommand, g.data data, g.at at, u.username username, u.display_name displayName
     FROM human_task t JOIN audit_log g ON g.entity = 'human_task' AND g.entity_id = t.id AND g.action = 'decision.voided'
     JOIN app_user u ON u.id = g.actor_id WHERE t.case_id = :caseId
     UNION ALL
     SELECT g.seq, g.entity_id, 1, g.data, g.at, u.username, u.display_name
     FROM audit_log g JOIN app_user u ON u.id = g.actor_id WHERE g.case_id = :caseId AND g.action = 'command.voided'`,
    { caseId },
  );
  return rows.map(({ seq, entityId, isCommand, data, ...row }) => {
    const { decisionId, reason } = parsedJson<{ decisionId?: string; reason?: string }>(data);
    const what = Number(isCommand) === 1 ? ('COMMAND' as const) : ('DECISION' as const);
    return { ...row, seq: Number(seq), what, id: decisionId ?? entityId, reason: reason ?? null };
  });
}
