import { QueryTypes } from 'sequelize';
import { refuseEntry, type PostingLine } from '../../domain/ledger';
import type { JournalKind } from '../../domain/ledger/journal-kinds';
import { duplicateKeyOf, rejectIf, RefusedError } from '../errors';
import { sumOfCents } from '../sums';
import type { Tx } from '../transaction';

/** A journal entry: balanced postings under a key of its own, so that nothing is posted twice. */
export interface NewEntry {
  entryKey: string;
  kind: JournalKind;
  accountId: number;
  caseId: string | null;
  entryOn?: string;
  lines: EntryLine[];
}

/** One side of an entry, on another account than the entry's where it names one. */
export type EntryLine = PostingLine & { accountId?: number };

/** Posts an entry; postings of zero are left out. Throws when it does not balance or its key was posted before. */
export async function post(tx: Tx, entry: NewEntry): Promise<void> {
  const lines = entry.lines.filter((line) => line.amountCents !== 0);
  if (lines.length === 0) return;
  rejectIf(refuseEntry(lines));
  const { entryKey, kind, accountId, caseId } = entry;
  try {
    const row = await tx.db.JournalEntry.create({
      entryKey,
      kind,
      accountId,
      caseId,
      entryOn: entry.entryOn ?? tx.today,
      createdAt: tx.now,
    });
    await tx.db.Posting.bulkCreate(
      lines.map((line) => ({
        entryId: row.id,
        accountId: line.accountId ?? accountId,
        ledgerAccount: line.ledgerAccount,
        serviceCode: line.serviceCode ?? null,
        depositId: line.depositId ?? null,
        amountCents: line.amountCents,
      })),
    );
  } catch (error) {
    if (duplicateKeyOf(error) !== 'journal_entry_key') throw error;
    throw new RefusedError({ code: 'POSTED_BEFORE', message: `The entry ${entryKey} is in the journal already` });
  }
  tx.audit({
    action: `journal.${kind}`,
    entity: 'journal_entry',
    entityId: entryKey.slice(0, 64),
    caseId,
    data: { lines },
  });
}

/** What an account owes, by service (null: not for one service), in cents; negative is a credit. Zero sums are left out. */
export async function receivableByService(
  tx: Tx,
  accountId: number,
): Promise<{ serviceCode: string | null; cents: number }[]> {
  const rows = await tx.db.sequelize.query<{ serviceCode: string | null; cents: unknown }>(
    `SELECT service_code AS serviceCode, ${sumOfCents('amount_cents')} AS cents FROM posting
     WHERE account_id = :accountId AND ledger_account = 'RECEIVABLE' GROUP BY service_code ORDER BY service_code`,
    { replacements: { accountId }, type: QueryTypes.SELECT },
  );
  return rows
    .map((row) => ({ serviceCode: row.serviceCode, cents: Number(row.cents) }))
    .filter((row) => row.cents !== 0);
}

/** What an account owes in all, in cents; negative is a credit. */
export async function balanceOf(tx: Tx, accountId: number): Promise<number> {
  return (await receivableByService(tx, accountId)).reduce((sum, row) => sum + row.cents, 0);
}

/** What is held of each of an account's deposits, in cents: the sum of its postings, with the sign turned. */
export async function depositsHeld(tx: Tx, accountId: number): Promise<Map<number, number>> {
  const rows = await tx.db.sequelize.query<{ depositId: number; cents: unknown }>(
    `SELECT deposit_id AS depositId, ${sumOfCents('amount_cents')} AS cents FROM posting
     WHERE account_id = :accountId AND ledger_account = 'DEPOSITS_HELD' GROUP BY deposit_id`,
    { replacements: { accountId }, type: QueryTypes.SELECT },
  );
  return new Map(rows.map((row) => [row.depositId, -Number(row.cents)]));
}

/** All that is held of an account's deposits, in cents. */
export async function heldCentsOf(tx: Tx, accountId: number): Promise<number> {
  return [...(await depositsHeld(tx, accountId)).values()].reduce((sum, cents) => sum + cents, 0);
}
