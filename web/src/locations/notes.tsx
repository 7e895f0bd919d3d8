import { Button, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { ActForm, check, Opens } from '../kit/act-form';
import { DateInput } from '../kit/date-input';
import { civilDateOf, day, moment, words } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';

type Note = Schema<'LocationNote'>;

/** The notes and alerts of a place that hold now. */
export function Notes({ location: { locationNumber, notes, alerts } }: { location: Schema<'LocationDetail'> }) {
  const ids = new Set(alerts.map(({ noteId }) => noteId));
  return (
    <Section
      title="Notes and alerts"
      actions={
        <Opens label="Add a note or alert">
          {(close) => <NewNote locationNumber={locationNumber} onDone={close} />}
        </Opens>
      }
    >
      <Rows
        of={[...alerts, ...notes.filter(({ noteId }) => !ids.has(noteId))]}
        keyOf={({ noteId }) => noteId}
        empty="Nothing is noted about this place."
        columns={[
          ['Kind', ({ kind }) => words(kind)],
          ['What', (note) => <What note={note} />],
          ['Through', ({ expiresOn }) => (expiresOn ? day(expiresOn) : 'Until it is ended')],
          ['', ({ noteId, text }) => <End locationNumber={locationNumber} noteId={noteId} text={text} />],
        ]}
      />
    </Section>
  );
}

function What({ note: { text, createdBy, createdAt } }: { note: Note }) {
  return (
    <>
      {text}
      <Text size="xs" c="dimmed">
        {createdBy?.displayName}, {moment(createdAt)}
      </Text>
    </>
  );
}

function End({ locationNumber, noteId, text }: { locationNumber: string; noteId: number; text: string }) {
  const end = useAct(
    () =>
      sent(
        client.POST('/locations/{locationNumber}/notes/{noteId}/end', {
          params: { path: { locationNumber, noteId } },
        }),
      ),
    { done: 'It is ended; it stays in the list of the past' },
  );
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className="no-print"
      aria-label={`End: ${text}`}
      loading={end.isPending}
      onClick={() => end.mutate()}
    >
      End
    </Button>
  );
}

function NewNote({ locationNumber, onDone }: { locationNumber: string; onDone: () => void }) {
  const [kind, setKind] = useState<Note['kind']>('NOTE');
  const [text, setText] = useState('');
  const [expires, setExpires] = useState('');
  return (
    <ActForm
      submit={kind === 'ALERT' ? 'Add the alert' : 'Add the note'}
      done="It is noted"
      onDone={onDone}
      act={() => {
        const expiresOn = civilDateOf(expires);
        check({
          '#/text': !text.trim() && 'Write what is to be known',
          '#/expiresOn': expires.trim() && !expiresOn && 'Give the last day, or leave it empty',
        });
        const params = { path: { locationNumber } };
        const body = { kind, text: text.trim(), expiresOn };
        return sent(client.POST('/locations/{locationNumber}/notes', { params, body }));
      }}
    >
      {(error) => (
        <>
          <Radio.Group label="Kind" value={kind} onChange={(value) => setKind(value as Note['kind'])}>
            <Stack gap={6} mt={4}>
              <Radio value="NOTE" label="Note for the office" />
              <Radio value="ALERT" label="Alert: shown to whoever goes there" />
            </Stack>
          </Radio.Group>
          <Textarea
            id={fieldId('#/text')}
            label="What is to be known"
            autosize
            minRows={2}
            error={faultAt(error, '#/text')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <DateInput
            id={fieldId('#/expiresOn')}
            label="Through (optional)"
            value={expires}
            onChange={setExpires}
            error={faultAt(error, '#/expiresOn')}
          />
        </>
      )}
    </ActForm>
  );
}
