import { Stack, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { useForEditing } from '../kit/editing';
import { Page } from '../kit/page';
import { SETTING_GROUPS, type SettingGroup } from './fields';
import { faultOf, patchOf, pointerOf, typedOf, type Typed } from './form';
import { SettingInput } from './setting-input';

const here = getRouteApi('/settings');

/** The policy of the office, in groups; each change is on record in the audit log. */
export function SettingsPage() {
  const { group = SETTING_GROUPS[0]?.key } = here.useSearch();
  const navigate = here.useNavigate();
  const { body: settings, etag } = useForEditing('settings', () => client.GET('/settings'));
  return (
    <Page
      title="Settings"
      lead="Cases that run keep to what held when their step began. Every change is in the audit log."
    >
      <Tabs
        value={group ?? null}
        keepMounted={false}
        onChange={(value) => void navigate({ search: value ? { group: value } : {} })}
      >
        <Tabs.List mb="md">
          {SETTING_GROUPS.map(({ key, title }) => (
            <Tabs.Tab key={key} value={key}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SETTING_GROUPS.map((each) => (
          <Tabs.Panel key={each.key} value={each.key}>
            <GroupForm key={etag} group={each} settings={settings} etag={etag} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

interface GroupFormProps {
  group: SettingGroup;
  settings: Schema<'Settings'>;
  etag: string;
}

function GroupForm({ group: { title, fields }, settings, etag }: GroupFormProps) {
  const [typed, setTyped] = useState<Record<string, Typed>>(() =>
    Object.fromEntries(fields.map((field) => [pointerOf(field), typedOf(settings, field)])),
  );
  return (
    <Stack maw={640}>
      <ActForm
        submit={`Save: ${title}`}
        done="The settings are saved"
        act={() => {
          check(
            Object.fromEntries(fields.map((each) => [pointerOf(each), faultOf(each[3], typed[pointerOf(each)] ?? '')])),
          );
          const body = patchOf(settings, fields, typed);
          check({
            [pointerOf(fields[0] as SettingGroup['fields'][number])]:
              Object.keys(body).length === 0 && 'Nothing was changed',
          });
          return sent(client.PATCH('/settings', { params: { header: { 'If-Match': etag } }, body }));
        }}
      >
        {(error) =>
          fields.map((field) => (
            <SettingInput
              key={pointerOf(field)}
              at={pointerOf(field)}
              label={field[2]}
              kind={field[3]}
              error={error}
              value={typed[pointerOf(field)] ?? ''}
              onChange={(value) => setTyped((before) => ({ ...before, [pointerOf(field)]: value }))}
            />
          ))
        }
      </ActForm>
    </Stack>
  );
}
