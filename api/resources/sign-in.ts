import { randomBytes } from 'node:crypto';
import { sha256 } from '../../db/canonical';
import { RefusedError } from '../../db/errors';
import { findSession, openSession, revokeSession } from '../../db/records/sessions';
import { findUser, isLocked, rolesOfUser, signInFailed } from '../../db/records/users';
import { inTransaction } from '../../db/transaction';
import { SYSTEM_USER_ID } from '../../domain/roles';
import { cookieHash, type Credential } from '../authenticate';
import type { Actor, ApiDeps } from '../deps';
import { LIMITS } from '../limits';
import { passwordMatches } from '../passwords';
import { ok, route, type Call, type Route } from '../route';
import { sessionCookie } from '../session-cookie';
import { consoleSession, me, signInBody, token as tokenSchema } from '../schemas/office';

/** Signing in and out. */
export const signInRoutes = (deps: ApiDeps): Route[] => {
  const cookie = sessionCookie(deps.config.production);
  return [
    route({
      name: 'POST /tokens',
      tag: 'Signing in',
      summary: 'Signs in and gives out a token for 12 hours',
      body: signInBody,
      answers: { 201: { description: 'A token', schema: tokenSchema } },
      handle: async ({ body }) => {
        const { id, ...user } = await proven(deps, body);
        const token = newToken();
        const expiresAt = await inTransaction(deps.db, id, (tx) =>
          openSession(tx, id, { tokenHash: sha256(token), lifeMs }),
        );
        return { status: 201, body: { token, expiresAt, user } };
      },
    }),

    route({
      name: 'DELETE /tokens/current',
      tag: 'Signing in',
      summary: 'Signs out: the token of this request is no longer good',
      answers: { 204: { description: 'Signed out', schema: null } },
      handle: async (call) => {
        await signOut(deps, call);
        return { status: 204 };
      },
    }),

    route({
      name: 'POST /session',
      tag: 'Signing in',
      summary: 'Signs in the console of a browser: a cookie for 12 hours that ends after 15 minutes without use',
      body: signInBody,
      answers: { 201: { description: 'Signed in, with the cookie set', schema: consoleSession } },
      handle: async ({ body, credential }) => {
        const { id, ...user } = await proven(deps, body);
        const token = newToken();
        const expiresAt = await inTransaction(deps.db, id, async (tx) => {
          // The browser forgets the cookie it had: whoever keeps a copy of it is not to go on with it.
          if (credential?.by === 'cookie') await revokeSession(tx, credential.tokenHash);
          return openSession(tx, id, { tokenHash: cookieHash(token), lifeMs });
        });
        return { status: 201, body: { expiresAt, user }, headers: { 'Set-Cookie': cookie.set(token) } };
      },
    }),

    route({
      name: 'DELETE /session',
      tag: 'Signing in',
      summary: 'Signs out: the session of this request is over and its cookie is taken back',
      answers: { 204: { description: 'Signed out', schema: null } },
      handle: async (call) => {
        await signOut(deps, call);
        return { status: 204, headers: { 'Set-Cookie': cookie.clear() } };
      },
    }),

    route({
      name: 'GET /me',
      tag: 'Signing in',
      summary: 'Who is signed in',
      answers: { 200: { description: 'The user', schema: me } },
      handle: async ({ actor, credential }) => ok({ ...shown(actor), ...(await endOf(deps, credential)) }),
    }),
  ];
};

const { lifeMs } = LIMITS.session;

const shown = ({ username, displayName, roles }: Omit<Actor, 'id'>) => ({ username, displayName, roles });

const newToken = () => randomBytes(32).toString('base64url');

async function signOut({ db }: ApiDeps, { actor, credential }: Pick<Call, 'actor' | 'credential'>): Promise<void> {
  if (credential) await inTransaction(db, actor.id, (tx) => revokeSession(tx, credential.tokenHash));
}

async function endOf({ db }: ApiDeps, credential: Credential | null) {
  const session = credential && (await findSession(db, credential.tokenHash, credential));
  if (!session) throw new RefusedError({ code: 'NOT_SIGNED_IN', message: 'Sign in first' });
  return { expiresAt: session.expiresAt, idleSeconds: credential.idleMs / 1000 };
}

// Unknown, disabled, locked and wrong: one answer, and as much work.
async function proven({ db }: ApiDeps, { username, password }: { username: string; password: string }) {
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
  return { id: user.id, ...shown({ ...user.get(), roles: await rolesOfUser(db, user.id) }) };
}
