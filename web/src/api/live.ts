import { useQueryClient, type Query } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useConnection } from './connection';

// What a change of a case or a task may alter on the page. Forms that are being filled are not fetched again.
const LIVE = /^\/(home|cases|tasks|accounts|locations|service-orders|customers|search)/;
const TOGETHER_MS = 400;

/** Fetches again what is on the page when somebody else, or the system, has changed it. */
export function useLive(): void {
  const cache = useQueryClient();
  const { signedOut } = useConnection();
  useEffect(() => {
    if (signedOut) return;
    let timer: number | undefined;
    const refresh = () => {
      timer ??= window.setTimeout(() => {
        timer = undefined;
        void cache.invalidateQueries({ predicate: isLive });
      }, TOGETHER_MS);
    };
    const events = new EventSource('/api/v1/events');
    let lost = false;
    events.addEventListener('change', refresh);
    events.addEventListener('reset', refresh);
    // What happened while the line was cut may be older than what the server still tells.
    events.addEventListener('open', () => lost && refresh());
    events.addEventListener('error', () => (lost = true));
    return () => {
      window.clearTimeout(timer);
      events.close();
    };
  }, [cache, signedOut]);
}

const isLive = ({ queryKey }: Query): boolean => typeof queryKey[1] === 'string' && LIVE.test(queryKey[1]);
