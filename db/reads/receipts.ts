import type { ApplyTo, PaymentMethod } from '../../domain/states';
import type { Db } from '../create-db';
import { addressOf, personOf } from './people';
import { select, selectOne, sumOf } from './select';

/** A payment with what it was for and what was owed and held right after it, in cents. */
export async function findReceipt(db: Db, receiptNumber: string) {
  const row = await selectOne<{
    receiptNumber: string;
    accountId: number;
    accountNumber: string;
    customerNumber: string;
    customerName: string;
    locationNumber: string;
    address: string;
    receivedOn: string;
    amountCents: number;
    method: PaymentMethod;
    applyTo: ApplyTo;
    entryId: number;
    username: string;
    displayName: string;
    recordedAt: Date;
  }>(
    db,
    `SELECT y.receipt_number receiptNumber, a.id accountId, a.account_number accountNumber, c.customer_number customerNumber,
       c.display_name customerName, l.location_number locationNumber, ${addressOf('l')} address, y.received_on receivedOn,
       y.amount_cents amountCents, y.method method, y.apply_to applyTo, e.id entryId, u.username username,
       u.display_name displayName, y.created_at recordedAt
     FROM payment y JOIN account a ON a.id = y.account_id JOIN customer c ON c.id = a.customer_id
     JOIN location l ON l.id = a.location_id JOIN app_user u ON u.id = y.recorded_by
     JOIN journal_entry e ON e.entry_key = CONCAT('payment/', y.receipt_number)
     WHERE y.receipt_number = :receiptNumber`,
    { receiptNumber },
  );
  if (!row) return null;
  const { accountId, entryId, username, displayName, ...payment } = row;
  const postings = await select<{ ledgerAccount: string; serviceCode: string | null; amountCents: number }>(
    db,
    `SELECT p.ledger_account ledgerAccount, p.service_code serviceCode, p.amount_cents amountCents FROM posting p
     WHERE p.entry_id = :entryId AND p.ledger_account <> 'CASH_CLEARING' ORDER BY p.id`,
    { entryId },
  );
  const after = await select<{ ledgerAccount: string; cents: number }>(
    db,
    `SELECT p.ledger_account ledgerAccount, ${sumOf('p.amount_cents')} cents FROM posting p
     WHERE p.account_id = :accountId AND p.entry_id <= :entryId GROUP BY p.ledger_account`,
    { accountId, entryId },
  );
  const sumAfter = (ledgerAccount: string) =>
    Number(after.find((each) => each.ledgerAccount === ledgerAccount)?.cents ?? 0);
  return {
    ...payment,
    amountCents: Number(payment.amountCents),
    takenBy: personOf(username, displayName),
    // The office's credits are what was paid.
    paidFor: postings.map(({ ledgerAccount, serviceCode, amountCents }) => ({
      kind: ledgerAccount === 'DEPOSITS_HELD' ? ('DEPOSIT' as const) : ('ACCOUNT' as const),
      ...{ serviceCode, amountCents: 0 - Number(amountCents) },
    })),
    balanceAfterCents: sumAfter('RECEIVABLE'),
    depositsHeldAfterCents: 0 - sumAfter('DEPOSITS_HELD'),
  };
}
