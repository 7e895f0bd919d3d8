import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { faultAt, fieldId } from '../kit/problem-summary';
import type { MoveOutForm } from './form';
import classes from './move-out.module.css';

interface ForwardingAddressProps {
  form: MoveOutForm;
  error: unknown;
  onChange: (part: Partial<MoveOutForm>) => void;
}

/** Where the final bill and a refund go. */
export function ForwardingAddress({ form, error, onChange }: ForwardingAddressProps) {
  const field = (name: 'line1' | 'line2' | 'city' | 'state' | 'postalCode') => ({
    id: fieldId(`#/forwardingAddress/${name}`),
    value: form[name],
    error: faultAt(error, `#/forwardingAddress/${name}`),
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <fieldset className={classes.fieldset}>
      <Text component="legend" fw={600} size="sm" mb={4}>
        Forwarding address
      </Text>
      <Checkbox
        label="They leave no forwarding address"
        checked={!form.forwards}
        mb="xs"
        onChange={(event) => onChange({ forwards: !event.currentTarget.checked })}
      />
      {form.forwards && (
        <Stack gap="xs">
          <TextInput label="Street" {...field('line1')} />
          <TextInput label="Apartment or unit (optional)" {...field('line2')} />
          <Group grow>
            <TextInput label="City" {...field('city')} />
            <TextInput label="State" {...field('state')} />
            <TextInput label="ZIP code" {...field('postalCode')} />
          </Group>
        </Stack>
      )}
    </fieldset>
  );
}
