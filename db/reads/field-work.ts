import type { RequestKind } from '../../domain/states';
import type { Db } from '../create-db';
import type { BadRow, FieldWorkRequest } from '../models/feeds';
import { parsedJson } from './select';

/** What became of work that somebody asked for. */
export interface WorkRow {
  workId: string;
  kind: RequestKind;
  status: FieldWorkRequest['status'];
  result: Record<string, unknown> | null;
  errors: BadRow[];
  details: Record<string, string>;
}

/** A request outside a lifecycle, or null. */
export async function findRequest(db: Db, workId: string): Promise<WorkRow | null> {
  const row = await db.FieldWorkRequest.findByPk(workId, { raw: true });
  if (!row) return null;
  const { kind, status, result, refusal } = row;
  return {
    ...{ workId, kind, status, result: parsedJson<WorkRow['result']>(result) },
    ...(parsedJson<FieldWorkRequest['refusal']>(refusal) ?? { errors: [], details: {} }),
  };
}
