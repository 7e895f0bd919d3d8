import { ensure } from '../../db/errors';
import { comparableOf, duplicatePairs, likelyDuplicates } from '../../db/reads/people/duplicates';
import { findMasterContact, listMasterContacts } from '../../db/reads/people/master-contacts';
import {
  assignMasterContact,
  createMasterContact,
  mergeMasterContacts,
  renameMasterContact,
  undoMerge,
} from '../../db/records/master-contacts';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  assignBody,
  duplicateList,
  duplicatesQuery,
  masterContactDetail,
  masterContactList,
  masterContactParams,
  masterContactQuery,
  mergeBody,
  merged,
  mergeParams,
  mergeUndone,
  newMasterContact,
  renameBody,
} from '../schemas/master-contacts';
import { customerParams } from '../schemas/places';

const TAG = 'Master contacts';

/** Which records are one person's or business's (domain.md row S14). */
export const masterContactRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /master-contacts',
    tag: TAG,
    summary: 'The Master Contacts list, by name or by a customer’s number or name where q is given',
    query: masterContactQuery,
    answers: { 200: { description: 'A page of master contacts', schema: masterContactList } },
    handle: async ({ query }) => {
      const filter = { q: query.q, merged: query.merged === 'true' };
      return ok(listAnswer(await listMasterContacts(deps.db, filter, pageRequest(query))));
    },
  }),

  route({
    name: 'POST /master-contacts',
    tag: TAG,
    summary: 'Makes one record of the person or business whose these customers are',
    body: newMasterContact,
    answers: { 201: { description: 'The master contact; the version is the ETag', schema: masterContactDetail } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { id } = await createMasterContact(tx, call.body);
        return { ...(await contactAnswer(deps, id)), status: 201 };
      }),
  }),

  route({
    name: 'GET /master-contacts/duplicates',
    tag: TAG,
    summary: 'Records that are likely of one person: of one customer, or pairs over all customers',
    query: duplicatesQuery,
    answers: { 200: { description: 'Pairs with score and reasons', schema: duplicateList } },
    handle: async ({ query }) => {
      if (query.customerNumber) return ok({ data: await pairsOf(deps, query.customerNumber), nextCursor: null });
      const { pairs, next } = await duplicatePairs(deps.db, pageRequest(query));
      return ok(listAnswer({ rows: pairs, next }));
    },
  }),

  route({
    name: 'GET /master-contacts/{masterContactId}',
    tag: TAG,
    summary: 'One master contact: its name, the related records and where each one is',
    params: masterContactParams,
    answers: { 200: { description: 'The master contact; the version is the ETag', schema: masterContactDetail } },
    handle: ({ params }) => contactAnswer(deps, params.masterContactId),
  }),

  route({
    name: 'PATCH /master-contacts/{masterContactId}',
    tag: TAG,
    summary: 'Gives a master contact another name',
    params: masterContactParams,
    body: renameBody,
    ifMatch: true,
    answers: { 200: { description: 'The master contact', schema: masterContactDetail } },
    handle: async ({ params, body, actor, ifMatch }) => {
      const { masterContactId } = params;
      await inTransaction(deps.db, actor.id, (tx) =>
        renameMasterContact(tx, masterContactId, ifMatch ?? '', body.name),
      );
      return contactAnswer(deps, masterContactId);
    },
  }),

  route({
    name: 'PUT /customers/{customerNumber}/master-contact',
    tag: TAG,
    summary: 'Gives a customer to a master contact, or to none; If-Match is the customer’s ETag',
    params: customerParams,
    body: assignBody,
    ifMatch: true,
    answers: { 204: { description: 'It is so', schema: null } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, (tx) =>
        assignMasterContact(tx, params.customerNumber, ifMatch ?? '', body.masterContactId),
      );
      return { status: 204 };
    },
  }),

  route({
    name: 'POST /master-contacts/{masterContactId}/merge',
    tag: TAG,
    summary: 'Merges a master contact into another; the merge can be undone',
    params: masterContactParams,
    body: mergeBody,
    answers: { 200: { description: 'The merge, with the customers that it moved', schema: merged } },
    handle: (call) => {
      const { into: intoId, reason } = call.body;
      const fromId = call.params.masterContactId;
      return answerInTransaction(deps, call, async (tx) =>
        ok(await mergeMasterContacts(tx, { fromId, intoId, reason })),
      );
    },
  }),

  route({
    name: 'POST /master-contacts/merges/{mergeId}/undo',
    tag: TAG,
    summary: 'Undoes a merge',
    params: mergeParams,
    answers: { 200: { description: 'Who went back, and who stays where they were put since', schema: mergeUndone } },
    handle: (call) => answerInTransaction(deps, call, async (tx) => ok(await undoMerge(tx, call.params.mergeId))),
  }),
];

async function contactAnswer({ db }: ApiDeps, id: number) {
  const found = await findMasterContact(db, id);
  ensure(found, 'NOT_FOUND', 'There is no such master contact');
  return ok(found.shown, { ETag: `"${found.version}"` });
}

async function pairsOf({ db }: ApiDeps, customerNumber: string) {
  const one = await db.Customer.findOne({ where: { customerNumber }, raw: true });
  const who = one && (await comparableOf(db, one.id));
  ensure(one && who, 'NOT_FOUND', 'There is no such customer');
  const { displayName, masterContactId } = one;
  const likely = await likelyDuplicates(db, who, { exceptId: one.id });
  return likely.map(({ customerId: _id, score, reasons, ...other }) => ({
    ...{ one: { customerNumber, displayName, masterContactId }, other, score, reasons },
  }));
}
