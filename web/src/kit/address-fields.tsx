import { Group } from '@mantine/core';
import { Field } from './field';

/** An address as it is typed. */
export interface TypedAddress {
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
}

/** An address with nothing typed. */
export const NO_ADDRESS: TypedAddress = { line1: '', line2: '', city: '', state: '', postalCode: '' };

/** An address of the API as it is typed. */
export const typedAddress = (
  address: { [Part in keyof TypedAddress]?: string | null | undefined } | null | undefined,
): TypedAddress => ({
  line1: address?.line1 ?? '',
  line2: address?.line2 ?? '',
  city: address?.city ?? '',
  state: address?.state ?? '',
  postalCode: address?.postalCode ?? '',
});

/** What was typed as an address, for the API. */
export const addressBody = (typed: TypedAddress) => ({
  line1: typed.line1.trim(),
  line2: typed.line2.trim() || null,
  city: typed.city.trim(),
  state: typed.state.trim() || null,
  postalCode: typed.postalCode.trim() || null,
});

/** What an address must have, for `check`. */
export const addressFaults = (at: string, typed: TypedAddress) => ({
  [`${at}/line1`]: !typed.line1.trim() && 'Give the street and the house number',
  [`${at}/city`]: !typed.city.trim() && 'Give the city',
});

interface AddressFieldsProps {
  at: string;
  error: unknown;
  value: TypedAddress;
  onChange: (value: TypedAddress) => void;
}

/** Street, unit, city, state and ZIP code. */
export function AddressFields({ at, error, value, onChange }: AddressFieldsProps) {
  const field = (part: keyof TypedAddress) => ({
    at: `${at}/${part}`,
    error,
    value: value[part],
    onChange: (typed: string) => onChange({ ...value, [part]: typed }),
  });
  return (
    <>
      <Field label="Street and house number" {...field('line1')} />
      <Field label="Apartment or unit (optional)" maw={260} {...field('line2')} />
      <Group align="flex-start">
        <Field label="City" flex={1} miw={160} {...field('city')} />
        <Field label="State" w={120} {...field('state')} />
        <Field label="ZIP code" w={170} {...field('postalCode')} />
      </Group>
    </>
  );
}
