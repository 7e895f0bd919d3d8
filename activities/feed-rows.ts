import type { FieldWorkDone } from '../contract/activities';
import { hashOf } from '../db/canonical';
import { RefusedError } from '../db/errors';
import type { BadRow, FeedChunk, FeedRow } from '../db/models/feeds';
import { claimSourceId } from '../db/records/feed-chunks';
import type { Tx } from '../db/transaction';

/** A row that nobody took before, with its place in the chunk and the claim on its source id. */
export interface FreshRow<R> {
  row: R;
  place: number;
  claim: FeedRow;
}

/** What rows have brought to other cases. */
export type Brought = Omit<FieldWorkDone, 'status'>;

/** Some rows cannot be taken, so none is: the transaction rolls back. */
export class BadRowsError extends Error {
  override readonly name = 'BadRowsError';
  constructor(readonly rows: BadRow[]) {
    super(`${rows.length} rows cannot be taken`);
  }
}

/** Claims the source ids of a chunk in their order, so that two chunks at once wait for each other and never both ways. */
export async function claimRows<R extends object>(
  tx: Tx,
  chunk: FeedChunk,
  rows: R[],
  bad: BadRow[],
): Promise<FreshRow<R>[]> {
  const sources = rows.map((row, place) => ({ row, place, ...sourceOf(row) }));
  const inOrder = sources.toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : a.sourceId > b.sourceId ? 1 : 0));
  const fresh: FreshRow<R>[] = [];
  for (const { row, place, ...source } of inOrder) {
    await noting(bad, row, place, async () => {
      const claim = await claimSourceId(tx, chunk, { ...source, contentHash: hashOf(row) });
      if (claim) fresh.push({ row, place, claim });
    });
  }
  return fresh.sort((a, b) => a.place - b.place);
}

/** Takes row after row and notes the id of what it became; a refused row is noted, and the next one is tried. */
export async function eachRow<R extends object>(
  rows: FreshRow<R>[],
  bad: BadRow[],
  take: (row: R) => Promise<number>,
): Promise<void> {
  for (const { row, place, claim } of rows) {
    await noting(bad, row, place, async () => {
      await claim.update({ recordId: await take(row) });
    });
  }
}

async function noting(bad: BadRow[], row: object, place: number, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { code, message, pointer = error.details.pointer ?? '' } = error.refusal;
    // A rule may point at what the office knows; the sender sees its own fields alone.
    const path = pointer.replace(/^#/, '');
    const isOfRow = Object.hasOwn(row, path.split('/')[1] ?? '');
    bad.push({ pointer: `#/rows/${place}${isOfRow ? path : ''}`, code, detail: message });
  }
}

const sourceOf = (row: object): { sourceId: string; pointer: string } =>
  'receiptNumber' in row
    ? { sourceId: String(row.receiptNumber), pointer: '#/receiptNumber' }
    : { sourceId: String((row as { sourceId: string }).sourceId), pointer: '#/sourceId' };
