import { holdsCardNumber } from '../../domain/card-number';
import type { CivilDate } from '../../domain/dates';
import { sha256 } from '../canonical';
import { ensure } from '../errors';
import type { LocationNote } from '../models/places';
import type { Tx } from '../transaction';

/** Notes something about a place. Refused: NOT_FOUND, CARD_NUMBER, EXPIRES_IN_PAST. */
export async function addLocationNote(
  tx: Tx,
  locationNumber: string,
  given: { kind: LocationNote['kind']; text: string; expiresOn: CivilDate | null },
): Promise<LocationNote> {
  const { kind, text, expiresOn } = given;
  const location = await tx.db.Location.findOne({ where: { locationNumber } });
  ensure(location, 'NOT_FOUND', 'There is no such location');
  const message = 'Do not write payment card numbers here';
  ensure(!holdsCardNumber(text), 'CARD_NUMBER', message, { pointer: '#/text' });
  const ahead = expiresOn === null || expiresOn > tx.today;
  ensure(ahead, 'EXPIRES_IN_PAST', `Today is ${tx.today}`, { pointer: '#/expiresOn' });
  const by = { createdBy: tx.actorId, createdAt: tx.now };
  const note = await tx.db.LocationNote.create({ locationId: location.id, kind, text, expiresOn, ...by });
  // The audit names no people, so it has the text's hash: a text that was changed later would show.
  const data = { locationNumber, kind, expiresOn, textHash: sha256(text) };
  tx.audit({ action: 'locationNote.added', entity: 'location_note', entityId: note.id, data });
  return note;
}

/** Ends a note: it stays, but is not shown any more. Refused: NOT_FOUND, NOTE_ENDED. */
export async function endLocationNote(tx: Tx, locationNumber: string, noteId: number): Promise<void> {
  const location = await tx.db.Location.findOne({ where: { locationNumber } });
  const note = location && (await tx.db.LocationNote.findByPk(noteId, { lock: true }));
  ensure(note && note.locationId === location.id, 'NOT_FOUND', 'There is no such note');
  ensure(note.endedAt === null, 'NOTE_ENDED', 'The note has ended already');
  await note.update({ endedBy: tx.actorId, endedAt: tx.now });
  tx.audit({ action: 'locationNote.ended', entity: 'location_note', entityId: noteId, data: { locationNumber } });
}
