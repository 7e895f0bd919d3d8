import { TextInput, type TextInputProps } from '@mantine/core';
import { civilDateOf, day } from './format';

interface DateInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** What was typed; it stays as it was typed. */
  value: string;
  onChange: (typed: string, date: string | null) => void;
}

/** A date that is typed, as people type dates; beside it how it was read. */
export function DateInput({ value, onChange, error, ...more }: DateInputProps) {
  const date = civilDateOf(value);
  return (
    <TextInput
      maw={260}
      description="For example 03/27/2026"
      inputMode="numeric"
      autoComplete="off"
      rightSectionWidth={110}
      rightSection={date && <span style={{ fontSize: 12, color: 'var(--mantine-color-gray-7)' }}>{day(date)}</span>}
      {...more}
      value={value}
      error={error ?? (value.length >= 8 && !date ? 'Give a date, for example 03/27/2026' : undefined)}
      onChange={(event) => onChange(event.currentTarget.value, civilDateOf(event.currentTarget.value))}
    />
  );
}
