import type { NewEntry } from '../../../db/records/journal';
import { rejectIf } from '../../../db/errors';
import { refuseEntry, type PostingLine } from '../../../domain/ledger';
import { fresh } from '../check/check';
import { groupBy } from '../group-by';
import { addAll, type Writing } from './writing';

/** Takes deposits and brings forward what accounts owe: the entries that records/journal would post, many at a time. */
export async function writeMoney(w: Writing): Promise<void> {
  const { c, tx } = w;
  const accountId = (number: string) => c.office.accounts.get(number)?.id ?? 0;
  const deposits = fresh(c, 'deposits').map(({ values }) => ({ ...values, id: c.office.nextId('deposit') }));
  await addAll(
    w,
    tx.db.Deposit,
    deposits.map(({ id, accountNumber, service, amountCents, paidOn, lastInterestOn = null }) => ({
      ...{ id, accountId: accountId(accountNumber), serviceCode: service, amountCents, paidOn, lastInterestOn },
      stoppedOn: null,
    })),
  );
  const received = deposits.map(({ id, accountNumber, service, amountCents, paidOn }): NewEntry => ({
    ...{ entryKey: `deposit-received/${id}`, kind: 'DEPOSIT_RECEIVED', accountId: accountId(accountNumber) },
    ...{ caseId: null, entryOn: paidOn },
    lines: [
      { ledgerAccount: 'CASH_CLEARING', amountCents },
      { ledgerAccount: 'DEPOSITS_HELD', serviceCode: service, depositId: id, amountCents: -amountCents },
    ],
  }));
  const balances = groupBy(fresh(c, 'balances'), ({ values }) => values.accountNumber);
  const opened = [...balances].map(([number, rows]): NewEntry => ({
    ...{ entryKey: `opening/${accountId(number)}`, kind: 'OPENING_BALANCE', accountId: accountId(number) },
    ...{ caseId: null, entryOn: rows[0]?.values.balanceOn },
    lines: rows.flatMap(({ values: { service: serviceCode = null, amountCents } }): PostingLine[] => [
      { ledgerAccount: 'RECEIVABLE', serviceCode, amountCents },
      { ledgerAccount: 'OPENING_BALANCE', serviceCode, amountCents: -amountCents },
    ]),
  }));
  await postAll(w, [...received, ...opened]);
}

async function postAll(w: Writing, entries: NewEntry[]): Promise<void> {
  const { c, tx } = w;
  const withIds = entries.map((entry) => ({ ...entry, id: c.office.nextId('journal_entry') }));
  for (const { lines } of entries) rejectIf(refuseEntry(lines));
  await addAll(
    w,
    tx.db.JournalEntry,
    withIds.map(({ id, entryKey, kind, accountId, caseId, entryOn }) => ({
      ...{ id, entryKey, kind, accountId, caseId, entryOn: entryOn ?? tx.today, createdAt: tx.now },
    })),
  );
  await addAll(
    w,
    tx.db.Posting,
    withIds.flatMap(({ id, accountId, lines }) =>
      lines.map(({ ledgerAccount, serviceCode = null, depositId = null, amountCents }) => ({
        ...{ entryId: id, accountId, ledgerAccount, serviceCode, depositId, amountCents },
      })),
    ),
  );
}
