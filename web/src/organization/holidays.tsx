import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent } from '../api/client';
import { useAct } from '../kit/act';
import { ActForm, check, Opens } from '../kit/act-form';
import { DateInput } from '../kit/date-input';
import { Field } from '../kit/field';
import { civilDateOf, day } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { useHolds } from '../session/session';

/** The days on which the office does not work. */
export function Holidays() {
  const { data } = api.useSuspenseQuery('get', '/holidays');
  const holds = useHolds();
  const remove = useAct((date: string) => sent(client.DELETE('/holidays/{date}', { params: { path: { date } } })), {
    done: 'It is an ordinary day again',
  });
  return (
    <Section
      title="Holidays"
      actions={holds('admin') && <Opens label="Add a holiday">{(close) => <NewHoliday onDone={close} />}</Opens>}
    >
      <Rows
        of={data.data}
        keyOf={({ date }) => date}
        empty="No holiday to come."
        columns={[
          ['Day', ({ date }) => day(date)],
          ['Holiday', ({ name }) => name],
          [
            '',
            ({ date, name }) =>
              holds('admin') && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Remove ${name}, ${day(date)}`}
                  loading={remove.isPending && remove.variables === date}
                  onClick={() => remove.mutate(date)}
                >
                  Remove
                </Button>
              ),
          ],
        ]}
      />
    </Section>
  );
}

function NewHoliday({ onDone }: { onDone: () => void }) {
  const [on, setOn] = useState('');
  const [name, setName] = useState('');
  return (
    <ActForm
      submit="Add the holiday"
      done="The office does not work on that day"
      onDone={onDone}
      act={() => {
        const date = civilDateOf(on) ?? '';
        check({ '#/date': !date && 'Give the day', '#/name': !name.trim() && 'Give the name of the holiday' });
        return sent(client.POST('/holidays', { body: { date, name: name.trim() } }));
      }}
    >
      {(error) => (
        <>
          <DateInput id={fieldId('#/date')} label="Day" error={faultAt(error, '#/date')} value={on} onChange={setOn} />
          <Field at="#/name" error={error} label="Holiday" value={name} onChange={setName} />
        </>
      )}
    </ActForm>
  );
}
