import type { CivilDate } from '../../domain/dates';
import type { StandingEntry } from '../../domain/documents/standing';
import type { PaymentMethod } from '../../domain/states';
import type { Db } from '../create-db';
import { select, sumOf } from './select';

/** The journal entries of an account in their order, each with what it added to what is owed and to what is held. */
export async function standingEntries(
  db: Db,
  accountId: number,
): Promise<(StandingEntry & { id: number; createdAt: Date })[]> {
  const rows = await select<{
    id: number;
    key: string;
    kind: string;
    on: CivilDate;
    createdAt: Date;
    receivable: string | number;
    held: string | number;
    method: PaymentMethod | null;
  }>(
    db,
    `SELECT e.id id, e.entry_key \`key\`, e.kind kind, e.entry_on \`on\`, e.created_at createdAt, s.receivable receivable,
       s.held held, y.method method
     FROM (SELECT p.entry_id entry_id, ${sumOf("CASE WHEN p.ledger_account = 'RECEIVABLE' THEN p.amount_cents END")} receivable,
         ${sumOf("CASE WHEN p.ledger_account = 'DEPOSITS_HELD' THEN -p.amount_cents END")} held
       FROM posting p WHERE p.account_id = :accountId GROUP BY p.entry_id) s
     JOIN journal_entry e ON e.id = s.entry_id
     LEFT JOIN payment y ON y.account_id = :accountId AND e.entry_key IN (CONCAT('payment/', y.receipt_number), CONCAT('payment/', y.receipt_number, '/reversed'))
     ORDER BY e.id`,
    { accountId },
  );
  return rows.map(({ receivable, held, ...row }) => ({
    ...{ ...row, receivableCents: Number(receivable), heldCents: Number(held) },
  }));
}
