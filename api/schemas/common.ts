import { z } from 'zod';
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { holdsCardNumber } from '../../domain/card-number';
import { isCountry } from '../../domain/addresses/countries';
import { isCivilDate } from '../../domain/dates';
import { LIMITS } from '../limits';

extendZodWithOpenApi(z);

/** No fields at all: a body, a query or params that a route does not have. */
export const noFields = z.strictObject({});

const CONTROL = /[\u0000-\u001f\u007f]/;
const HALF_CHARACTER = /\p{Surrogate}/u;

/** Whether a text can be stored: half of a surrogate pair is no character. */
export const isWellFormed = (text: string): boolean => !HALF_CHARACTER.test(text);
const isPrintable = (text: string): boolean => !CONTROL.test(text) && isWellFormed(text);

/** A text of one line that somebody typed. */
export const line = (max: number) => z.string().trim().min(1).max(max).refine(isPrintable, 'Only printable characters');

/** A text of several lines that somebody typed. */
export const lines = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isPrintable(text.replaceAll(/[\n\r\t]/g, '')), 'Only printable characters');

/** A text of several lines that somebody typed; a number that could be a payment card's is refused (PCI stays out of scope). */
export const freeText = (max: number) =>
  lines(max).refine((text) => !holdsCardNumber(text), 'Do not write payment card numbers here');

/** A date of the calendar. Years far away are typing errors, and sums of days would leave the calendar. */
export const civilDate = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\d$/, { message: 'Give a date as YYYY-MM-DD', abort: true })
  .refine(isCivilDate, 'Give a date as YYYY-MM-DD')
  .openapi({ format: 'date', example: '2026-11-30' })
  .meta({ format: 'date' });

/** A sum of money above zero, in cents. */
export const positiveCents = z.int().min(1).max(999_999_999).openapi({ example: 9744 });

/** What a register shows, as a decimal text. */
export const registerValue = z
  .string()
  .regex(/^\d{1,11}(\.\d{1,3})?$/, 'Give the register as digits, with up to three decimals')
  .openapi({ example: '123.0' });

/** A number or id in a path or body: letters, digits and what our own ids have between them. */
export const idText = (max: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,${max - 1}}$`), 'This is no number or id');

/** What somebody signs in with. */
export const userName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'Letters, digits, dots and hyphens');

/** Words to search for. */
export const searchText = line(80).optional();

const encoded = z
  .string()
  .max(300)
  .transform((text, context) => {
    try {
      return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'This cursor is not one of ours' });
      return z.NEVER;
    }
  });

/** The positions that cursors hold. */
export const byId = z.tuple([z.int().min(0)]);
export const byInstant = z.tuple([z.iso.datetime(), z.string().max(64)]);
export const byDate = z.tuple([civilDate, z.int().min(0)]);

/** The query of a list: filters, and which page of it. */
export function listQuery<S extends z.ZodRawShape>(position: z.ZodType<(string | number)[]>, filters: S) {
  return z.strictObject({
    ...filters,
    limit: z.coerce.number().int().min(1).max(LIMITS.page.max).default(LIMITS.page.default),
    cursor: encoded.pipe(position).optional().openapi({ type: 'string', description: 'nextCursor of the page before' }),
  });
}

/** What reads/ want to know of a list's query. */
export const pageRequest = ({ limit, cursor }: { limit: number; cursor?: (string | number)[] }) => ({
  limit,
  after: cursor ?? null,
});

/** A list as it is answered. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), nextCursor: z.string().nullable() });

/** A page of reads/ as it is answered. */
export const listAnswer = <T>({ rows, next }: { rows: T[]; next: (string | number)[] | null }) => ({
  data: rows,
  nextCursor: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
});

/** Parts that many answers share. */
export const instant = z.iso.datetime();
export const anyDate = z.iso.date();
export const cents = z.int();
export const person = z.strictObject({ username: z.string(), displayName: z.string() }).openapi('Person');
export const jsonObject = z.record(z.string(), z.unknown());
export const addressShown = z
  .strictObject({
    line1: z.string(),
    line2: z.string().nullable(),
    city: z.string(),
    state: z.string(),
    postalCode: z.string(),
  })
  .openapi('Address');
/** Where mail goes; country null for one that was kept before countries were: the office's own. */
export const mailAddressShown = addressShown.extend({ country: z.string().nullable() }).openapi('MailAddress');

/** A country by its ISO 3166-1 alpha-2 code. */
export const countryCode = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCountry, 'Give a country as two letters, as in US')
  .openapi({ example: 'US' });

// Some countries have neither; whether one is missing is a rule of the country.
const statePart = (max: number) =>
  z
    .union([line(max), z.literal('')])
    .nullish()
    .transform((text) => text ?? '');

const addressParts = z.strictObject({
  line1: line(120),
  line2: line(120)
    .nullish()
    .transform((text) => text ?? null),
  city: line(80),
  state: statePart(40),
  postalCode: statePart(16),
});

/** An address in the office's own country, as that of a location. */
export const homeAddress = addressParts.openapi('HomeAddressInput');

/** A postal address as it is handed in; without a country it is in the office's own. */
export const address = addressParts.extend({ country: countryCode.nullish() }).openapi('AddressInput');

/** One place at fault; `code` where each place has its own rule. */
export const rowProblem = z.strictObject({ pointer: z.string(), detail: z.string(), code: z.string().optional() });

/** An RFC 9457 problem. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(rowProblem),
    details: z.record(z.string(), z.string()).optional(),
    requestId: z.string(),
  })
  .openapi('Problem');

/** A service point by its id. */
export const pointId = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);
