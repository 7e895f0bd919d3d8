import { Checkbox, Group, Select } from '@mantine/core';
import { Field } from '../kit/field';
import { faultAt, fieldId } from '../kit/problem-summary';
import type { Kind } from './fields';
import type { Typed } from './form';

interface SettingInputProps {
  at: string;
  label: string;
  kind: Kind;
  error: unknown;
  value: Typed;
  onChange: (value: Typed) => void;
}

/** The input of one setting by its kind, its unit beside it. */
export function SettingInput({ at, label, kind, error, value, onChange }: SettingInputProps) {
  const options =
    'options' in kind ? Object.entries(kind.options).map(([code, text]) => ({ value: code, label: text })) : [];
  switch (kind.is) {
    case 'flag':
      return (
        <Checkbox
          id={fieldId(at)}
          label={label}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'someOf':
      return (
        <Checkbox.Group
          id={fieldId(at)}
          label={label}
          error={faultAt(error, at)}
          value={value as string[]}
          onChange={onChange}
        >
          <Group gap="md" mt={4}>
            {options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </Group>
        </Checkbox.Group>
      );
    case 'oneOf':
      return (
        <Select
          id={fieldId(at)}
          label={label}
          maw={340}
          allowDeselect={false}
          error={faultAt(error, at)}
          data={options}
          value={value as string}
          onChange={(code) => onChange(code ?? '')}
        />
      );
    case 'int':
    case 'cents':
    case 'text': {
      const unit = kind.is === 'cents' ? 'in dollars' : kind.unit;
      const hint = [unit, kind.empty && `empty: ${kind.empty}`].filter(Boolean).join('; ');
      return (
        <Field
          at={at}
          error={error}
          label={label}
          {...(hint && { description: hint })}
          maw={340}
          {...(kind.is !== 'text' && { inputMode: 'decimal' as const })}
          value={value as string}
          onChange={onChange}
        />
      );
    }
  }
}
