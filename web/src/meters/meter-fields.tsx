import { Group } from '@mantine/core';
import { Field } from '../kit/field';

/** A meter as it is typed. */
export interface TypedMeter {
  serial: string;
  dials: string;
  multiplier: string;
  unit: string;
}

/** What a meter lacks, for `check`. */
export const meterFaults = (at: string, { serial, dials, multiplier, unit }: TypedMeter) => ({
  [`${at}/serial`]: !serial.trim() && 'Give the serial number as it stands on the meter',
  [`${at}/dials`]: !/^\d{1,2}$/.test(dials.trim()) && 'Give how many dials it has, for example 6',
  [`${at}/multiplier`]: !/^\d+(\.\d+)?$/.test(multiplier.trim()) && 'Give the multiplier, 1 for most meters',
  [`${at}/unit`]: !unit.trim() && 'Give the unit, for example gal or kWh',
});

/** A meter for the API. */
export const meterBody = ({ serial, dials, multiplier, unit }: TypedMeter) => ({
  serial: serial.trim(),
  dials: Number(dials),
  multiplier: multiplier.trim(),
  unit: unit.trim(),
});

interface MeterFieldsProps {
  at: string;
  error: unknown;
  value: TypedMeter;
  onChange: (value: TypedMeter) => void;
}

/** What stands on a meter. */
export function MeterFields({ at, error, value, onChange }: MeterFieldsProps) {
  const field = (part: keyof TypedMeter) => ({
    at: `${at}/${part}`,
    error,
    value: value[part],
    onChange: (typed: string) => onChange({ ...value, [part]: typed }),
  });
  return (
    <Group align="flex-start">
      <Field label="Serial number" flex={1} miw={180} {...field('serial')} />
      <Field label="Dials" w={80} inputMode="numeric" {...field('dials')} />
      <Field label="Multiplier" w={100} inputMode="decimal" {...field('multiplier')} />
      <Field label="Unit" w={90} {...field('unit')} />
    </Group>
  );
}
