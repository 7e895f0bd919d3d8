import { ensure } from '../../db/errors';
import { findUserRow, listPeople, listUsers } from '../../db/reads/users';
import { changeUser } from '../../db/records/user-changes';
import { createUser } from '../../db/records/users';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { hashPassword } from '../passwords';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  createdUser,
  newUserBody,
  people,
  peopleQuery,
  userList,
  userListQuery,
  userParams,
  userPatch,
  userShown,
} from '../schemas/users';

/** Who can sign in, and what they may do. */
export const userRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /people',
    tag: 'Office',
    summary: 'Who works here, by name: whom a task or an order can be given to, and who can be a deputy',
    query: peopleQuery,
    answers: { 200: { description: 'The people', schema: people } },
    handle: async ({ query }) => ok({ data: await listPeople(deps.db, query.role) }),
  }),

  route({
    name: 'GET /users',
    tag: 'Office',
    summary: 'Who can sign in',
    query: userListQuery,
    answers: { 200: { description: 'A page of users', schema: userList } },
    handle: async ({ query }) => ok(listAnswer(await listUsers(deps.db, pageRequest(query)))),
  }),

  route({
    name: 'GET /users/{username}',
    tag: 'Office',
    summary: 'One user',
    params: userParams,
    answers: { 200: { description: 'The user; the version is the ETag', schema: userShown } },
    handle: async ({ params }) => userAnswer(deps, params.username),
  }),

  route({
    name: 'POST /users',
    tag: 'Office',
    summary: 'Adds a user',
    body: newUserBody,
    answers: { 201: { description: 'The user', schema: createdUser } },
    handle: async (call) => {
      const { password, ...user } = call.body;
      const passwordHash = await hashPassword(password);
      return answerInTransaction(deps, call, async (tx) => {
        await createUser(tx, { ...user, passwordHash });
        return { status: 201, body: user };
      });
    },
  }),

  route({
    name: 'PATCH /users/{username}',
    tag: 'Office',
    summary:
      'Changes a name, roles or an own limit for approvals, or disables a user, which ends their sessions at once',
    params: userParams,
    body: userPatch,
    ifMatch: true,
    answers: { 200: { description: 'The user', schema: userShown } },
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, (tx) => changeUser(tx, params.username, ifMatch ?? '', body));
      return userAnswer(deps, params.username);
    },
  }),
];

async function userAnswer({ db }: ApiDeps, username: string) {
  const user = await findUserRow(db, username);
  ensure(user, 'NOT_FOUND', 'There is no such user');
  return ok(user, { ETag: `"${user.version}"` });
}
