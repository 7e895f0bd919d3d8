import { sumOfCents } from '../../db/sums';
import { byQuery, type Invariant } from './invariant';

/** What other systems sent was taken once, and what they fetch is whole. */
export const feeds: Invariant[] = [
  byQuery(
    'feed-row-taken',
    'Each row of a feed became its record, in a chunk that was taken',
    `SELECT r.kind AS kind, r.source_id AS source FROM feed_row r JOIN feed_chunk c ON c.id = r.chunk_id
       LEFT JOIN bill b ON b.id = r.record_id AND r.kind = 'BILLS'
       LEFT JOIN meter_read m ON m.id = r.record_id AND r.kind = 'READS'
       LEFT JOIN payment y ON y.id = r.record_id AND r.kind = 'PAYMENTS'
     WHERE c.status <> 'APPLIED' OR COALESCE(b.id, m.id, y.id) IS NULL`,
  ),
  byQuery(
    'feed-chunk-counts',
    'A chunk that was taken has as many rows as it says',
    `SELECT c.id AS chunk FROM feed_chunk c LEFT JOIN feed_row r ON r.chunk_id = c.id
     GROUP BY c.id, c.status, c.taken HAVING COUNT(r.source_id) <> CASE WHEN c.status = 'APPLIED' THEN c.taken ELSE 0 END`,
  ),
  byQuery(
    'changes-contiguous',
    'The changes are numbered from 1 without a gap',
    `SELECT MAX(seq) AS last_change FROM feed_change HAVING COUNT(*) > 0 AND (MIN(seq) <> 1 OR MAX(seq) <> COUNT(*))`,
  ),
  byQuery(
    'refund-file-sums',
    'A refund file has the issued refunds that sum to its total',
    `SELECT f.id AS refund_file FROM refund_file f LEFT JOIN refund r ON r.refund_file_id = f.id AND r.status = 'ISSUED'
     GROUP BY f.id, f.refund_count, f.total_cents
     HAVING COUNT(r.id) <> f.refund_count OR ${sumOfCents('r.amount_cents')} <> f.total_cents`,
  ),
  byQuery(
    'issued-refunds-in-files',
    'A refund is in a file only once it is issued',
    `SELECT refund_number AS refund FROM refund WHERE refund_file_id IS NOT NULL AND status <> 'ISSUED'`,
  ),
];
