import { Alert, Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, sent, sentWithEtag } from '../api/client';
import { CustomerFinder } from '../kit/customer-finder';
import { money } from '../kit/format';
import { faultAt, fieldId, ProblemSummary } from '../kit/problem-summary';
import { Section } from './section';
import classes from './set-up.module.css';

/** Who shares the responsibility for the account (row S13): chosen, found or added once the record is saved. */
export function CosignerSection({ accountNumber }: { accountNumber: string }) {
  const cache = useQueryClient();
  const params = { path: { accountNumber } };
  const queryKey = ['set-up', 'cosigner', accountNumber];
  const { data } = useQuery({
    queryKey,
    queryFn: () => sentWithEtag(client.GET('/accounts/{accountNumber}/cosigner', { params })),
  });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function act(work: () => Promise<unknown>) {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    } finally {
      await cache.invalidateQueries({ queryKey });
      setBusy(false);
    }
  }
  const choose = async (customerNumber: string) => {
    const header = { 'If-Match': data?.etag ?? '' };
    const body = { customerNumber };
    await sent(client.PUT('/accounts/{accountNumber}/cosigner', { params: { ...params, header }, body }));
  };
  const add = async (line: string, phone: string) => {
    const phones = phone ? [{ value: phone, purpose: null }] : [];
    const customer = {
      ...{ number: null, name: { line }, typeCode: null, phones, emails: [] },
      ...{ mailingAddress: null, alternateAddress: null },
    };
    const { customerNumber } = await sent(client.POST('/customers', { body: customer }));
    await choose(customerNumber);
  };

  const cosigner = data?.body.cosigner ?? null;
  return (
    <Section title="Cosigner" className={cosigner ? undefined : 'no-print'}>
      <ProblemSummary error={error} />
      {cosigner ? (
        <>
          <Group justify="space-between">
            <Text>
              <Anchor inherit href={`/customers/${cosigner.customerNumber}`} target="_blank" rel="noreferrer">
                {cosigner.displayName}, {cosigner.customerNumber}
              </Anchor>{' '}
              shares the responsibility for the account.
            </Text>
            <Button
              className="no-print"
              variant="default"
              size="compact-sm"
              disabled={busy}
              onClick={() => void act(() => sent(client.DELETE('/accounts/{accountNumber}/cosigner', { params })))}
            >
              Remove the cosigner
            </Button>
          </Group>
          {data?.body.oldDebts.map(({ accountNumber: owing, owedCents }) => (
            <Alert key={owing} color="yellow">
              The cosigner owes {money(owedCents)} on account {owing}, which has ended.
            </Alert>
          ))}
        </>
      ) : (
        <div>
          <Text size="sm" mb="xs">
            Nobody yet. A cosigner shares joint responsibility for what the account owes.
          </Text>
          <CustomerFinder
            label="Find a cosigner"
            action="Make cosigner"
            busy={busy || !data}
            onPick={({ customerNumber }) => void act(() => choose(customerNumber))}
          />
          <NewCosigner error={error} busy={busy || !data} onAdd={(line, phone) => void act(() => add(line, phone))} />
        </div>
      )}
    </Section>
  );
}

interface NewCosignerProps {
  error: unknown;
  busy: boolean;
  onAdd: (line: string, phone: string) => void;
}

function NewCosigner({ error, busy, onAdd }: NewCosignerProps) {
  const [opened, setOpened] = useState(false);
  if (!opened)
    return (
      <Button variant="default" size="compact-sm" onClick={() => setOpened(true)}>
        Add somebody who is new to the office
      </Button>
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const text = (name: string) => String(form.get(name) ?? '').trim();
        onAdd(text('name'), text('phone'));
      }}
    >
      <div className={classes.fields}>
        <TextInput
          id={fieldId('#/name/line')}
          name="name"
          label="Name of the cosigner"
          error={faultAt(error, '#/name/line')}
          autoComplete="off"
          autoFocus
        />
        <TextInput
          id={fieldId('#/phones/0/value')}
          name="phone"
          label="Telephone of the cosigner"
          error={faultAt(error, '#/phones/0/value')}
          autoComplete="off"
        />
      </div>
      <Button type="submit" mt="xs" disabled={busy}>
        Add as cosigner
      </Button>
    </form>
  );
}
