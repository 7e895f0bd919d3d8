import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Failed } from '../kit/failed';
import { Loading } from '../kit/loading';
import { DeskOf } from './desk';
import { DraftDesk, readDraft, type Answered } from './draft-desk';
import { FormBody } from './form-body';
import type { FormProblem } from './problems';

const here = getRouteApi('/set-up/$draftId');

/** The set-up form of a draft. */
export function FormPage() {
  const { draftId } = here.useParams();
  return <OneForm key={draftId} draftId={draftId} />;
}

function OneForm({ draftId }: { draftId: string }) {
  // Read anew whenever it is opened: the version that was seen before may be an old one.
  const [opening] = useState(() => crypto.randomUUID());
  const { data, error, refetch } = useQuery({
    queryKey: ['set-up', 'draft', draftId, opening],
    queryFn: () => readDraft(draftId),
    ...{ staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
  });
  if (error) return <Failed error={error} reset={() => void refetch()} />;
  if (!data) return <Loading lines={12} />;
  if (data.body.status === 'SAVED') return <Navigate to="/set-up/$draftId/saved" params={{ draftId }} replace />;
  return <Opened first={data} />;
}

function Opened({ first }: { first: Answered }) {
  const [desk] = useState(() => new DraftDesk(first));
  const [refused, setRefused] = useState<FormProblem[]>([]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (desk.snapshot().status !== 'SAVED') event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      // Whoever goes to another page of the console loses nothing of the last moment.
      void desk.flush();
    };
  }, [desk]);

  return (
    <DeskOf desk={desk} refused={refused}>
      <FormBody desk={desk} onRefused={setRefused} />
    </DeskOf>
  );
}
