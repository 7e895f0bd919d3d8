interface KindOfEntry {
  says: string;
  /** Its key names a bill, a receipt or a refund that customers know: `bill/B-1`, `offset/B-1`. */
  hasDocument: boolean;
}

const KINDS = {
  FINAL_BILL: { says: 'Final bill', hasDocument: true },
  BILL_CORRECTION: { says: 'Correction of a final bill', hasDocument: true },
  TRANSFER: { says: 'Transfer between accounts', hasDocument: false },
  PENALTY: { says: 'Penalty on the final bill', hasDocument: true },
  PENALTY_UNDONE: { says: 'Penalty on the final bill, taken back', hasDocument: true },
  REGULAR_BILL: { says: 'Bill', hasDocument: true },
  BILL_REVERSED: { says: 'Bill, reversed for an earlier move-out', hasDocument: true },
  BILL_RESTORED: { says: 'Bill, in force again', hasDocument: true },
  DEPOSIT_INTEREST: { says: 'Interest on the deposit', hasDocument: true },
  DEPOSIT_APPLIED: { says: 'Deposit applied', hasDocument: true },
  CREDIT_OFFSET: { says: 'Credit of one service for another', hasDocument: true },
  PAYMENT: { says: 'Payment', hasDocument: true },
  REFUND: { says: 'Refund', hasDocument: true },
  WRITE_OFF: { says: 'Bad debt written off', hasDocument: false },
  SMALL_WRITE_OFF: { says: 'Small balance written off', hasDocument: false },
  WRITE_OFF_RECOVERED: { says: 'Bad debt recovered', hasDocument: false },
  REFUND_PAID: { says: 'Refund paid out', hasDocument: true },
  REFUND_RETURNED: { says: 'Refund returned', hasDocument: true },
  REFUND_UNCLAIMED: { says: 'Refund that nobody claimed', hasDocument: true },
  PAYMENT_REVERSED: { says: 'Payment that came back', hasDocument: true },
  RETURNED_PAYMENT_FEE: { says: 'Fee for a payment that came back', hasDocument: true },
  DEPOSIT_RECEIVED: { says: 'Deposit received', hasDocument: false },
  OPENING_BALANCE: { says: 'Balance brought forward', hasDocument: false },
  REVERSION_FEE: { says: 'Fee for taking over the service', hasDocument: false },
  REVERSION_FEE_UNDONE: { says: 'Fee for taking over the service, taken back', hasDocument: false },
} as const satisfies Record<string, KindOfEntry>;

/** What a journal entry is about. */
export type JournalKind = keyof typeof KINDS;

/** What an entry is in words of the office. */
export const entrySays = (kind: JournalKind): string => KINDS[kind].says;

/** The number of the bill, receipt or refund that an entry is about, or null. */
export const documentOf = (kind: JournalKind, entryKey: string): string | null =>
  KINDS[kind].hasDocument ? (entryKey.split('/')[1] ?? null) : null;

/**
 * The entry that this one takes back, by its key, or null: an entry whose key begins with another's and a slash takes
 * that one back, as `reversion-fee/7/undone` does with `reversion-fee/7`.
 */
export function takenBack(entryKey: string, keys: ReadonlySet<string>): string | null {
  for (let end = entryKey.indexOf('/'); end !== -1; end = entryKey.indexOf('/', end + 1)) {
    const key = entryKey.slice(0, end);
    if (keys.has(key)) return key;
  }
  return null;
}
