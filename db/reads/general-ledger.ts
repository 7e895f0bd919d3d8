import type { LedgerAccount } from '../../domain/ledger';
import type { Db } from '../create-db';
import { select, sumOf } from './select';

/** What one day moved on one ledger account for one service, in cents. */
export interface LedgerDay {
  entryOn: string;
  ledgerAccount: LedgerAccount;
  serviceCode: string | null;
  debitCents: number;
  creditCents: number;
}

/** The journal by day, ledger account and service, both days included; debits and credits are equal on every day. */
export async function ledgerDays(db: Db, { from, to }: { from: string; to: string }): Promise<LedgerDay[]> {
  const rows = await select<LedgerDay>(
    db,
    `SELECT e.entry_on entryOn, p.ledger_account ledgerAccount, p.service_code serviceCode,
       ${sumOf('CASE WHEN p.amount_cents > 0 THEN p.amount_cents END')} debitCents,
       ${sumOf('CASE WHEN p.amount_cents < 0 THEN -p.amount_cents END')} creditCents
     FROM journal_entry e JOIN posting p ON p.entry_id = e.id
     WHERE e.entry_on BETWEEN :from AND :to
     GROUP BY e.entry_on, p.ledger_account, p.service_code ORDER BY e.entry_on, p.ledger_account, p.service_code`,
    { from, to },
  );
  return rows.map((row) => ({ ...row, debitCents: Number(row.debitCents), creditCents: Number(row.creditCents) }));
}
