/** A person's name in its parts, as Name Details shows them (domain.md row S3). */
export interface PersonName {
  prefix: string | null;
  first: string | null;
  middle: string | null;
  last: string;
  suffix: string | null;
}

const PREFIXES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'rev', 'fr', 'sr', 'hon', 'prof']);
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'v', 'esq', 'md', 'phd', 'dds', 'cpa']);
/** Words that belong to the last name that follows them. */
const PARTICLES = new Set([
  'de',
  'del',
  'della',
  'der',
  'den',
  'di',
  'da',
  'dos',
  'la',
  'las',
  'le',
  'los',
  'van',
  'von',
  'ter',
  'bin',
  'al',
  'st',
]);

const bare = (word: string): string => word.toLowerCase().replaceAll('.', '');

/**
 * Splits a name that was typed as one line, `First Middle Last` or `Last, First Middle`; the clerk can correct the
 * split. A single word is a last name. The line must not be blank.
 */
export function splitName(line: string): PersonName {
  const [before = '', ...after] = line
    .trim()
    .replaceAll(/\s+/g, ' ')
    .split(/\s*,\s*/);
  const afterComma = after.join(' ').split(' ').filter(Boolean);
  // "Ann Lee, Jr." has a comma, but no last name before it.
  const isLastFirst = afterComma.some((word) => !SUFFIXES.has(bare(word)));
  const words = isLastFirst ? afterComma : [...before.split(' '), ...afterComma];
  const prefix = words.length > 1 && PREFIXES.has(bare(words[0] ?? '')) ? (words.shift() ?? null) : null;
  const suffix = words.length > 1 && SUFFIXES.has(bare(words.at(-1) ?? '')) ? (words.pop() ?? null) : null;
  if (isLastFirst) return { prefix, suffix, last: before, ...givenNames(words) };
  let lastFrom = words.length - 1;
  while (lastFrom > 1 && PARTICLES.has(bare(words[lastFrom - 1] ?? ''))) lastFrom -= 1;
  return { prefix, suffix, last: words.slice(lastFrom).join(' '), ...givenNames(words.slice(0, lastFrom)) };
}

function givenNames([first, ...middle]: string[]): Pick<PersonName, 'first' | 'middle'> {
  return { first: first ?? null, middle: middle.join(' ') || null };
}

/** The name as lists show it: `Last, First Middle Suffix`. */
export function listedName({ first, middle, last, suffix }: PersonName): string {
  const given = [first, middle, suffix].filter(Boolean).join(' ');
  return given ? `${last}, ${given}` : last;
}
