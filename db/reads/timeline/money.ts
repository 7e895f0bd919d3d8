import type { LedgerAccount } from '../../../domain/ledger';
import type { Db } from '../../create-db';
import { select, sumOf } from '../select';

/** A journal entry of the case, in cents: what it moved on each ledger account, debits positive. */
export interface MoneyRow {
  entryId: number;
  kind: string;
  entryOn: string;
  at: Date;
  lines: { ledgerAccount: LedgerAccount; amountCents: number }[];
  username: string;
  displayName: string;
}

/** The journal entries of a case. Who made one stands in the audit alone. */
export async function moneyOf(db: Db, caseId: string): Promise<MoneyRow[]> {
  const rows = await select<Omit<MoneyRow, 'lines'> & { ledgerAccount: LedgerAccount; amountCents: number }>(
    db,
    `SELECT x.*, u.username username, u.display_name displayName FROM (
       SELECT e.id entryId, e.kind kind, e.entry_on entryOn, e.created_at at, p.ledger_account ledgerAccount,
         ${sumOf('p.amount_cents')} amountCents,
         (SELECT MIN(g.actor_id) FROM audit_log g WHERE g.case_id = e.case_id AND g.entity = 'journal_entry'
            AND g.entity_id = LEFT(e.entry_key, 64)) actorId
       FROM journal_entry e JOIN posting p ON p.entry_id = e.id WHERE e.case_id = :caseId
       GROUP BY e.id, e.kind, e.entry_on, e.created_at, e.case_id, e.entry_key, p.ledger_account
     ) x JOIN app_user u ON u.id = COALESCE(x.actorId, 1) ORDER BY x.entryId, x.ledgerAccount`,
    { caseId },
  );
  const entries = new Map<number, MoneyRow>();
  for (const { ledgerAccount, amountCents, ...entry } of rows) {
    const { entryId, kind, entryOn, at, username, displayName } = entry;
    const whole = entries.get(entryId) ?? { entryId, kind, entryOn, at, username, displayName, lines: [] };
    whole.lines.push({ ledgerAccount, amountCents: Number(amountCents) });
    entries.set(entryId, whole);
  }
  return [...entries.values()];
}
