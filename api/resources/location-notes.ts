import { ensure } from '../../db/errors';
import { findNote, listNotes } from '../../db/reads/location-notes';
import { addLocationNote, endLocationNote } from '../../db/records/location-notes';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { locationNote, noteBody, noteList, noteListQuery, noteParams } from '../schemas/location-notes';
import { locationParams } from '../schemas/places';

/** What the office notes about a place: notes for itself, alerts for whoever goes there. */
export const locationNoteRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /locations/{locationNumber}/notes',
    tag: 'Customers and places',
    summary: 'The notes and alerts of a place, ended and expired ones too, the newest first',
    params: locationParams,
    query: noteListQuery,
    answers: { 200: { description: 'A page of notes', schema: noteList } },
    handle: async ({ params: { locationNumber }, query }) => {
      const location = await deps.db.Location.findOne({ where: { locationNumber }, raw: true });
      ensure(location, 'NOT_FOUND', 'There is no such location');
      return ok(listAnswer(await listNotes(deps.db, location.id, pageRequest(query))));
    },
  }),

  route({
    name: 'POST /locations/{locationNumber}/notes',
    tag: 'Customers and places',
    summary: 'Notes something about a place; an alert is shown to whoever goes there',
    params: locationParams,
    body: noteBody,
    answers: { 201: { description: 'The note', schema: locationNote } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { id } = await addLocationNote(tx, call.params.locationNumber, call.body);
        return { status: 201, body: await findNote(tx.db, id) };
      }),
  }),

  route({
    name: 'POST /locations/{locationNumber}/notes/{noteId}/end',
    tag: 'Customers and places',
    summary: 'Ends a note or an alert; it stays in the list',
    params: noteParams,
    answers: { 200: { description: 'The note', schema: locationNote } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { locationNumber, noteId } = call.params;
        await endLocationNote(tx, locationNumber, noteId);
        return ok(await findNote(tx.db, noteId));
      }),
  }),
];
