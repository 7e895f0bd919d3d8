import { SYSTEM_USER_ID } from '../../domain/roles';
import type { Db } from '../create-db';
import { afterPosition, pageOf, withInstant, type Page, type PageRequest } from './page';
import { personOf, type Person } from './people';
import { parsedJson, select } from './select';

/** A form on its way, in one line. */
export interface DraftRow {
  draftId: string;
  /** Who and where, as far as it is filled. */
  customerName: string | null;
  place: string | null;
  startDate: string | null;
  createdBy: Person | null;
  updatedAt: Date;
}

/**
 * The set-up forms that are neither saved nor put away, the last touched first; `writtenBy` keeps those in which a user
 * wrote. Those that the system filled for a prompt are found by their task.
 */
export async function listDrafts(
  db: Db,
  { writtenBy }: { writtenBy: number | null },
  page: PageRequest,
): Promise<Page<DraftRow>> {
  const after = afterPosition(['d.updated_at', 'd.id'], '<', withInstant(page.after));
  const mine = writtenBy === null ? '' : `AND JSON_CONTAINS(d.author_ids, CAST(:writtenBy AS CHAR))`;
  const rows = await select<{ id: string; content: unknown; username: string; displayName: string; updatedAt: Date }>(
    db,
    `SELECT d.id id, d.content content, u.username username, u.display_name displayName, d.updated_at updatedAt
     FROM draft d JOIN app_user u ON u.id = d.created_by
     WHERE d.kind = 'ONBOARD' AND d.saved_revision IS NULL AND d.discarded_at IS NULL
       AND JSON_LENGTH(d.author_ids) > (CASE WHEN JSON_CONTAINS(d.author_ids, '${SYSTEM_USER_ID}') THEN 1 ELSE 0 END)
       ${mine} AND ${after.sql}
     ORDER BY d.updated_at DESC, d.id DESC LIMIT :limit`,
    { writtenBy, limit: page.limit + 1, ...after.replacements },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.updatedAt.toISOString(), row.id]);
  return {
    rows: kept.map(({ id: draftId, content, username, displayName, updatedAt }) => ({
      ...{ draftId, updatedAt, createdBy: personOf(username, displayName) },
      ...titleOf(parsedJson<Half>(content)),
    })),
    next,
  };
}

/** A half-filled form: anything may stand anywhere. */
type Half = Record<string, unknown> | null;

function titleOf(content: Half): Pick<DraftRow, 'customerName' | 'place' | 'startDate'> {
  const [customer, location] = [partOf(content, 'customer'), partOf(content, 'location')];
  const name = partOf(customer, 'name');
  const parts = [textAt(name, 'first'), textAt(name, 'last')].filter(Boolean).join(' ');
  return {
    customerName: textAt(name, 'line') ?? textAt(name, 'organization') ?? (parts || textAt(customer, 'existing')),
    place: textAt(partOf(location, 'address'), 'line1') ?? textAt(location, 'existing'),
    startDate: textAt(content, 'startDate'),
  };
}

function partOf(from: Half, key: string): Half {
  const part = from?.[key];
  return typeof part === 'object' && part !== null && !Array.isArray(part) ? (part as Half) : null;
}

function textAt(from: Half, key: string): string | null {
  const value = from?.[key];
  return typeof value === 'string' && value.trim() ? value.trim().slice(0, 160) : null;
}
