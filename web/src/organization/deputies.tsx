import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent } from '../api/client';
import { useAct } from '../kit/act';
import { ActForm, check, Opens } from '../kit/act-form';
import { useToday } from '../kit/clock';
import { DateInput } from '../kit/date-input';
import { civilDateOf, day, usDate } from '../kit/format';
import { PersonSelect } from '../kit/person-select';
import { faultAt, fieldId } from '../kit/problem-summary';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { useHolds, useMe } from '../session/session';

/** Who is away, and who stands in. */
export function Deputies() {
  const { data } = api.useSuspenseQuery('get', '/deputies');
  const cancel = useAct(
    (absenceId: number) => sent(client.DELETE('/deputies/{absenceId}', { params: { path: { absenceId } } })),
    { done: 'The absence is canceled' },
  );
  return (
    <Section title="Deputies" actions={<Opens label="Note an absence">{(close) => <Away onDone={close} />}</Opens>}>
      <Rows
        of={data.data}
        keyOf={({ absenceId }) => absenceId}
        empty="Nobody is or will be away."
        columns={[
          ['Away', ({ person }) => person.displayName],
          ['Deputy', ({ deputy }) => deputy.displayName],
          ['From, through', ({ from, through }) => `${day(from)} to ${day(through)}`],
          [
            '',
            ({ absenceId, person }) => (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Cancel the absence of ${person.displayName}`}
                loading={cancel.isPending && cancel.variables === absenceId}
                onClick={() => cancel.mutate(absenceId)}
              >
                Cancel
              </Button>
            ),
          ],
        ]}
      />
    </Section>
  );
}

function Away({ onDone }: { onDone: () => void }) {
  const me = useMe();
  const holds = useHolds();
  const today = useToday();
  const [username, setUsername] = useState<string | null>(me.username);
  const [deputy, setDeputy] = useState<string | null>(null);
  const [typed, setTyped] = useState({ from: usDate(today), through: '' });
  return (
    <ActForm
      submit="Note the absence"
      done="The deputy sees the tasks in those days"
      onDone={onDone}
      act={() => {
        const from = civilDateOf(typed.from) ?? '';
        const through = civilDateOf(typed.through) ?? '';
        check({
          '#/deputy': !deputy && 'Choose who stands in',
          '#/from': !from && 'Give the first day',
          '#/through': !through && 'Give the last day',
        });
        const body = { ...(username && username !== me.username && { username }), deputy: deputy ?? '', from, through };
        return sent(client.POST('/deputies', { body }));
      }}
    >
      {(error) => (
        <>
          {holds('supervisor', 'admin') && <PersonSelect label="Who is away" value={username} onChange={setUsername} />}
          <PersonSelect
            id={fieldId('#/deputy')}
            label="Deputy"
            error={faultAt(error, '#/deputy')}
            value={deputy}
            onChange={setDeputy}
          />
          <Group align="flex-start">
            <DateInput
              id={fieldId('#/from')}
              label="From"
              error={faultAt(error, '#/from')}
              value={typed.from}
              onChange={(from) => setTyped({ ...typed, from })}
            />
            <DateInput
              id={fieldId('#/through')}
              label="Through"
              error={faultAt(error, '#/through')}
              value={typed.through}
              onChange={(through) => setTyped({ ...typed, through })}
            />
          </Group>
        </>
      )}
    </ActForm>
  );
}
