import { z } from 'zod';
import { countryCode, line } from '../../../api/schemas/common';
import type { GivenAddress } from '../../../domain/addresses/check-address';

/** What a cell of a file can hold. A cell that is empty is not there: `.optional()` says which may be. */

/** A whole number between two bounds. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/, 'Give a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

/** A sum of money in cents, of any sign, but not zero. */
export const signedCents = z
  .string()
  .regex(/^-?\d{1,9}$/, 'Give whole cents, as in 9744 or -1840')
  .transform(Number)
  .refine((cents) => cents !== 0, 'Leave out what is zero');

/** A sum of money in cents, zero or more. */
export const cents = z
  .string()
  .regex(/^\d{1,9}$/, 'Give whole cents, as in 9744')
  .transform(Number);

/** Yes or no. */
export const flag = z.enum(['true', 'false'], 'Give true or false').transform((word) => word === 'true');

/** A decimal above zero: a quantity, a share or a multiplier. */
export const quantity = (places: number) =>
  z
    .string()
    .regex(new RegExp(`^\\d{1,6}(\\.\\d{1,${places}})?$`), 'Give a decimal number, as in 1 or 2.5')
    .refine((text) => Number(text) > 0, 'Give a number above 0');

/** Several things in one cell, with a semicolon between them. */
export const listOf = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .transform((text) => text.split(';').map((part) => part.trim()))
    .pipe(z.array(item).max(10));

/** A way to reach somebody, with what it is for in brackets: 970-555-0147 [work]. */
export const contact = (value: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => {
      const [, reach = '', purpose] = /^([^[\]]*?)(?: \[([^[\]]+)\])?$/.exec(text) ?? [];
      return { value: reach, purpose: purpose ?? null };
    })
    .pipe(z.strictObject({ value, purpose: line(24).nullable() }));

/** The columns of an address under a prefix of their own, as in mail_line1. */
const ADDRESS_PARTS = ['Line1', 'Line2', 'City', 'State', 'PostalCode', 'Country'] as const;
type AddressPart = (typeof ADDRESS_PARTS)[number];
const PART = { Line1: line(120), Line2: line(120), City: line(80), State: line(40), PostalCode: line(16) };
const CELLS = { ...PART, Country: countryCode };

/** The cells of an address that may be left out. */
export const addressCells = <P extends string>(prefix: P) =>
  Object.fromEntries(ADDRESS_PARTS.map((part) => [prefix + part, CELLS[part].optional()])) as {
    [K in AddressPart as `${P}${K}`]: z.ZodOptional<typeof PART.Line1>;
  };

/** What is missing of an address of which some cells are given; state and code are a matter of its country. */
export function missingOf(values: Record<string, unknown>, prefix: string): string[] {
  if (ADDRESS_PARTS.every((part) => values[prefix + part] === undefined)) return [];
  return ADDRESS_PARTS.filter(
    (part) => (part === 'Line1' || part === 'City') && values[prefix + part] === undefined,
  ).map((part) => prefix + part);
}

/** The address of these cells, or null where there is none. */
export function addressIn(values: object, prefix: string): GivenAddress | null {
  const cell = (part: AddressPart) => (values as Record<string, string | undefined>)[prefix + part];
  const line1 = cell('Line1');
  if (line1 === undefined) return null;
  const rest = { state: cell('State') ?? '', postalCode: cell('PostalCode') ?? '', country: cell('Country') };
  return { line1, line2: cell('Line2') ?? null, city: cell('City') ?? '', ...rest };
}
