import { sha256 } from '../db/canonical';
import { RefusedError } from '../db/errors';
import { findSession, touchSession } from '../db/records/sessions';
import { SYSTEM_USER_ID } from '../domain/roles';
import type { Actor, ApiDeps } from './deps';
import { LIMITS } from './limits';

/** Nobody: what a public route sees. */
export const NOBODY: Actor = { id: SYSTEM_USER_ID, username: '', displayName: '', roles: [] };

/** The hash of the token in an Authorization header, or null when there is none. */
export function tokenHashIn(header: string | undefined): string | null {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(header ?? '')?.[1];
  return token ? sha256(token) : null;
}

/** Who a token belongs to, with the roles of this moment. */
export async function authenticate({ db }: ApiDeps, tokenHash: string | null): Promise<Actor> {
  const { idleMs, touchEveryMs } = LIMITS.session;
  const session = tokenHash && (await findSession(db, tokenHash, { idleMs }));
  if (!session) throw new RefusedError({ code: 'NOT_SIGNED_IN', message: 'Sign in first' });
  const { userId: id, username, displayName, roles, lastUsedAt } = session;
  if (Date.now() - lastUsedAt.getTime() > touchEveryMs) await touchSession(db, id, tokenHash);
  return { id, username, displayName, roles };
}
