import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

interface FindInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string | undefined;
  /** Called when typing pauses; undefined when nothing is typed. */
  onFind: (q: string | undefined) => void;
}

/** What a list is searched by; the list follows while it is typed. */
export function FindInput({ value, onFind, ...more }: FindInputProps) {
  const [typed, setTyped] = useState(value ?? '');
  const find = useDebouncedCallback((q: string) => onFind(q || undefined), 250);
  return (
    <TextInput
      w={320}
      maw="100%"
      autoComplete="off"
      {...more}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        find(event.currentTarget.value.trim());
      }}
    />
  );
}
