import { Alert, Anchor, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import { wordsOf } from '../api/problem';
import { Facts } from '../kit/facts';
import { day } from '../kit/format';
import { fieldId } from '../kit/problem-summary';
import { AddressFields } from './address-fields';
import { NO_ADDRESS, withCopy } from './content';
import { useDesk } from './desk';
import { ChoiceField, TextField } from './fields';
import { PreviousFinder } from './previous-finder';
import { Copied, Section } from './section';
import classes from './set-up.module.css';
import { copyOf, useCopied } from './use-copied';

const NEW_PLACE = { number: null, address: NO_ADDRESS, classCode: null };

/** Where: a place that is there, as the previous customer had it, or a new one (rows S6 and S7). */
export function LocationTab() {
  const { content } = useDesk();
  const { location } = content;
  return (
    <div className={classes.columns}>
      {'existing' in location ? <ExistingPlace number={location.existing} /> : <NewPlaceFields />}
      <CopyFrom />
    </div>
  );
}

/** Copies from another previous customer at any time: the form is filled at once, whom and when stay as typed. */
function CopyFrom() {
  const { content, change } = useDesk();
  const [ticked, setTicked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const source = useCopied();

  async function copy(customerNumber: string, locationNumber: string) {
    setBusy(true);
    setFailure(null);
    try {
      const copied = await copyOf(customerNumber, locationNumber);
      change((form) => withCopy(form, copied));
      setTicked(false);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Section title="Copy from a previous customer" aside={<Copied mark={content.copiedFrom ? 'COPIED' : null} />}>
      {content.copiedFrom && (
        <Text size="sm">
          From account {content.copiedFrom}
          {source && (
            <>
              {' of '}
              <Anchor inherit href={`/customers/${source.customerNumber}`} target="_blank" rel="noreferrer">
                {source.customerName}
              </Anchor>
            </>
          )}
          . Their record stays as it is.
        </Text>
      )}
      <Checkbox
        label={content.copiedFrom ? 'Copy from another previous customer' : 'Copy from a previous customer'}
        description="Location, services, proposed deposits and orders of this form are replaced; name and start stay."
        checked={ticked}
        onChange={({ currentTarget }) => setTicked(currentTarget.checked)}
      />
      {ticked && (
        <PreviousFinder
          label="Find the last customer at the place"
          autoFocus
          busy={busy}
          onPick={({ customerNumber, locationNumber }) => void copy(customerNumber, locationNumber)}
        />
      )}
      {failure !== null && <Alert color="red">{wordsOf(failure)}</Alert>}
    </Section>
  );
}

function ExistingPlace({ number }: { number: string }) {
  const { set, problemAt, change } = useDesk();
  const source = useCopied();
  const query = { params: { path: { locationNumber: number } } };
  const { data: place, error } = api.useQuery('get', '/locations/{locationNumber}', query, { enabled: number !== '' });
  const problem = problemAt('#/location/existing');
  const isCopied = source !== null && 'existing' in source.form.location && source.form.location.existing === number;
  return (
    <Section title="Location" aside={<Copied mark={isCopied ? 'COPIED' : null} />}>
      <Stack gap="sm" id={fieldId('#/location/existing')} tabIndex={-1}>
        {(problem || error) && <Alert color="red">{problem ?? wordsOf(error)}</Alert>}
        {place && (
          <Facts
            of={[
              ['Location number', place.locationNumber],
              ['Service address', inOneLine(place.address)],
              ['Rate class', place.classCode],
              ['Landlord', place.landlord && `${place.landlord.customerName}, since ${day(place.landlord.startOn)}`],
            ]}
          />
        )}
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => change((form) => ({ ...form, location: NEW_PLACE, copiedFrom: null }))}
          >
            Set up a new location instead
          </Button>
        </div>
      </Stack>
      {number === '' && <Button onClick={() => set('#/location', NEW_PLACE)}>Set up a new location</Button>}
    </Section>
  );
}

const inOneLine = (address: { line1: string; line2: string | null; city: string; state: string; postalCode: string }) =>
  [address.line1, address.line2, `${address.city} ${address.state} ${address.postalCode}`].filter(Boolean).join(', ');

/** A new location: its number and service address; it is added to the locations by the save. */
function NewPlaceFields() {
  const rateClasses = api.useSuspenseQuery('get', '/rate-classes').data.data;
  return (
    <Section title="New location">
      <Text size="sm">It is added to the locations when you save, with the billing services of this form.</Text>
      <AddressFields at="#/location/address" />
      <Group align="flex-start">
        <TextField
          at="#/location/number"
          label="Location number"
          description="Left empty, the next one is given"
          nullable
          w={220}
        />
        <ChoiceField
          at="#/location/classCode"
          label="Rate class"
          description="Decides which rates may be had"
          none="As the customer type says"
          of={rateClasses.map(({ code, name }) => ({ value: code, label: name }))}
          w={240}
        />
      </Group>
    </Section>
  );
}
