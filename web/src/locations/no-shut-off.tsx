import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { ActForm, check, Opens } from '../kit/act-form';
import { useToday } from '../kit/clock';
import { DateInput } from '../kit/date-input';
import { Field } from '../kit/field';
import { civilDateOf, day, words } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';

type Protection = Schema<'NoShutOff'>;
const REASONS = ['MEDICAL', 'LEGAL', 'SAFETY', 'OTHER'] as const;

/** Why a place is or was not to be shut off. */
export function NoShutOffs({ locationNumber }: { locationNumber: string }) {
  const params = { path: { locationNumber } };
  const { data } = api.useSuspenseQuery('get', '/locations/{locationNumber}/no-shut-off', { params });
  return (
    <Section
      title="Not to be shut off"
      actions={<Opens label="Protect from shut-off">{(close) => <Protect {...params.path} onDone={close} />}</Opens>}
    >
      <Rows
        of={data.data}
        keyOf={({ noShutOffId }) => noShutOffId}
        empty="No protection from shut-off."
        columns={[
          ['Why', ({ reason, note }) => `${words(reason)}${note ? `: ${note}` : ''}`],
          ['For', ({ accountNumber }) => accountNumber ?? 'Whoever lives there'],
          ['Through', ({ untilOn, endedAt }) => `${day(untilOn)}${endedAt ? ' (ended before)' : ''}`],
          ['', (protection) => <End locationNumber={locationNumber} protection={protection} />],
        ]}
      />
    </Section>
  );
}

function End({ locationNumber, protection }: { locationNumber: string; protection: Protection }) {
  const today = useToday();
  const { noShutOffId, untilOn, endedAt, reason } = protection;
  const end = useAct(
    () =>
      sent(
        client.POST('/locations/{locationNumber}/no-shut-off/{noShutOffId}/end', {
          params: { path: { locationNumber, noShutOffId } },
        }),
      ),
    { done: 'The protection is ended' },
  );
  if (endedAt || untilOn < today) return null;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className="no-print"
      aria-label={`End the protection: ${words(reason)}`}
      loading={end.isPending}
      onClick={() => end.mutate()}
    >
      End
    </Button>
  );
}

function Protect({ locationNumber, onDone }: { locationNumber: string; onDone: () => void }) {
  const [reason, setReason] = useState<Protection['reason']>('MEDICAL');
  const [note, setNote] = useState('');
  const [until, setUntil] = useState('');
  return (
    <ActForm
      submit="Protect the place from shut-off"
      done="The place is not shut off through that day"
      onDone={onDone}
      act={() => {
        const untilOn = civilDateOf(until) ?? '';
        check({ '#/untilOn': !untilOn && 'Give the last day of the protection' });
        const params = { path: { locationNumber } };
        const body = { accountNumber: null, reason, note: note.trim() || null, untilOn };
        return sent(client.POST('/locations/{locationNumber}/no-shut-off', { params, body }));
      }}
    >
      {(error) => (
        <>
          <Select
            label="Why"
            allowDeselect={false}
            maw={260}
            data={REASONS.map((code) => ({ value: code, label: words(code) }))}
            value={reason}
            onChange={(value) => setReason((value ?? 'MEDICAL') as Protection['reason'])}
          />
          <DateInput
            id={fieldId('#/untilOn')}
            label="Through"
            value={until}
            onChange={setUntil}
            error={faultAt(error, '#/untilOn')}
          />
          <Field at="#/note" error={error} label="Note (optional)" value={note} onChange={setNote} />
        </>
      )}
    </ActForm>
  );
}
