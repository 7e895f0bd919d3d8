import { sha256 } from '../canonical';
import type { Db } from '../create-db';
import { duplicateKeyOf } from '../errors';
import type { DocumentKind } from '../models/documents';
import type { Tx } from '../transaction';

/** Its bytes are not those that were hashed when it was made: somebody changed the row, for an operator to see. */
export class DocumentChangedError extends Error {
  override readonly name = 'DocumentChangedError';
}

/** A document as it was made the first time, or null before that. Throws DocumentChangedError. */
export async function storedDocument(db: Db, kind: DocumentKind, subject: string): Promise<Buffer | null> {
  const row = await db.StoredDocument.findOne({ where: { kind, subject } });
  if (row && sha256(row.bytes) !== row.sha256) {
    throw new DocumentChangedError(`The ${kind} of ${subject} is not the one that was hashed`);
  }
  return row && row.bytes;
}

/** Keeps a document unless there is one: then the earlier one stays, whatever made them at once. */
export async function storeDocument(tx: Tx, kind: DocumentKind, subject: string, bytes: Buffer): Promise<void> {
  const hash = sha256(bytes);
  try {
    await tx.db.StoredDocument.create({
      ...{ kind, subject, bytes, sha256: hash, byteCount: bytes.length, madeAt: tx.now },
    });
  } catch (error) {
    if (duplicateKeyOf(error) !== 'document_once') throw error;
    return;
  }
  const data = { kind, sha256: hash, byteCount: bytes.length };
  tx.audit({ action: 'document.stored', entity: 'document', entityId: subject, data });
}
