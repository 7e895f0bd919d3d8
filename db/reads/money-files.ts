import type { MoneyFileKind } from '../../domain/states';
import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { personOf, type Person } from './people';
import { parsedJson, select } from './select';

/** A file for collections or for the state, as it is listed. */
export interface MoneyFileRow {
  fileNumber: string;
  madeOn: string;
  lineCount: number;
  totalCents: number;
  madeBy: Person | null;
  createdAt: Date;
}

const PREFIX: Record<MoneyFileKind, string> = { COLLECTIONS: 'CF', UNCLAIMED: 'UF' };

/** The number under which people know a file. */
export const moneyFileNumber = (kind: MoneyFileKind, id: number): string => PREFIX[kind] + String(id).padStart(6, '0');

/** The files of a kind, the newest first; one alone when its id is given. */
export async function listMoneyFiles(
  db: Db,
  kind: MoneyFileKind,
  page: PageRequest,
  id?: number,
): Promise<Page<MoneyFileRow>> {
  const rows = await select<{ id: number; username: string; displayName: string } & MoneyFileRow>(
    db,
    `SELECT f.id id, f.made_on madeOn, f.line_count lineCount, f.total_cents totalCents, f.created_at createdAt,
       u.username username, u.display_name displayName
     FROM money_file f JOIN app_user u ON u.id = f.created_by
     WHERE f.kind = :kind AND ${id === undefined ? '(:after IS NULL OR f.id < :after)' : 'f.id = :id'} ORDER BY f.id DESC LIMIT :limit`,
    { kind, id, after: page.after?.[0] ?? null, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  const shown = kept.map(({ id: fileId, username, displayName, ...row }) => ({
    ...{ ...row, fileNumber: moneyFileNumber(kind, fileId), totalCents: Number(row.totalCents) },
    madeBy: personOf(username, displayName),
  }));
  return { rows: shown, next };
}

/** The lines of a file as they were when it was made, or null. */
export async function moneyFileLines(
  db: Db,
  kind: MoneyFileKind,
  fileNumber: string,
): Promise<Record<string, string | number>[] | null> {
  const id = Number(/^[A-Z]{2}(\d{6,9})$/.exec(fileNumber)?.[1] ?? NaN);
  if (Number.isNaN(id) || moneyFileNumber(kind, id) !== fileNumber) return null;
  const file = await db.MoneyFile.findOne({ where: { id, kind } });
  return file && parsedJson(file.content);
}
