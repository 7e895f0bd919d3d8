import { Checkbox, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { api, client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { useForEditing } from '../kit/editing';
import { Field } from '../kit/field';

type CustomerType = Schema<'CustomerType'>;
const NEW: CustomerType = {
  code: '',
  name: '',
  rateClass: null,
  billCycle: null,
  depositPercent: 100,
  penaltyExempt: false,
  taxExempt: false,
  inUse: true,
};

interface TypeFormProps {
  /** The type that is changed; none for a new one. */
  code?: string;
  onDone: () => void;
}

/** Adds a customer type or changes one. */
export function TypeForm({ code, onDone }: TypeFormProps) {
  if (code === undefined) return <Form type={NEW} onDone={onDone} />;
  return <Change code={code} onDone={onDone} />;
}

function Change({ code, onDone }: { code: string; onDone: () => void }) {
  const { body, etag } = useForEditing(`type ${code}`, () =>
    client.GET('/customer-types/{code}', { params: { path: { code } } }),
  );
  return <Form type={body} etag={etag} onDone={onDone} />;
}

interface FormProps {
  type: CustomerType;
  etag?: string;
  onDone: () => void;
}

function Form({ type: before, etag, onDone }: FormProps) {
  const { data: classes } = api.useQuery('get', '/rate-classes');
  const { data: cycles } = api.useQuery('get', '/bill-cycles');
  const [type, setType] = useState(before);
  const [percent, setPercent] = useState(String(before.depositPercent));
  const set = (part: Partial<CustomerType>) => setType({ ...type, ...part });
  const options = (of: Schema<'ListedCode'>[] | undefined) =>
    (of ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <ActForm
      submit={etag ? `Save ${type.name}` : 'Add the type'}
      done="It is in the list of every form at once"
      onDone={onDone}
      act={(): Promise<unknown> => {
        check({
          '#/code': !type.code.trim() && 'Give a code, for example RES',
          '#/name': !type.name.trim() && 'Give the name',
          '#/depositPercent': !/^\d{1,3}$/.test(percent.trim()) && 'Give a percentage, 100 for the usual deposit',
        });
        const { code, ...rest } = { ...type, code: type.code.trim(), depositPercent: Number(percent) };
        if (!etag) return sent(client.POST('/customer-types', { body: { code, ...rest } }));
        const params = { path: { code }, header: { 'If-Match': etag } };
        return sent(client.PATCH('/customer-types/{code}', { params, body: rest }));
      }}
    >
      {(error) => (
        <>
          <Group align="flex-start">
            <Field
              at="#/code"
              error={error}
              label="Code"
              w={140}
              readOnly={etag !== undefined}
              value={type.code}
              onChange={(code) => set({ code })}
            />
            <Field
              at="#/name"
              error={error}
              label="Name"
              flex={1}
              value={type.name}
              onChange={(name) => set({ name })}
            />
          </Group>
          <Group align="flex-start">
            <Select
              label="Rate class (optional)"
              clearable
              data={options(classes?.data)}
              value={type.rateClass}
              onChange={(rateClass) => set({ rateClass })}
            />
            <Select
              label="Bill cycle (optional)"
              clearable
              data={options(cycles?.data)}
              value={type.billCycle}
              onChange={(billCycle) => set({ billCycle })}
            />
            <Field
              at="#/depositPercent"
              error={error}
              label="Deposit, in percent"
              inputMode="numeric"
              w={150}
              value={percent}
              onChange={setPercent}
            />
          </Group>
          <Checkbox
            label="No penalty for paying late"
            checked={type.penaltyExempt}
            onChange={(event) => set({ penaltyExempt: event.currentTarget.checked })}
          />
          <Checkbox
            label="No taxes"
            checked={type.taxExempt}
            onChange={(event) => set({ taxExempt: event.currentTarget.checked })}
          />
          <Checkbox
            label="In use for new customers"
            checked={type.inUse}
            onChange={(event) => set({ inUse: event.currentTarget.checked })}
          />
        </>
      )}
    </ActForm>
  );
}
