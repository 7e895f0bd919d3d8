import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { AddressFields, addressBody, addressFaults, NO_ADDRESS } from '../kit/address-fields';
import { Field } from '../kit/field';
import { words } from '../kit/format';
import { linkTo } from '../kit/link-to';
import { mailLine } from '../kit/mail';
import { Page } from '../kit/page';

/** Setup New Locations: a place gets its number and the default services of its class. */
export function NewLocationPage() {
  const [made, setMade] = useState<Schema<'CreatedLocation'> | null>(null);
  if (made) return <Made place={made} onMore={() => setMade(null)} />;
  return (
    <Page title="Setup New Locations" lead="A new service address gets the default services of its class.">
      <NewLocation onMade={setMade} />
    </Page>
  );
}

function NewLocation({ onMade }: { onMade: (place: Schema<'CreatedLocation'>) => void }) {
  const { data: classes } = api.useSuspenseQuery('get', '/rate-classes');
  const [address, setAddress] = useState(NO_ADDRESS);
  const [classCode, setClassCode] = useState<string | null>(null);
  const [number, setNumber] = useState('');
  return (
    <Stack maw={640}>
      <ActForm
        submit={address.line1.trim() ? `Set up ${address.line1.trim()}` : 'Set up the location'}
        done="The location is set up"
        onDone={onMade}
        act={() => {
          check(addressFaults('#/address', address));
          const body = { address: addressBody(address), classCode, number: number.trim() || null };
          return sent(client.POST('/locations', { body }));
        }}
      >
        {(error) => (
          <>
            <AddressFields at="#/address" error={error} value={address} onChange={setAddress} />
            <Select
              label="Class (optional)"
              description="Decides the services and rates of the place"
              maw={320}
              clearable
              data={classes.data.map(({ code, name }) => ({ value: code, label: name }))}
              value={classCode}
              onChange={setClassCode}
            />
            {classCode && <ClassServices classCode={classCode} />}
            <Field
              at="#/number"
              error={error}
              label="Location number (optional)"
              description="The next number when it is left empty"
              maw={320}
              value={number}
              onChange={setNumber}
            />
          </>
        )}
      </ActForm>
    </Stack>
  );
}

function ClassServices({ classCode }: { classCode: string }) {
  const params = { path: { classCode } };
  const { data } = api.useQuery('get', '/rate-classes/{classCode}/services', { params });
  return (
    <Text size="sm">
      Services:{' '}
      {data?.services.map(({ serviceCode, rateCode }) => `${words(serviceCode)} (${rateCode})`).join(', ') || 'none'}
    </Text>
  );
}

function Made({ place, onMore }: { place: Schema<'CreatedLocation'>; onMore: () => void }) {
  return (
    <Page title={`${place.address.line1} is set up`}>
      <Stack align="flex-start">
        <Alert color="green" title={`Location ${place.locationNumber}`}>
          <Text size="sm">{mailLine(place.address)}</Text>
          <Text size="sm">Services: {place.services.map(words).join(', ') || 'none'}</Text>
        </Alert>
        <Group>
          <Button renderRoot={(props) => <Link {...linkTo(`/locations/${place.locationNumber}`)} {...props} />}>
            See the location
          </Button>
          <Button variant="default" onClick={onMore}>
            Set up another
          </Button>
        </Group>
      </Stack>
    </Page>
  );
}
