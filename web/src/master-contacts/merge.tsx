import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { Field } from '../kit/field';
import { faultAt, fieldId } from '../kit/problem-summary';

/** Merges a master contact into another; its customers go there. */
export function Merge({ contact, onDone }: { contact: Schema<'MasterContactDetail'>; onDone: () => void }) {
  const { masterContactId, displayName } = contact;
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const { data } = api.useQuery('get', '/master-contacts', { params: { query: { ...(q && { q }), limit: 20 } } });
  const [into, setInto] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const others = data?.data.filter((other) => other.masterContactId !== masterContactId) ?? [];
  return (
    <ActForm
      submit={`Merge ${displayName} into the other`}
      done="They are merged; the merge can be undone"
      onDone={onDone}
      act={() => {
        check({
          '#/into': !into && 'Choose the master contact that stays',
          '#/reason': !reason.trim() && 'Say how you know that they are one',
        });
        const params = { path: { masterContactId } };
        const body = { into: Number(into), reason: reason.trim() };
        return sent(client.POST('/master-contacts/{masterContactId}/merge', { params, body }));
      }}
    >
      {(error) => (
        <>
          <Select
            id={fieldId('#/into')}
            label="The master contact that stays"
            searchable
            searchValue={typed}
            onSearchChange={setTyped}
            filter={({ options }) => options}
            nothingFoundMessage="Nobody found"
            error={faultAt(error, '#/into')}
            data={others.map((other) => ({
              value: String(other.masterContactId),
              label: `${other.displayName} (${other.masterContactId})`,
            }))}
            value={into}
            onChange={setInto}
          />
          <Field at="#/reason" error={error} label="How do you know?" value={reason} onChange={setReason} />
        </>
      )}
    </ActForm>
  );
}
