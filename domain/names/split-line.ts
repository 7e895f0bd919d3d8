import { isLastFirst, splitGiven, splitPerson, takePrefix, wordsOf, type PeopleName } from './person-name';
import { bare, LEGAL_FORMS, OF_HEADS, ORGANIZATION_WORDS, PREFIXES, SUFFIXES } from './words';

/** What a line was taken for; the clerk sees the kind and can correct it. */
export type SplitName = ({ kind: 'PERSON' } & PeopleName) | { kind: 'ORGANIZATION'; organization: string };

/**
 * Splits a name that was typed as one line (domain.md row S3): a person, a couple (`John and Mary Smith`, `Smith, John &
 * Mary`, `John Smith & Mary Jones`) or an organization. Every word stays as it was typed, but for the `and` of a couple.
 * The line must not be blank.
 */
export function splitLine(line: string): SplitName {
  const tidy = wordsOf(line).join(' ');
  if (isOrganizationLine(tidy)) return { kind: 'ORGANIZATION', organization: tidy };
  return { kind: 'PERSON', ...(splitCouple(tidy) ?? { ...splitPerson(tidy), second: null }) };
}

/** Whether the words of a name are those of an organization: a legal form, or what organizations call themselves. */
export function isOrganizationLine(line: string): boolean {
  const words = wordsOf(line.replaceAll(',', ' ')).map(bare);
  if (words.some((word, i) => i > 0 && LEGAL_FORMS.has(word))) return true;
  const head = words[0] ?? '';
  if (OF_HEADS.has(head) && words[1] === 'of' && words.length > 2) return true;
  // "Church, Frank" and "Mr. Frank Church" are people.
  const wordsBeforeComma = wordsOf(line.split(',')[0] ?? '').length;
  if ((isLastFirst(line) && wordsBeforeComma < 3) || (PREFIXES.has(head) && words.length > 1)) return false;
  if (words.length > 1 && (head === 'the' || words.some((word) => ORGANIZATION_WORDS.has(word)))) return true;
  return words.some((word) => /\d/.test(word) && !SUFFIXES.has(word));
}

const isAnd = (word: string): boolean => word === '&' || word === '+' || bare(word) === 'and';
// Lower case alone: a capital Y or E is a middle initial. Between last names it belongs to them (José Ortega y Gasset).
const isSpanishAnd = (word: string, i: number, words: string[]): boolean =>
  (word === 'y' || word === 'e') && givenNamesBefore(words, i) === 1;

function givenNamesBefore(words: string[], i: number): number {
  const comma = words.slice(0, i).findLastIndex((word) => word.endsWith(','));
  const before = words.slice(comma + 1, i);
  takePrefix(before);
  return before.length;
}

/** The two people of a line, or null where it is one person's. */
function splitCouple(line: string): PeopleName | null {
  const words = wordsOf(line.replaceAll(/(?<=\p{L}{2})&(?=\p{L}{2})/gu, ' & '));
  const at = words.findIndex(
    (word, i) => i > 0 && i < words.length - 1 && (isAnd(word) || isSpanishAnd(word, i, words)),
  );
  if (at < 0) return null;
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  // "Mr. and Mrs. John Smith": two titles, one name.
  if (before.every((word) => PREFIXES.has(bare(word))) && PREFIXES.has(bare(after[0] ?? ''))) return oneName(words, at);
  if (isLastFirst(before.join(' '))) return lastFirst(before.join(' '), after.join(' '));
  const second = splitPerson(after.join(' '));
  const taken = [...before];
  takePrefix(taken);
  // One given name, or two where the second is an initial: "John Q. and Mary Smith".
  const sharesLast = second.first !== null && (taken.length === 1 || isGivenWithInitial(taken));
  if (!sharesLast) return { ...splitPerson(before.join(' ')), second };
  const prefixed = [...before];
  const prefix = takePrefix(prefixed);
  const [first = '', ...middle] = prefixed;
  return {
    ...{ prefix, first, middle: middle.join(' ') || null, last: second.last, suffix: null },
    second: { ...second, last: null },
  };
}

const isGivenWithInitial = (words: string[]): boolean => words.length === 2 && /^\p{L}\.?$/u.test(words[1] ?? '');

function oneName(words: string[], at: number): PeopleName {
  const rest = words.slice(at + 1);
  const second = takePrefix(rest) ?? '';
  return { ...splitPerson(rest.join(' ')), prefix: [...words.slice(0, at + 1), second].join(' '), second: null };
}

function lastFirst(before: string, after: string): PeopleName {
  const first = splitPerson(before);
  if (isLastFirst(after)) return { ...first, second: splitPerson(after) };
  return { ...first, second: { ...splitGiven(after), last: null } };
}
