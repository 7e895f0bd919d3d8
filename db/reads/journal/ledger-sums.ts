import type { CivilDate } from '../../../domain/dates';
import type { LedgerSum } from '../../../domain/ledger/trial-balance';
import type { Db } from '../../create-db';
import { select, sumOf } from '../select';

/** What was posted through a day, by ledger account and service. */
export async function ledgerSums(db: Db, on: CivilDate): Promise<LedgerSum[]> {
  const rows = await select<LedgerSum>(
    db,
    `SELECT p.ledger_account ledgerAccount, p.service_code serviceCode,
       ${sumOf('CASE WHEN p.amount_cents > 0 THEN p.amount_cents END')} debitCents,
       ${sumOf('CASE WHEN p.amount_cents < 0 THEN -p.amount_cents END')} creditCents
     FROM posting p JOIN journal_entry e ON e.id = p.entry_id WHERE e.entry_on <= :on
     GROUP BY p.ledger_account, p.service_code ORDER BY p.ledger_account, p.service_code`,
    { on },
  );
  return rows.map((row) => ({ ...row, debitCents: Number(row.debitCents), creditCents: Number(row.creditCents) }));
}
