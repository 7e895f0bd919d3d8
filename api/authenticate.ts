import type { Request } from 'express';
import { sha256 } from '../db/canonical';
import { RefusedError } from '../db/errors';
import { findSession, touchSession } from '../db/records/sessions';
import { SYSTEM_USER_ID } from '../domain/roles';
import type { Actor, ApiDeps } from './deps';
import { LIMITS } from './limits';
import { sessionCookie } from './session-cookie';

/** Nobody: what a public route sees. */
export const NOBODY: Actor = { id: SYSTEM_USER_ID, username: '', displayName: '', roles: [] };

/** What a request proves itself by: a program's token or the console's cookie. */
export interface Credential {
  by: 'token' | 'cookie';
  /** SHA-256 of what the session table keeps. */
  tokenHash: string;
  /** After how long without use its session is over. */
  idleMs: number;
}

/** The token of an Authorization header or, without one, of the console's cookie; null when there is neither. */
export function credentialIn(req: Pick<Request, 'headers'>, production: boolean): Credential | null {
  const { idleMs, consoleIdleMs } = LIMITS.session;
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(req.headers.authorization ?? '')?.[1];
  if (token) return { by: 'token', tokenHash: sha256(token), idleMs };
  const cookie = sessionCookie(production).valueIn(req.headers.cookie);
  return cookie ? { by: 'cookie', tokenHash: cookieHash(cookie), idleMs: consoleIdleMs } : null;
}

/** The hash that a cookie's session is kept under: as a Bearer token, which may idle for longer, a cookie is worth nothing. */
export const cookieHash = (token: string): string => sha256(`cookie ${token}`);

/**
 * Who a credential belongs to, with the roles of this moment. What a screen fetches by itself does not count as use:
 * a desk that was left would stay open for as long as others work.
 */
export async function authenticate(
  { db }: Pick<ApiDeps, 'db'>,
  credential: Credential | null,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<Actor> {
  const { touchEveryMs } = LIMITS.session;
  const session = credential && (await findSession(db, credential.tokenHash, credential));
  if (!session) throw new RefusedError({ code: 'NOT_SIGNED_IN', message: 'Sign in first' });
  const { userId: id, username, displayName, roles, lastUsedAt } = session;
  const isOld = Date.now() - lastUsedAt.getTime() > touchEveryMs;
  if (isUse && isOld) await touchSession(db, id, credential.tokenHash);
  return { id, username, displayName, roles };
}
