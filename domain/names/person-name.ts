import { bare, PARTICLES, PREFIXES, SUFFIXES } from './words';

/** A person's name in its parts, as Name Details shows them (domain.md row S3). */
export interface PersonName {
  prefix: string | null;
  first: string | null;
  middle: string | null;
  last: string;
  suffix: string | null;
}

/** The second person of a couple; last null: the same last name as the first person's. */
export type SecondName = Omit<PersonName, 'last'> & { last: string | null };

/** One person, or a couple who are one customer. */
export type PeopleName = PersonName & { second: SecondName | null };

/** The words of a text, however they are spaced. */
export const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/**
 * Splits one person's name that was typed as one line, `First Middle Last` or `Last, First Middle`. The last name is the
 * last word with the particles before it; two last names are known by a comma after them, a hyphen, or a lower-case
 * y or e between them. A single word is a last name. The line must not be blank.
 */
export function splitPerson(line: string): PersonName {
  const { before, after } = aroundComma(line);
  const lastFirst = isLastFirst(line);
  const words = lastFirst ? after : [...wordsOf(before), ...after];
  if (words.length === 0) words.push(line.trim());
  const prefix = takePrefix(words);
  const suffix = takeSuffix(words);
  if (lastFirst) {
    // "Smith Jr., John": a suffix may stand with the last name, before the comma.
    const last = wordsOf(before);
    const withLast = takeSuffix(last);
    return { prefix, suffix: join(withLast, suffix) || null, last: last.join(' '), ...givenNames(words) };
  }
  const lastFrom = startOfLastName(words);
  return { prefix, suffix, last: words.slice(lastFrom).join(' '), ...givenNames(words.slice(0, lastFrom)) };
}

/** The parts of a name without its last one: `Prefix First Middle Suffix`. */
export function splitGiven(text: string): Omit<SecondName, 'last'> {
  const words = wordsOf(text.replaceAll(',', ' '));
  return { prefix: takePrefix(words), suffix: takeSuffix(words), ...givenNames(words) };
}

function aroundComma(line: string): { before: string; after: string[] } {
  const [before = '', ...after] = line.split(',').map((part) => wordsOf(part).join(' '));
  return { before, after: wordsOf(after.join(' ')) };
}

/** Whether a line has the last name first. "Ann Lee, Jr." has a comma, but no last name before it. */
export function isLastFirst(line: string): boolean {
  const { before, after } = aroundComma(line);
  return before !== '' && after.some((word) => !SUFFIXES.has(bare(word)));
}

/** Takes the titles off the beginning of the words, all but one word; null where there are none. */
export function takePrefix(words: string[]): string | null {
  let count = 0;
  while (count < words.length - 1 && PREFIXES.has(bare(words[count] ?? ''))) count += 1;
  return words.splice(0, count).join(' ') || null;
}

function takeSuffix(words: string[]): string | null {
  let from = words.length;
  while (from > 1 && SUFFIXES.has(bare(words[from - 1] ?? ''))) from -= 1;
  return words.splice(from).join(' ') || null;
}

function startOfLastName(words: string[]): number {
  let from = withParticles(words, words.length - 1);
  // José Ortega y Gasset: a capital Y is a middle initial.
  const conjunction = words[from - 1];
  if (from > 2 && (conjunction === 'y' || conjunction === 'e')) from = withParticles(words, from - 2);
  return from;
}

function withParticles(words: string[], from: number): number {
  let start = from;
  while (start > 1 && PARTICLES.has(bare(words[start - 1] ?? ''))) start -= 1;
  return start;
}

function givenNames([first, ...middle]: string[]): Pick<PersonName, 'first' | 'middle'> {
  return { first: first ?? null, middle: middle.join(' ') || null };
}

const join = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' ');

/** The name as an envelope has it: `Prefix First Middle Last Suffix`, and a couple with `and`. */
export function lineOf({ second, ...first }: PeopleName): string {
  if (!second) return whole(first);
  const sharesLast = second.last === null;
  const one = sharesLast ? join(first.prefix, first.first, first.middle) : whole(first);
  const two = whole({ ...second, last: second.last ?? first.last });
  return `${one} and ${sharesLast && first.suffix ? `${two} ${first.suffix}` : two}`;
}

const whole = ({ prefix, first, middle, last, suffix }: PersonName): string =>
  join(prefix, first, middle, last, suffix);

/** The name as lists show it: `Last, First Middle Suffix`, and a couple with `&`. Titles are left out. */
export function listedName({ second, ...first }: PersonName & { second?: SecondName | null }): string {
  const one = listed(first.last, first);
  if (!second) return one;
  return `${one} & ${second.last === null ? join(second.first, second.middle, second.suffix) : listed(second.last, second)}`;
}

/** The name in the other order that a line may have: `Last, Prefix First Middle Suffix`, a couple with `&`. */
export function lastFirstLine({ second, ...first }: PeopleName): string {
  const one = `${first.last}, ${given(first)}`;
  if (!second) return one;
  return `${one} & ${second.last === null ? given(second) : `${second.last}, ${given(second)}`}`;
}

const given = ({ prefix, first, middle, suffix }: Omit<SecondName, 'last'>): string =>
  join(prefix, first, middle, suffix);

function listed(last: string, { first, middle, suffix }: Omit<SecondName, 'last'>): string {
  const rest = join(first, middle, suffix);
  return rest ? `${last}, ${rest}` : last;
}
