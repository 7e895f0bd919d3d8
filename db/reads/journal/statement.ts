import type { CivilDate } from '../../../domain/dates';
import { statementOf, type Statement, type StatementEntry } from '../../../domain/ledger/statement';
import { sumCents } from '../../../domain/money';
import type { Db } from '../../create-db';
import { select, sumOf } from '../select';

/** What an account owed before the first day, what moved it through the last one, and what it owed then. */
export async function findStatement(
  db: Db,
  accountId: number,
  { from, to }: { from: CivilDate; to: CivilDate },
): Promise<Statement> {
  // One statement for the opening balance too, so that nothing is posted between the two.
  const rows = await select<StatementEntry>(
    db,
    `SELECT e.id entryId, e.entry_on entryOn, e.entry_key entryKey, e.kind kind, ${sumOf('p.amount_cents')} amountCents
     FROM posting p JOIN journal_entry e ON e.id = p.entry_id
     WHERE p.account_id = :accountId AND p.ledger_account = 'RECEIVABLE' AND e.entry_on <= :to
     GROUP BY e.id, e.entry_on, e.entry_key, e.kind ORDER BY e.entry_on, e.id`,
    { accountId, to },
  );
  const entries = rows.map((row) => ({ ...row, amountCents: Number(row.amountCents) }));
  const before = entries.filter(({ entryOn }) => entryOn < from);
  return statementOf(sumCents(before.map(({ amountCents }) => amountCents)), entries.slice(before.length));
}
