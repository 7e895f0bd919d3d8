import type { Finding } from '../../domain/stuck/findings';
import type { Db } from '../create-db';
import type { Tx } from '../transaction';
import type { FindingRecord } from '../models/operations';

const DETAIL = 500;
const keyOf = ({ kind, subject }: Pick<Finding, 'kind' | 'subject'>): string => `${kind}/${subject}`;

/** What is open of the findings. */
export const openFindings = (db: Db, { lock }: { lock?: true } = {}): Promise<FindingRecord[]> =>
  db.Finding.findAll({ where: { clearedAt: null }, order: ['id'], lock });

/** Whether the detector has mended the same before. */
export async function wasRepaired(db: Db, { kind, subject }: Finding): Promise<boolean> {
  return (await db.Finding.count({ where: { kind, subject, clearing: 'REPAIRED' } })) > 0;
}

/** Writes what is new, and clears what was looked at and is gone. */
export async function noteFindings(
  tx: Tx,
  found: readonly Finding[],
  wasLookedAt: (open: FindingRecord) => boolean,
): Promise<void> {
  const open = await openFindings(tx.db, { lock: true });
  const known = new Map(open.map((row) => [keyOf(row), row]));
  const still = new Set(found.map(keyOf));
  for (const each of found) {
    const row = known.get(keyOf(each));
    if (!row) await raise(tx, each);
    else if (row.detail !== each.detail.slice(0, DETAIL)) await row.update({ detail: each.detail.slice(0, DETAIL) });
  }
  for (const row of open) if (!still.has(keyOf(row)) && wasLookedAt(row)) await clear(tx, row, 'GONE');
}

/** Notes what was found and mended in one go, or an outage that has passed; `foundAt` is in office time. */
export async function noteCleared(
  tx: Tx,
  finding: Finding,
  { clearing, foundAt = tx.now }: { clearing: 'GONE' | 'REPAIRED'; foundAt?: Date },
): Promise<void> {
  const open = await tx.db.Finding.findOne({
    where: { kind: finding.kind, subject: finding.subject, clearedAt: null },
    lock: true,
  });
  if (!open) return raise(tx, finding, { foundAt, clearedAt: tx.now, clearing });
  await clear(tx, open, clearing);
}

async function clear(tx: Tx, row: FindingRecord, clearing: 'GONE' | 'REPAIRED'): Promise<void> {
  await row.update({ clearedAt: tx.now, clearing });
  audit(tx, clearing === 'REPAIRED' ? 'finding.repaired' : 'finding.cleared', row);
}

async function raise(
  tx: Tx,
  { detail, ...finding }: Finding,
  more: Partial<Pick<FindingRecord, 'foundAt' | 'clearedAt' | 'clearing'>> = {},
): Promise<void> {
  const row = await tx.db.Finding.create({
    ...{ ...finding, detail: detail.slice(0, DETAIL), foundAt: tx.now, clearedAt: null, clearing: null },
    ...more,
  });
  audit(tx, more.clearing === 'REPAIRED' ? 'finding.repaired' : 'finding.raised', row);
}

function audit(tx: Tx, action: string, { id, kind, caseId, detail }: FindingRecord): void {
  tx.audit({ action, entity: 'finding', entityId: id, caseId, data: { kind, detail } });
}
