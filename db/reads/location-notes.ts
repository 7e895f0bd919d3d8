import type { CivilDate } from '../../domain/dates';
import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { personOf, type Person } from './people';
import { select } from './select';

/** A note or an alert about a place as it is shown. */
export interface ShownNote {
  noteId: number;
  kind: 'NOTE' | 'ALERT';
  text: string;
  /** The first day on which it is not shown any more. */
  expiresOn: CivilDate | null;
  createdAt: Date;
  createdBy: Person | null;
  endedAt: Date | null;
  endedBy: Person | null;
}

interface NoteRow extends Omit<ShownNote, 'createdBy' | 'endedBy'> {
  username: string | null;
  displayName: string | null;
  endedUsername: string | null;
  endedDisplayName: string | null;
}

const NOTE = `SELECT n.id noteId, n.kind kind, n.text text, n.expires_on expiresOn, n.created_at createdAt,
    u.username username, u.display_name displayName, n.ended_at endedAt, e.username endedUsername, e.display_name endedDisplayName
  FROM location_note n JOIN app_user u ON u.id = n.created_by LEFT JOIN app_user e ON e.id = n.ended_by`;

const IN_FORCE = 'n.ended_at IS NULL AND (n.expires_on IS NULL OR n.expires_on > :today)';

/** Every note of a location, ended and expired ones too, the newest first. */
export async function listNotes(db: Db, locationId: number, page: PageRequest): Promise<Page<ShownNote>> {
  const rows = await select<NoteRow>(
    db,
    `${NOTE} WHERE n.location_id = :locationId AND n.id < :before ORDER BY n.id DESC LIMIT :limit`,
    { locationId, before: page.after?.[0] ?? 2 ** 31, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.noteId]);
  return { rows: kept.map(noteOf), next };
}

/** One note by its id, or null. */
export async function findNote(db: Db, noteId: number): Promise<ShownNote | null> {
  const [row] = await select<NoteRow>(db, `${NOTE} WHERE n.id = :noteId`, { noteId });
  return row ? noteOf(row) : null;
}

async function heldAt(
  db: Db,
  locationId: number,
  { kind, today }: { kind: ShownNote['kind']; today: CivilDate },
): Promise<ShownNote[]> {
  const rows = await select<NoteRow>(
    db,
    `${NOTE} WHERE n.location_id = :locationId AND n.kind = :kind AND ${IN_FORCE} ORDER BY n.id DESC LIMIT 200`,
    { locationId, kind, today },
  );
  return rows.map(noteOf);
}

/** The notes of a location that hold today, the newest first. */
export const notesAt = (db: Db, locationId: number, today: CivilDate): Promise<ShownNote[]> =>
  heldAt(db, locationId, { kind: 'NOTE', today });

/** The alerts of a location that hold today, as whoever goes there or sets up a customer there has to see them. */
export const alertsAt = (db: Db, locationId: number, today: CivilDate): Promise<ShownNote[]> =>
  heldAt(db, locationId, { kind: 'ALERT', today });

/** The texts of the alerts that hold today, of each of these locations. */
export async function alertTextsAt(db: Db, locationIds: number[], today: CivilDate): Promise<Map<number, string[]>> {
  const texts = new Map<number, string[]>(locationIds.map((id) => [id, []]));
  if (texts.size === 0) return texts;
  const rows = await select<{ locationId: number; text: string }>(
    db,
    `SELECT n.location_id locationId, n.text text FROM location_note n
     WHERE n.location_id IN (:ids) AND n.kind = 'ALERT' AND ${IN_FORCE} ORDER BY n.id DESC`,
    { ids: [...texts.keys()], today },
  );
  for (const { locationId, text } of rows) texts.get(locationId)?.push(text);
  return texts;
}

const noteOf = ({ username, displayName, endedUsername, endedDisplayName, ...note }: NoteRow): ShownNote => ({
  ...note,
  createdBy: personOf(username, displayName),
  endedBy: personOf(endedUsername, endedDisplayName),
});
