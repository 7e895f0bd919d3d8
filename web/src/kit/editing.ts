import { useSuspenseQuery } from '@tanstack/react-query';
import { sentWithEtag } from '../api/client';

/** A record as it is when its form opens, with the version to send back; it stays as it was read. */
export function useForEditing<T>(key: string, read: () => Promise<{ data?: T; response: Response }>) {
  return useSuspenseQuery({
    queryKey: ['editing', { key }],
    queryFn: () => sentWithEtag(read()),
    staleTime: Infinity,
    gcTime: 0,
  }).data;
}
