import { Group } from '@mantine/core';
import { Field } from '../kit/field';
import type { TypedName } from './form';

interface NameFieldsProps {
  at: string;
  error: unknown;
  value: TypedName;
  onChange: (value: TypedName) => void;
  /** Which person, where there are two: "of the second person". */
  of?: string;
}

/** A person's name in its parts. */
export function NameFields({ at, error, value, onChange, of = '' }: NameFieldsProps) {
  const field = (part: keyof TypedName) => ({
    at: `${at}/${part}`,
    error,
    value: value[part],
    onChange: (typed: string) => onChange({ ...value, [part]: typed }),
  });
  return (
    <Group align="flex-start">
      <Field label={`Prefix${of}`} w={of ? 180 : 90} {...field('prefix')} />
      <Field label={`First name${of}`} flex={1} miw={170} {...field('first')} />
      <Field label={`Middle name${of}`} flex={1} miw={170} {...field('middle')} />
      <Field label={`Last name${of}`} flex={1} miw={170} {...field('last')} />
      <Field label={`Suffix${of}`} w={of ? 180 : 90} {...field('suffix')} />
    </Group>
  );
}
