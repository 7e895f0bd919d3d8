import type { Db } from '../create-db';
import type { AddedTo } from '../records/comments';
import { pageOf, type Page, type PageRequest } from './page';
import { select } from './select';

/** A comment with its author; `taskId` where it was written on a task. */
export interface CommentRow {
  commentId: number;
  caseId: string;
  taskId: string | null;
  text: string;
  createdAt: Date;
  author: { username: string; displayName: string };
}

/** A document by its reference, with whoever noted it. */
export interface AttachmentRow {
  attachmentId: number;
  caseId: string;
  taskId: string | null;
  title: string;
  uri: string;
  mediaType: string | null;
  sha256: string | null;
  createdAt: Date;
  author: { username: string; displayName: string };
}

type Joined<T> = Omit<T, 'author'> & { username: string; displayName: string };

const authored = <T>({ username, displayName, ...row }: Joined<T>) => ({ ...row, author: { username, displayName } });

/** The comments on a case and on its tasks, or on one task, the oldest first. */
export async function listComments(db: Db, on: AddedTo, page: PageRequest): Promise<Page<CommentRow>> {
  const rows = await select<Joined<CommentRow>>(
    db,
    `SELECT m.id commentId, m.case_id caseId, m.task_id taskId, m.text text, m.created_at createdAt, u.username username,
       u.display_name displayName
     FROM comment m JOIN app_user u ON u.id = m.author_id WHERE ${placeOf(on, 'm')} AND (:after IS NULL OR m.id > :after)
     ORDER BY m.id LIMIT :limit`,
    { ...on, after: page.after?.[0] ?? null, limit: page.limit + 1 },
  );
  return pageOf(rows.map<CommentRow>(authored), page.limit, (row) => [row.commentId]);
}

/** The documents of a case and of its tasks, or of one task, the oldest first. */
export async function listAttachments(db: Db, on: AddedTo, page: PageRequest): Promise<Page<AttachmentRow>> {
  const rows = await select<Joined<AttachmentRow>>(
    db,
    `SELECT t.id attachmentId, t.case_id caseId, t.task_id taskId, t.title title, t.uri uri, t.media_type mediaType,
       t.sha256 sha256, t.created_at createdAt, u.username username, u.display_name displayName
     FROM attachment t JOIN app_user u ON u.id = t.author_id WHERE ${placeOf(on, 't')} AND (:after IS NULL OR t.id > :after)
     ORDER BY t.id LIMIT :limit`,
    { ...on, after: page.after?.[0] ?? null, limit: page.limit + 1 },
  );
  return pageOf(rows.map<AttachmentRow>(authored), page.limit, (row) => [row.attachmentId]);
}

/** Whether there is such a case or task. */
export async function exists(db: Db, on: AddedTo): Promise<boolean> {
  const sql =
    'taskId' in on
      ? 'SELECT id FROM human_task WHERE id = :taskId'
      : 'SELECT case_id id FROM cases WHERE case_id = :caseId';
  return (await select(db, sql, { ...on })).length > 0;
}

const placeOf = (on: AddedTo, table: string): string =>
  'taskId' in on ? `${table}.task_id = :taskId` : `${table}.case_id = :caseId`;
