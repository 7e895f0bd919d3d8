import type { Db } from '../create-db';
import type { RefundLine } from '../models/feeds';
import { pageOf, type Page, type PageRequest } from './page';
import { personOf, type Person } from './people';
import { parsedJson, select } from './select';

/** A refund file as it is listed. */
export interface RefundFileRow {
  fileNumber: string;
  madeOn: string;
  refundCount: number;
  totalCents: number;
  madeBy: Person | null;
  createdAt: Date;
}

const PREFIX = 'RF';

/** The number under which people know a file. */
export const refundFileNumber = (id: number): string => PREFIX + String(id).padStart(6, '0');

/** The refund files, the newest first; one alone when its id is given. */
export async function listRefundFiles(db: Db, page: PageRequest, id?: number): Promise<Page<RefundFileRow>> {
  const rows = await select<{ id: number; username: string; displayName: string } & RefundFileRow>(
    db,
    `SELECT f.id id, f.made_on madeOn, f.refund_count refundCount, f.total_cents totalCents, f.created_at createdAt,
       u.username username, u.display_name displayName
     FROM refund_file f JOIN app_user u ON u.id = f.created_by
     WHERE ${id === undefined ? '(:after IS NULL OR f.id < :after)' : 'f.id = :id'} ORDER BY f.id DESC LIMIT :limit`,
    { id, after: page.after?.[0] ?? null, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  const shown = kept.map(({ id: fileId, username, displayName, ...row }) => ({
    ...{ ...row, fileNumber: refundFileNumber(fileId), totalCents: Number(row.totalCents) },
    madeBy: personOf(username, displayName),
  }));
  return { rows: shown, next };
}

/** The refunds of a file as they were when it was made, or null. */
export async function refundLinesOf(db: Db, fileNumber: string): Promise<RefundLine[] | null> {
  const id = Number(new RegExp(`^${PREFIX}(\\d{6,9})$`).exec(fileNumber)?.[1] ?? NaN);
  if (Number.isNaN(id) || refundFileNumber(id) !== fileNumber) return null;
  const file = await db.RefundFile.findByPk(id);
  return file && parsedJson(file.content);
}
