import type { CaseType } from '../../domain/states';
import { duplicateKeyOf, RefusedError } from '../errors';
import type { HttpRequest } from '../models/office';
import type { Db } from '../create-db';
import type { Tx } from '../transaction';

/** What identifies a request that may be sent again. */
export interface RequestKey {
  key: string;
  route: string;
  bodyHash: string;
}

/** An answer as it is kept and sent again. */
export interface SavedAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request under its key: what it was given before, and its answer if that is final. */
export interface ClaimedRequest {
  id: number;
  subjectId: string | null;
  answer: SavedAnswer | null;
}

/** Takes the row of this key, locked, or makes it. The same key with another route or body is refused. */
export async function claimRequest(tx: Tx, { key, route, bodyHash }: RequestKey): Promise<ClaimedRequest> {
  const row = (await lockedRow(tx, key)) ?? (await newRow(tx, { key, route, bodyHash }));
  if (row.route !== route || row.bodyHash !== bodyHash) {
    throw new RefusedError({
      code: 'IDEMPOTENCY_KEY_REUSED',
      message: 'This Idempotency-Key was used for another request',
    });
  }
  return { id: row.id, subjectId: row.subjectId, answer: answerOf(row) };
}

/** Notes what the request is about, before Temporal is asked: a repetition is given the same id. */
export async function nameSubject(
  tx: Tx,
  id: number,
  subjectId: string,
  caseType: string | null = null,
): Promise<void> {
  await tx.db.HttpRequest.update({ subjectId, caseType }, { where: { id } });
}

/** Keeps what became of each item of a request about several, in the transaction that recorded them. */
export async function keepItems(tx: Tx, id: number, items: readonly object[]): Promise<void> {
  await tx.db.HttpRequest.update({ items: JSON.stringify(items) }, { where: { id } });
}

/** The items that a request kept, or null when it has recorded none yet. The request's row is claimed. */
export async function itemsOf<T>(tx: Tx, id: number): Promise<T[] | null> {
  const { items } = await tx.db.HttpRequest.findByPk(id, { lock: true, rejectOnEmpty: true });
  return items === null ? null : (JSON.parse(items) as T[]);
}

/** Keeps the final answer of a request; the first one stays. */
export async function saveAnswer(tx: Tx, id: number, { status, body, headers }: SavedAnswer): Promise<void> {
  const response = JSON.stringify({ body, headers });
  await tx.db.HttpRequest.update({ status, response, answeredAt: new Date() }, { where: { id, status: null } });
}

/** The request that was given this case id, or null: how a case is known before its row exists. */
export async function findStartRequest(
  db: Db,
  caseId: string,
): Promise<{ caseId: string; type: CaseType; answer: SavedAnswer | null } | null> {
  const row = await db.HttpRequest.findOne({ where: { subjectId: caseId } });
  if (!row?.caseType || row.subjectId !== caseId) return null;
  return { caseId, type: row.caseType as CaseType, answer: answerOf(row) };
}

function lockedRow(tx: Tx, key: string): Promise<HttpRequest | null> {
  return tx.db.HttpRequest.findOne({ where: { userId: tx.actorId, idempotencyKey: key }, lock: true });
}

async function newRow(tx: Tx, { key, route, bodyHash }: RequestKey): Promise<HttpRequest> {
  const fresh = {
    subjectId: null,
    caseType: null,
    status: null,
    response: null,
    items: null,
    createdAt: new Date(),
    answeredAt: null,
  };
  try {
    return await tx.db.HttpRequest.create({ userId: tx.actorId, idempotencyKey: key, route, bodyHash, ...fresh });
  } catch (error) {
    // The same request a moment earlier: this one waited for it to commit and goes on with its row.
    const other = duplicateKeyOf(error) === 'http_request_key' ? await lockedRow(tx, key) : null;
    if (!other) throw error;
    return other;
  }
}

function answerOf(row: HttpRequest): SavedAnswer | null {
  if (row.status === null || row.response === null) return null;
  const { body, headers } = JSON.parse(row.response) as Pick<SavedAnswer, 'body' | 'headers'>;
  return { status: row.status, body, headers };
}
