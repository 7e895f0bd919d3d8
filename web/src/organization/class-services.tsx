import { Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { ActForm, Opens } from '../kit/act-form';
import { useForEditing } from '../kit/editing';
import { words } from '../kit/format';
import { Section } from '../kit/section';
import { useHolds } from '../session/session';
import { NewCode } from './new-code';

/** What a new service address of each class gets. */
export function ClassServices() {
  const { data } = api.useSuspenseQuery('get', '/rate-classes');
  const holds = useHolds();
  return (
    <Section
      title="Classes of places and rates"
      actions={
        holds('admin') && (
          <Opens label="Add a class">
            {(close) => <NewCode of="/rate-classes" submit="Add the class" onDone={close} />}
          </Opens>
        )
      }
    >
      <Stack>
        {data.data.map((each) => (
          <OfClass key={each.code} of={each} />
        ))}
      </Stack>
    </Section>
  );
}

function OfClass({ of: { code, name } }: { of: Schema<'ListedCode'> }) {
  const holds = useHolds();
  const params = { path: { classCode: code } };
  const { data } = api.useQuery('get', '/rate-classes/{classCode}/services', { params });
  return (
    <div>
      <Group gap="sm">
        <Text fw={600}>
          {name} ({code})
        </Text>
        {holds('admin') && (
          <Opens
            label="Change"
            title={`What a new place of ${name} gets`}
            size="compact-sm"
            aria-label={`Change ${name}`}
          >
            {(close) => <ClassForm classCode={code} name={name} onDone={close} />}
          </Opens>
        )}
      </Group>
      <Text size="sm">
        {data?.services.map(({ serviceCode, rateCode }) => `${words(serviceCode)} at ${rateCode}`).join(', ') ?? ''}
        {data && !data.hasOwnList && ' (the default of every place)'}
      </Text>
    </div>
  );
}

interface ClassFormProps {
  classCode: string;
  name: string;
  onDone: () => void;
}

function ClassForm({ classCode, name, onDone }: ClassFormProps) {
  const path = { classCode };
  const { body, etag } = useForEditing(`class ${classCode}`, () =>
    client.GET('/rate-classes/{classCode}/services', { params: { path } }),
  );
  const { data: services } = api.useSuspenseQuery('get', '/services');
  const [chosen, setChosen] = useState<Record<string, string>>(() =>
    Object.fromEntries(body.services.map(({ serviceCode, rateCode }) => [serviceCode, rateCode])),
  );
  const depositOf = (serviceCode: string) =>
    body.services.find((each) => each.serviceCode === serviceCode)?.depositCents ?? null;
  return (
    <ActForm
      submit={`Save what a new place of ${name} gets`}
      done="New places of this class get this"
      onDone={onDone}
      act={() => {
        const list = Object.entries(chosen).map(([serviceCode, rateCode]) => ({
          ...{ serviceCode, rateCode, depositCents: depositOf(serviceCode) },
        }));
        const params = { path, header: { 'If-Match': etag } };
        return sent(client.PUT('/rate-classes/{classCode}/services', { params, body: { services: list } }));
      }}
    >
      {() => (
        <>
          <Text size="sm">With none ticked, new places of the class get the default of every place.</Text>
          {services.data.map((service) => (
            <Group key={service.code}>
              <Checkbox
                label={service.name}
                w={180}
                checked={service.code in chosen}
                onChange={(event) => {
                  const { [service.code]: _gone, ...rest } = chosen;
                  const first = service.rates.find(({ isDefault }) => isDefault) ?? service.rates[0];
                  setChosen(event.currentTarget.checked ? { ...rest, [service.code]: first?.code ?? '' } : rest);
                }}
              />
              {service.code in chosen && (
                <Select
                  aria-label={`Rate of ${service.name}`}
                  allowDeselect={false}
                  data={service.rates.map(({ code, name: label }) => ({ value: code, label }))}
                  value={chosen[service.code] ?? null}
                  onChange={(rate) => setChosen({ ...chosen, [service.code]: rate ?? '' })}
                />
              )}
            </Group>
          ))}
        </>
      )}
    </ActForm>
  );
}
