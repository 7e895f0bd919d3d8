import { useQueryClient } from '@tanstack/react-query';
import { api, client, sent } from '../api/client';
import { setConnection } from '../api/connection';

/** The roles of the office (domain.md section 5). */
export type Role = 'clerk' | 'supervisor' | 'field' | 'operator' | 'admin';

/** Who is signed in. */
export function useMe() {
  return api.useSuspenseQuery('get', '/me', {}, { staleTime: 60_000 }).data;
}

/** Whether who is signed in holds one of these roles. */
export function useHolds(): (...roles: Role[]) => boolean {
  const { roles } = useMe();
  return (...wanted) => wanted.some((role) => roles.includes(role));
}

/** Signing in and out. */
export function useSession() {
  const cache = useQueryClient();
  return {
    async signIn(username: string, password: string): Promise<void> {
      const { user } = await sent(client.POST('/session', { body: { username, password } }));
      const before = cache.getQueryData<{ username: string }>(['get', '/me', {}]);
      // Somebody else sits down at this desk: nothing of what the other one saw stays.
      if (before && before.username !== user.username) return window.location.assign('/');
      setConnection({ signedOut: false });
      await cache.invalidateQueries();
    },
    async signOut(): Promise<void> {
      await client.DELETE('/session').catch(() => undefined);
      window.location.assign('/');
    },
  };
}
