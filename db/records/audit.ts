import { canonicalJson, sha256 } from '../canonical';
import type { Tx } from '../transaction';

/** One line of the audit chain. `data` is JSON; it stays in the database and may name records, not people. */
export interface AuditEntry {
  actorId: number;
  action: string;
  entity: string;
  entityId: string | number;
  caseId?: string | null;
  data?: Record<string, unknown>;
}

/** What a line's hash covers; the verifier computes the same text. */
export function auditText(line: {
  seq: number;
  at: Date;
  actorId: number;
  action: string;
  entity: string;
  entityId: string;
  caseId: string | null;
  data: string;
}): string {
  return canonicalJson({ ...line, at: line.at.toISOString() });
}

/** Appends the lines to the chain. The head row is the last lock of a transaction (design.md decision 3). */
export async function appendAudit(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const head = await tx.db.AuditHead.findByPk(1, { lock: true, rejectOnEmpty: true });
  const recordedAt = new Date();
  let { seq, hash } = { seq: Number(head.seq), hash: head.hash };
  const rows = entries.map((entry) => {
    const line = {
      seq: ++seq,
      at: tx.now,
      actorId: entry.actorId,
      action: entry.action,
      entity: entry.entity,
      entityId: String(entry.entityId),
      caseId: entry.caseId ?? null,
      data: canonicalJson(entry.data ?? {}),
    };
    const prevHash = hash;
    hash = sha256(prevHash + auditText(line));
    return { ...line, recordedAt, prevHash, hash };
  });
  await tx.db.AuditLog.bulkCreate(rows);
  await head.update({ seq, hash });
}
