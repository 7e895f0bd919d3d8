import type { CivilDate } from '../../../domain/dates';
import type { Movement } from '../../../domain/ledger/age-balance';
import { takenBack } from '../../../domain/ledger/journal-kinds';
import type { Db } from '../../create-db';
import { select, sumOf } from '../select';

/**
 * What moved an account's receivable through a day, by entry and service. A bill is due when it says; what has no bill, on
 * its own day.
 */
export async function movementsOf(db: Db, accountId: number, on: CivilDate): Promise<Movement[]> {
  const rows = await select<Omit<Movement, 'takesBackId'> & { entryKey: string }>(
    db,
    `SELECT e.id entryId, e.entry_key entryKey, p.service_code serviceCode, ${sumOf('p.amount_cents')} amountCents,
       COALESCE(MAX(b.due_on), e.entry_on) dueOn
     FROM posting p JOIN journal_entry e ON e.id = p.entry_id
     LEFT JOIN bill b ON b.account_id = p.account_id AND e.entry_key = CONCAT('bill/', b.bill_number)
     WHERE p.account_id = :accountId AND p.ledger_account = 'RECEIVABLE' AND e.entry_on <= :on
     GROUP BY e.id, e.entry_key, e.entry_on, p.service_code ORDER BY e.id, p.service_code`,
    { accountId, on },
  );
  const idOf = new Map(rows.map(({ entryKey, entryId }) => [entryKey, entryId]));
  const keys = new Set(idOf.keys());
  return rows.map(({ entryKey, ...row }) => ({
    ...row,
    amountCents: Number(row.amountCents),
    takesBackId: idOf.get(takenBack(entryKey, keys) ?? '') ?? null,
  }));
}
