import { AsyncLocalStorage } from 'node:async_hooks';
import { QueryTypes, type Model, type ModelStatic, type Sequelize } from 'sequelize';
import type { JournalEntry, Posting } from './models/money';
import { sumOfCents } from './sums';

/** The entries that the open transaction has written. */
const written = new AsyncLocalStorage<Set<number>>();

const IDS_IN_A_STATEMENT = 1_000;

/** An entry went past domain/ledger refuseEntry: a bug, for an operator to see, and nothing of its transaction stays. */
export class UnbalancedEntryError extends Error {
  override readonly name = 'UnbalancedEntryError';
}

/** Somebody writes to the journal what it does not take. */
export class JournalWriteError extends Error {
  override readonly name = 'JournalWriteError';
}

/**
 * Runs the act of a transaction, then throws UnbalancedEntryError unless each journal entry that it has written has two
 * postings or more, which sum to zero. Outside of it nothing is written to the journal.
 */
export async function keepingJournal<T>(sequelize: Sequelize, act: () => Promise<T>): Promise<T> {
  const ids = new Set<number>();
  const result = await written.run(ids, act);
  await refuseUnbalanced(sequelize, [...ids]);
  return result;
}

async function refuseUnbalanced(sequelize: Sequelize, ids: number[]): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS_IN_A_STATEMENT) {
    const [bad] = await sequelize.query<{ entryKey: string; postings: number; cents: number }>(
      `SELECT e.entry_key AS entryKey, COUNT(p.id) AS postings, ${sumOfCents('p.amount_cents')} AS cents
       FROM journal_entry e LEFT JOIN posting p ON p.entry_id = e.id WHERE e.id IN (:ids)
       GROUP BY e.id, e.entry_key HAVING COUNT(p.id) < 2 OR ${sumOfCents('p.amount_cents')} <> 0 ORDER BY e.id LIMIT 1`,
      { replacements: { ids: ids.slice(from, from + IDS_IN_A_STATEMENT) }, type: QueryTypes.SELECT },
    );
    if (!bad) continue;
    const { entryKey, postings, cents } = bad;
    throw new UnbalancedEntryError(`The entry ${entryKey} has ${postings} postings, which sum to ${cents} cents`);
  }
}

/**
 * Makes the journal append-only for the models: an entry is written with all its postings in one transaction of
 * keepingJournal, and neither is changed or deleted ever.
 */
export function guardJournal(models: { JournalEntry: ModelStatic<JournalEntry>; Posting: ModelStatic<Posting> }): void {
  appendOnly(models.JournalEntry);
  appendOnly(models.Posting);
  models.JournalEntry.addHook('afterCreate', (entry) => noteEntries([entry]));
  models.JournalEntry.addHook('afterBulkCreate', (entries) => noteEntries(entries));
  models.Posting.addHook('beforeCreate', (line) => refuseStrays([line]));
  models.Posting.addHook('beforeBulkCreate', (lines) => refuseStrays(lines));
}

function appendOnly<M extends Model>(model: ModelStatic<M>): void {
  const refuse = () => {
    throw new JournalWriteError(`A ${model.tableName} is never changed or deleted`);
  };
  model.addHook('beforeUpdate', refuse);
  model.addHook('beforeBulkUpdate', refuse);
  model.addHook('beforeDestroy', refuse);
  model.addHook('beforeBulkDestroy', refuse);
  model.addHook('beforeUpsert', refuse);
  model.addHook('beforeBulkCreate', (_rows, { updateOnDuplicate, ignoreDuplicates }) => {
    if (updateOnDuplicate ?? ignoreDuplicates) refuse();
  });
  // Sequelize has no hook for these; decrement goes by increment.
  Object.assign(model, { increment: refuse });
}

function noteEntries(entries: readonly Model[]): void {
  const ids = written.getStore();
  if (!ids) throw new JournalWriteError('A journal entry is written in a transaction that checks it');
  for (const entry of entries as readonly JournalEntry[]) ids.add(entry.id);
}

function refuseStrays(lines: readonly Model[]): void {
  const ids = written.getStore();
  if ((lines as readonly Posting[]).every(({ entryId }) => ids?.has(entryId))) return;
  throw new JournalWriteError('A posting is written in the transaction of its entry');
}
