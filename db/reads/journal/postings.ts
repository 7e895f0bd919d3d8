import type { CivilDate } from '../../../domain/dates';
import type { LedgerAccount } from '../../../domain/ledger';
import type { JournalKind } from '../../../domain/ledger/journal-kinds';
import type { Db } from '../../create-db';
import { afterPosition, pageOf, type Page, type PageRequest } from '../page';
import { select } from '../select';

/** One side of a journal entry; a debit is positive. */
export interface PostingRow {
  entryId: number;
  postingId: number;
  entryOn: string;
  entryKey: string;
  kind: JournalKind;
  ledgerAccount: LedgerAccount;
  serviceCode: string | null;
  accountNumber: string;
  amountCents: number;
}

/** The postings of some days, both included, in the order of days and entries. */
export async function listPostings(
  db: Db,
  { from, to }: { from: CivilDate; to: CivilDate },
  page: PageRequest,
): Promise<Page<PostingRow>> {
  const { sql, replacements } = afterPosition(['e.entry_on', 'e.id', 'p.id'], '>', page.after);
  const rows = await select<PostingRow>(
    db,
    `SELECT e.id entryId, p.id postingId, e.entry_on entryOn, e.entry_key entryKey, e.kind kind,
       p.ledger_account ledgerAccount, p.service_code serviceCode, a.account_number accountNumber,
       p.amount_cents amountCents
     FROM journal_entry e JOIN posting p ON p.entry_id = e.id JOIN account a ON a.id = p.account_id
     WHERE e.entry_on BETWEEN :from AND :to AND ${sql} ORDER BY e.entry_on, e.id, p.id LIMIT :limit`,
    { from, to, ...replacements, limit: page.limit + 1 },
  );
  const whole = rows.map((row) => ({ ...row, amountCents: Number(row.amountCents) }));
  return pageOf(whole, page.limit, ({ entryOn, entryId, postingId }) => [entryOn, entryId, postingId]);
}
