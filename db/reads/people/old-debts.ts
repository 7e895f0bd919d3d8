import {
  weighDebts,
  type DebtPolicy,
  type DebtRelation,
  type OldDebt,
  type WeighedDebt,
} from '../../../domain/debt/old-debts';
import type { AccountStatus } from '../../../domain/states';
import type { Db } from '../../create-db';
import { select, sumOf } from '../select';

/** Accounts in these states have ended; what is still owed on them is an old debt. */
const ENDED: readonly AccountStatus[] = ['FINAL_BILLED', 'COLLECTIONS', 'WRITTEN_OFF', 'CLOSED'];

/** Whose old debts are looked for; 0 or nobody where there is none. */
export interface DebtsOf {
  customerId: number | null;
  locationId: number | null;
  /** Customers that are likely the same person, though nobody has said so. */
  likelyIds?: number[];
}

/** The old debts with what policy makes of each, the strictest first; those that it ignores are left out. */
export async function weighedDebtsOf(
  db: Db,
  policyOf: Record<DebtRelation, DebtPolicy>,
  of: DebtsOf,
): Promise<WeighedDebt[]> {
  return weighDebts(await oldDebtsOf(db, of), policyOf);
}

/**
 * The unpaid final balances, also those that were written off, that have to do with a customer or a place, each with its relation (domain.md rule 18). A
 * debt counts by account: a credit of another account does not lower it. An account may come by several relations.
 */
async function oldDebtsOf(db: Db, { customerId, locationId, likelyIds = [] }: DebtsOf): Promise<OldDebt[]> {
  const rows = await select<{ accountNumber: string; relation: DebtRelation; owedCents: number }>(
    db,
    `SELECT x.accountNumber, x.relation, x.owedCents FROM (
       SELECT a.account_number accountNumber, who.relation relation,
         (SELECT ${sumOf('p.amount_cents')} FROM posting p JOIN journal_entry e ON e.id = p.entry_id
           WHERE p.account_id = a.id AND (p.ledger_account = 'RECEIVABLE' OR (p.ledger_account = 'WRITE_OFF' AND e.kind IN ('WRITE_OFF', 'WRITE_OFF_RECOVERED')))) owedCents
       FROM (
         SELECT o.id account_id, 'SAME_CUSTOMER' relation FROM account o WHERE o.customer_id = :customerId
         UNION ALL
         SELECT o.id, 'MASTER_CONTACT' FROM account o JOIN customer c ON c.id = o.customer_id
           JOIN customer me ON me.master_contact_id = c.master_contact_id
           WHERE me.id = :customerId AND c.id <> :customerId
         UNION ALL
         SELECT k.account_id, 'COSIGNER' FROM account_cosigner k JOIN customer c ON c.id = k.customer_id
           LEFT JOIN customer me ON me.id = :customerId
           WHERE k.ended_at IS NULL AND (c.id = :customerId OR c.master_contact_id = me.master_contact_id)
         UNION ALL
         SELECT o.id, 'LOCATION' FROM account o WHERE o.location_id = :locationId
         UNION ALL
         SELECT o.id, 'LIKELY_DUPLICATE' FROM account o WHERE o.customer_id IN (:likelyIds)
       ) who JOIN account a ON a.id = who.account_id WHERE a.status IN (:ended)
     ) x WHERE x.owedCents > 0 ORDER BY x.accountNumber, x.relation`,
    {
      ...{ customerId: customerId ?? 0, locationId: locationId ?? 0, ended: [...ENDED] },
      likelyIds: likelyIds.length > 0 ? likelyIds : [0],
    },
  );
  return rows.map((row) => ({ ...row, owedCents: Number(row.owedCents) }));
}
