import type { FeedKind } from '../../domain/states';
import { duplicateKeyOf, ensure } from '../errors';
import type { BadRow, FeedChunk, FeedRow } from '../models/feeds';
import type { Tx } from '../transaction';

/** Stores the rows of a feed as they came, before the work that takes them is started. */
export async function recordChunk(tx: Tx, chunk: { chunkId: string; kind: FeedKind; rows: unknown[] }): Promise<void> {
  const { chunkId: id, kind, rows: content } = chunk;
  await tx.db.FeedChunk.create({ id, kind, content, status: 'RECORDED', createdBy: tx.actorId, createdAt: tx.now });
  tx.audit({ action: 'feed.recorded', entity: 'feed_chunk', entityId: id, data: { kind, rows: content.length } });
}

/** Locks a chunk that waits to be taken. Refused: CHUNK_UNKNOWN. */
export async function lockChunk(tx: Tx, chunkId: string): Promise<FeedChunk> {
  const chunk = await tx.db.FeedChunk.findByPk(chunkId, { lock: true });
  ensure(chunk?.status === 'RECORDED', 'CHUNK_UNKNOWN', 'No such chunk waits to be taken');
  return chunk;
}

/** A row's id in the sending system, with the hash of what came under it. */
export interface SourceRow {
  sourceId: string;
  contentHash: string;
  /** The field that holds the id. */
  pointer: string;
}

/**
 * Takes a source id for this chunk; another chunk that takes it at the same time is waited for. Null when the same
 * content came under it before. Refused: SOURCE_ID_REUSED.
 */
export async function claimSourceId(tx: Tx, { id, kind }: FeedChunk, source: SourceRow): Promise<FeedRow | null> {
  const { sourceId, contentHash, pointer } = source;
  try {
    return await tx.db.FeedRow.create({ kind, sourceId, contentHash, chunkId: id });
  } catch (error) {
    if (duplicateKeyOf(error) !== 'PRIMARY') throw error;
  }
  const earlier = await tx.db.FeedRow.findOne({ where: { kind, sourceId }, rejectOnEmpty: true });
  ensure(earlier.chunkId !== id, 'SOURCE_ID_REUSED', 'This source id is in the chunk twice', { pointer });
  const same = earlier.contentHash === contentHash;
  ensure(same, 'SOURCE_ID_REUSED', 'This source id was taken before with other content', { pointer });
  return null;
}

/** Every row of the chunk was taken, or had been before. */
export async function closeChunk(
  tx: Tx,
  chunk: FeedChunk,
  counts: { taken: number; unchanged: number },
): Promise<void> {
  await chunk.update({ status: 'APPLIED', ...counts, closedAt: tx.now });
  const { id, kind } = chunk;
  tx.audit({ action: 'feed.applied', entity: 'feed_chunk', entityId: id, data: { kind, ...counts } });
}

/** No row of the chunk was taken, because of these. */
export async function refuseChunk(tx: Tx, chunk: FeedChunk, badRows: BadRow[]): Promise<void> {
  await chunk.update({ status: 'REFUSED', badRows, closedAt: tx.now });
  const codes = [...new Set(badRows.map(({ code }) => code))].sort();
  const data = { kind: chunk.kind, badRows: badRows.length, codes };
  tx.audit({ action: 'feed.refused', entity: 'feed_chunk', entityId: chunk.id, data });
}
