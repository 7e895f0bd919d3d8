import { randomBytes } from 'node:crypto';
import { sha256 } from '../../db/canonical';
import { RefusedError } from '../../db/errors';
import { openSession, revokeSession } from '../../db/records/sessions';
import { findUser, isLocked, rolesOfUser, signInFailed } from '../../db/records/users';
import { inTransaction } from '../../db/transaction';
import { SYSTEM_USER_ID } from '../../domain/roles';
import type { Actor, ApiDeps } from '../deps';
import { LIMITS } from '../limits';
import { passwordMatches } from '../passwords';
import { ok, route, type Route } from '../route';
import { me, signInBody, token as tokenSchema } from '../schemas/office';

/** Signing in and out. */
export const signInRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /tokens',
    tag: 'Signing in',
    summary: 'Signs in and gives out a token for 12 hours',
    body: signInBody,
    answers: { 201: { description: 'A token', schema: tokenSchema } },
    handle: async ({ body }) => ({ status: 201, body: await signIn(deps, body) }),
  }),

  route({
    name: 'DELETE /tokens/current',
    tag: 'Signing in',
    summary: 'Signs out: the token of this request is no longer good',
    answers: { 204: { description: 'Signed out', schema: null } },
    handle: async ({ actor, tokenHash }) => {
      await inTransaction(deps.db, actor.id, (tx) => revokeSession(tx, tokenHash));
      return { status: 204 };
    },
  }),

  route({
    name: 'GET /me',
    tag: 'Signing in',
    summary: 'Who is signed in',
    answers: { 200: { description: 'The user', schema: me } },
    handle: async ({ actor }) => ok(shown(actor)),
  }),
];

const shown = ({ username, displayName, roles }: Omit<Actor, 'id'>) => ({ username, displayName, roles });

// Unknown, disabled, locked and wrong: one answer, and as much work.
async function signIn({ db }: ApiDeps, { username, password }: { username: string; password: string }) {
  const user = await findUser(db, username);
  const matches = await passwordMatches(user?.passwordHash ?? null, password);
  if (!user || !matches || user.disabledAt || isLocked(user)) {
    const { triesBeforeLock: tries, lockMs } = LIMITS.signIn;
    if (user && !matches) await inTransaction(db, SYSTEM_USER_ID, (tx) => signInFailed(tx, user.id, { tries, lockMs }));
    throw new RefusedError({
      code: 'SIGN_IN_FAILED',
      message: 'User name or password is wrong, or the account is locked',
    });
  }
  const token = randomBytes(32).toString('base64url');
  const { lifeMs } = LIMITS.session;
  const expiresAt = await inTransaction(db, user.id, (tx) =>
    openSession(tx, user.id, { tokenHash: sha256(token), lifeMs }),
  );
  return { token, expiresAt, user: shown({ ...user.get(), roles: await rolesOfUser(db, user.id) }) };
}
