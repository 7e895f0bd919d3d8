import { TextInput, type TextInputProps } from '@mantine/core';
import { fieldId, faultAt } from './problem-summary';

interface FieldProps extends Omit<TextInputProps, 'error' | 'onChange' | 'value'> {
  /** Where it stands in what is sent (JSON pointer). */
  at: string;
  /** What was wrong with what was sent. */
  error: unknown;
  value: string;
  onChange: (value: string) => void;
}

/** A line of text of a form, with its problem beside it. */
export function Field({ at, error, onChange, ...more }: FieldProps) {
  return (
    <TextInput
      id={fieldId(at)}
      autoComplete="off"
      {...more}
      error={faultAt(error, at)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
