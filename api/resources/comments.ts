import type { z } from 'zod';
import { ensure } from '../../db/errors';
import { exists, listAttachments, listComments } from '../../db/reads/comments';
import { addAttachment, addComment, type AddedTo } from '../../db/records/comments';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { ok, route, type Answer, type Call, type Route } from '../route';
import { caseParams } from '../schemas/cases';
import {
  addedListQuery,
  attachmentBody,
  attachmentList,
  attachmentShown,
  commentBody,
  commentList,
  commentShown,
} from '../schemas/comments';
import { listAnswer, pageRequest } from '../schemas/common';
import { taskParams } from '../schemas/tasks';

const comments = { 200: { description: 'A page of comments, the oldest first', schema: commentList } };
const commented = { 201: { description: 'The comment', schema: commentShown } };
const documents = { 200: { description: 'A page of documents, the oldest first', schema: attachmentList } };
const documented = { 201: { description: 'The document, by its reference', schema: attachmentShown } };

/** What people add to cases and tasks: comments, and documents by reference. Nothing of it goes through Temporal. */
export const commentRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /cases/{caseId}/comments',
    tag: 'Comments',
    summary: 'The comments on a case and on its tasks',
    params: caseParams,
    query: addedListQuery,
    answers: comments,
    handle: ({ params, query }) => commentsOn(deps, params, query),
  }),

  route({
    name: 'POST /cases/{caseId}/comments',
    tag: 'Comments',
    summary: 'Writes a comment on a case, open or closed',
    params: caseParams,
    body: commentBody,
    answers: commented,
    handle: (call) => comment(deps, call, call.params),
  }),

  route({
    name: 'GET /tasks/{taskId}/comments',
    tag: 'Comments',
    summary: 'The comments on a task',
    params: taskParams,
    query: addedListQuery,
    answers: comments,
    handle: ({ params, query }) => commentsOn(deps, params, query),
  }),

  route({
    name: 'POST /tasks/{taskId}/comments',
    tag: 'Comments',
    summary: 'Writes a comment on a task',
    params: taskParams,
    body: commentBody,
    answers: commented,
    handle: (call) => comment(deps, call, call.params),
  }),

  route({
    name: 'GET /cases/{caseId}/attachments',
    tag: 'Comments',
    summary: 'The documents of a case and of its tasks',
    params: caseParams,
    query: addedListQuery,
    answers: documents,
    handle: ({ params, query }) => documentsOf(deps, params, query),
  }),

  route({
    name: 'POST /cases/{caseId}/attachments',
    tag: 'Comments',
    summary: 'Notes a document of a case, open or closed, by its reference',
    params: caseParams,
    body: attachmentBody,
    answers: documented,
    handle: (call) => document(deps, call, call.params),
  }),

  route({
    name: 'GET /tasks/{taskId}/attachments',
    tag: 'Comments',
    summary: 'The documents of a task',
    params: taskParams,
    query: addedListQuery,
    answers: documents,
    handle: ({ params, query }) => documentsOf(deps, params, query),
  }),

  route({
    name: 'POST /tasks/{taskId}/attachments',
    tag: 'Comments',
    summary: 'Notes a document of a task, by its reference',
    params: taskParams,
    body: attachmentBody,
    answers: documented,
    handle: (call) => document(deps, call, call.params),
  }),
];

type ListQuery = z.output<typeof addedListQuery>;

async function commentsOn({ db }: ApiDeps, on: AddedTo, query: ListQuery): Promise<Answer> {
  await ensureThere({ db }, on);
  return ok(listAnswer(await listComments(db, on, pageRequest(query))));
}

async function documentsOf({ db }: ApiDeps, of: AddedTo, query: ListQuery): Promise<Answer> {
  await ensureThere({ db }, of);
  return ok(listAnswer(await listAttachments(db, of, pageRequest(query))));
}

const comment = (deps: ApiDeps, call: Call<unknown, unknown, z.output<typeof commentBody>>, on: AddedTo) =>
  answerInTransaction(deps, call, async (tx) => {
    const { id: commentId, caseId, taskId, text, createdAt } = await addComment(tx, on, call.body);
    return { status: 201, body: { commentId, caseId, taskId, text, createdAt, author: personOf(call) } };
  });

const document = (deps: ApiDeps, call: Call<unknown, unknown, z.output<typeof attachmentBody>>, of: AddedTo) =>
  answerInTransaction(deps, call, async (tx) => {
    const { id: attachmentId, caseId, taskId, createdAt } = await addAttachment(tx, of, call.body);
    return { status: 201, body: { attachmentId, caseId, taskId, ...call.body, createdAt, author: personOf(call) } };
  });

const personOf = ({ actor: { username, displayName } }: Call) => ({ username, displayName });

async function ensureThere({ db }: Pick<ApiDeps, 'db'>, on: AddedTo): Promise<void> {
  ensure(await exists(db, on), 'NOT_FOUND', 'There is no such case or task');
}
