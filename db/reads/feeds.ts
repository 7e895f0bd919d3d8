import type { FeedChangeKind, FeedKind } from '../../domain/states';
import type { Db } from '../create-db';
import type { BadRow } from '../models/feeds';
import { parsedJson, select } from './select';

/** What became of a chunk. */
export interface ChunkRow {
  chunkId: string;
  kind: FeedKind;
  status: 'RECORDED' | 'APPLIED' | 'REFUSED';
  taken: number | null;
  unchanged: number | null;
  badRows: BadRow[];
}

/** A chunk of a feed, or null. */
export async function findChunk(db: Db, chunkId: string): Promise<ChunkRow | null> {
  const [row] = await select<ChunkRow>(
    db,
    `SELECT f.id chunkId, f.kind kind, f.status status, f.taken taken, f.unchanged unchanged, f.bad_rows badRows
     FROM feed_chunk f WHERE f.id = :chunkId`,
    { chunkId },
  );
  return row ? { ...row, badRows: parsedJson(row.badRows) ?? [] } : null;
}

/** One change as other systems read it. */
export interface ChangeRow {
  seq: number;
  kind: FeedChangeKind;
  onDate: string;
  at: Date;
  accountNumber: string;
  customerNumber: string;
  locationNumber: string;
  data: Record<string, unknown>;
}

/** The changes after a number, in the order of their commits. */
export async function listChanges(db: Db, after: number, limit: number): Promise<ChangeRow[]> {
  const rows = await select<ChangeRow>(
    db,
    `SELECT f.seq seq, f.kind kind, f.on_date onDate, f.created_at at, a.account_number accountNumber,
       c.customer_number customerNumber, l.location_number locationNumber, f.data data
     FROM feed_change f JOIN account a ON a.id = f.account_id JOIN customer c ON c.id = a.customer_id
       JOIN location l ON l.id = a.location_id
     WHERE f.seq > :after ORDER BY f.seq LIMIT :limit`,
    { after, limit },
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq), data: parsedJson(row.data) }));
}
