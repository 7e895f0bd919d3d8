import { Button, Fieldset, Group, Stack } from '@mantine/core';
import { Field } from '../kit/field';
import type { TypedContact } from './form';

interface ContactFieldsProps {
  legend: string;
  one: string;
  at: string;
  error: unknown;
  value: TypedContact[];
  onChange: (value: TypedContact[]) => void;
}

/** Telephone numbers or e-mails, each with what it is for. */
export function ContactFields({ legend, one, at, error, value, onChange }: ContactFieldsProps) {
  const set = (i: number, part: Partial<TypedContact>) =>
    onChange(value.map((contact, j) => (i === j ? { ...contact, ...part } : contact)));
  return (
    <Fieldset legend={legend}>
      <Stack gap="xs">
        {value.map((contact, i) => (
          <Group key={i} align="flex-end">
            <Field
              at={`${at}/${i}/value`}
              error={error}
              label={`${one} ${i + 1}`}
              flex={1}
              miw={180}
              value={contact.value}
              onChange={(typed) => set(i, { value: typed })}
            />
            <Field
              at={`${at}/${i}/purpose`}
              error={error}
              label={`For what (optional)`}
              aria-label={`For what is ${one.toLowerCase()} ${i + 1} (optional)`}
              w={170}
              value={contact.purpose}
              onChange={(typed) => set(i, { purpose: typed })}
            />
            <Button
              variant="subtle"
              aria-label={`Remove ${one.toLowerCase()} ${i + 1}`}
              onClick={() => onChange(value.filter((_, j) => j !== i))}
            >
              Remove
            </Button>
          </Group>
        ))}
        <Group>
          <Button variant="default" size="xs" onClick={() => onChange([...value, { value: '', purpose: '' }])}>
            Add {one.toLowerCase()}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
