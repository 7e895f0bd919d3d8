import type { CivilDate } from '../dates';
import { sumCents, type Cents } from '../money';
import { documentOf, entrySays, type JournalKind } from './journal-kinds';

/** What one journal entry moved on what an account owes. */
export interface StatementEntry {
  entryId: number;
  entryOn: CivilDate;
  entryKey: string;
  kind: JournalKind;
  amountCents: Cents;
}

/** One line of a statement, with what was owed after it. */
export interface StatementLine extends Omit<StatementEntry, 'entryKey'> {
  what: string;
  document: string | null;
  balanceCents: Cents;
}

/** What an account owed at first, what moved it and what it owed in the end. */
export interface Statement {
  openingCents: Cents;
  lines: StatementLine[];
  closingCents: Cents;
}

/** Tells the entries in their order with a running balance. An entry that moved nothing in all is left out. */
export function statementOf(openingCents: Cents, entries: readonly StatementEntry[]): Statement {
  let balanceCents = openingCents;
  const lines = entries
    .filter(({ amountCents }) => amountCents !== 0)
    .map(({ entryKey, ...entry }) => {
      balanceCents = sumCents([balanceCents, entry.amountCents]);
      return { ...entry, what: entrySays(entry.kind), document: documentOf(entry.kind, entryKey), balanceCents };
    });
  return { openingCents, lines, closingCents: balanceCents };
}
