import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client, sent, sentWithEtag } from '../api/client';
import { ProblemSummary } from '../kit/problem-summary';
import { Section } from './section';

/** The master contact of the customer (row S14): likely duplicates first, then found, or a new one; or left blank. */
export function MasterContactSection({ customerNumber }: { customerNumber: string }) {
  const cache = useQueryClient();
  const path = { customerNumber };
  const { data } = useSuspenseQuery({
    queryKey: ['set-up', 'master-contact-of', customerNumber],
    queryFn: () => sentWithEtag(client.GET('/customers/{customerNumber}', { params: { path } })),
  });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function act(work: Promise<unknown>) {
    setBusy(true);
    setError(null);
    try {
      await work;
    } catch (problem) {
      setError(problem);
    } finally {
      await cache.invalidateQueries();
      setBusy(false);
    }
  }
  const assign = (masterContactId: number | null) =>
    void act(
      sent(
        client.PUT('/customers/{customerNumber}/master-contact', {
          params: { path, header: { 'If-Match': data.etag } },
          body: { masterContactId },
        }),
      ),
    );
  const create = (customerNumbers: string[]) =>
    void act(sent(client.POST('/master-contacts', { body: { customerNumbers, name: null } })));

  const { masterContact, displayName } = data.body;
  return (
    <Section title="Master contact" className={masterContact ? undefined : 'no-print'}>
      <ProblemSummary error={error} />
      {masterContact ? (
        <Group justify="space-between">
          <Text>{masterContact.displayName}</Text>
          <Button className="no-print" size="compact-sm" variant="default" disabled={busy} onClick={() => assign(null)}>
            Leave it blank
          </Button>
        </Group>
      ) : (
        <Stack gap="sm">
          <Text size="sm">
            None: it may be left blank. A master contact joins the records of one person or business.
          </Text>
          <Likely customerNumber={customerNumber} busy={busy} onAssign={assign} onCreate={create} />
          <FindContact busy={busy} onAssign={assign} />
          <div>
            <Button size="compact-sm" variant="default" disabled={busy} onClick={() => create([customerNumber])}>
              Make {displayName} a new master contact
            </Button>
          </div>
        </Stack>
      )}
    </Section>
  );
}

interface LikelyProps {
  customerNumber: string;
  busy: boolean;
  onAssign: (masterContactId: number) => void;
  onCreate: (customerNumbers: string[]) => void;
}

function Likely({ customerNumber, busy, onAssign, onCreate }: LikelyProps) {
  const query = { params: { query: { customerNumber, limit: 5 } } };
  const pairs = api.useQuery('get', '/master-contacts/duplicates', query).data?.data ?? [];
  const others = pairs.map(({ one, other }) => (one.customerNumber === customerNumber ? other : one));
  if (others.length === 0) return null;
  return (
    <Alert color="yellow" title="Likely the same person or business">
      {others.map(({ customerNumber: number, displayName, masterContactId }) => (
        <Group key={number} justify="space-between" mb={4}>
          <Text size="sm">
            {displayName}, {number}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            disabled={busy}
            aria-label={`Join with ${displayName}, ${number}`}
            onClick={() => (masterContactId === null ? onCreate([customerNumber, number]) : onAssign(masterContactId))}
          >
            {masterContactId === null ? 'Join both under one' : 'Use their master contact'}
          </Button>
        </Group>
      ))}
    </Alert>
  );
}

function FindContact({ busy, onAssign }: { busy: boolean; onAssign: (masterContactId: number) => void }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const query = { params: { query: { q: asked, limit: 5 } } };
  const found = api.useQuery('get', '/master-contacts', query, { enabled: asked.length > 1 }).data?.data ?? [];
  return (
    <>
      <TextInput
        label="Find a master contact"
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {asked.length > 1 &&
        found.map(({ masterContactId, displayName, customers }) => (
          <Group key={masterContactId} justify="space-between">
            <Text size="sm">
              {displayName}, {customers === 1 ? 'one record' : `${customers} records`}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              aria-label={`Assign ${displayName}`}
              onClick={() => onAssign(masterContactId)}
            >
              Assign
            </Button>
          </Group>
        ))}
    </>
  );
}
