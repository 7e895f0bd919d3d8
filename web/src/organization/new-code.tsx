import { useState } from 'react';
import { client, sent } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { Field } from '../kit/field';

interface NewCodeProps {
  of: '/rate-classes' | '/bill-cycles';
  submit: string;
  onDone: () => void;
}

/** Adds a code and its name to a list of the office. */
export function NewCode({ of, submit, onDone }: NewCodeProps) {
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  return (
    <ActForm
      submit={submit}
      done="It is in the list"
      onDone={onDone}
      act={() => {
        check({ '#/code': !code.trim() && 'Give a short code', '#/name': !name.trim() && 'Give the name' });
        return sent(client.POST(of, { body: { code: code.trim(), name: name.trim() } }));
      }}
    >
      {(error) => (
        <>
          <Field at="#/code" error={error} label="Code" maw={160} value={code} onChange={setCode} />
          <Field at="#/name" error={error} label="Name" value={name} onChange={setName} />
        </>
      )}
    </ActForm>
  );
}
