import fc from 'fast-check';
import { foldName, searchWords } from './fold';
import { lastFirstLine, lineOf, listedName, splitPerson, type PeopleName } from './person-name';
import { isOrganizationLine, splitLine } from './split-line';

const one = (parts: Partial<PeopleName>): PeopleName & { kind: 'PERSON' } => ({
  ...{ kind: 'PERSON', prefix: null, first: null, middle: null, last: '', suffix: null, second: null },
  ...parts,
});
const second = (parts: object) => ({ prefix: null, first: null, middle: null, last: null, suffix: null, ...parts });

describe('S3 a name that was typed as one line', () => {
  it.each<[string, Partial<PeopleName>]>([
    ['Ana Ruiz', { first: 'Ana', last: 'Ruiz' }],
    ['  Ana   Maria  Ruiz ', { first: 'Ana', middle: 'Maria', last: 'Ruiz' }],
    ['RUIZ, ANA M.', { first: 'ANA', middle: 'M.', last: 'RUIZ' }],
    ['Dr. Ana Ruiz', { prefix: 'Dr.', first: 'Ana', last: 'Ruiz' }],
    ['Rev. Dr. Ana Ruiz', { prefix: 'Rev. Dr.', first: 'Ana', last: 'Ruiz' }],
    ['Ruiz, Dr. Ana M. Jr.', { prefix: 'Dr.', first: 'Ana', middle: 'M.', last: 'Ruiz', suffix: 'Jr.' }],
    ['Smith Jr., John A', { first: 'John', middle: 'A', last: 'Smith', suffix: 'Jr.' }],
    ['DE LA CRUZ III, ANA', { first: 'ANA', last: 'DE LA CRUZ', suffix: 'III' }],
    ['Tom Lee III', { first: 'Tom', last: 'Lee', suffix: 'III' }],
    ['Tom Lee, Jr.', { first: 'Tom', last: 'Lee', suffix: 'Jr.' }],
    ['Tom Lee Jr. M.D.', { first: 'Tom', last: 'Lee', suffix: 'Jr. M.D.' }],
    ['Pieter van der Berg', { first: 'Pieter', last: 'van der Berg' }],
    ['Maria de la Cruz', { first: 'Maria', last: 'de la Cruz' }],
    ['Wernher von Braun', { first: 'Wernher', last: 'von Braun' }],
    ["Sinéad O'Brien", { first: 'Sinéad', last: "O'Brien" }],
    ['Ian McKellen', { first: 'Ian', last: 'McKellen' }],
    ['de la Cruz, Maria', { first: 'Maria', last: 'de la Cruz' }],
    ['Garcia Marquez, Gabriel', { first: 'Gabriel', last: 'Garcia Marquez' }],
    ['Gabriel García-Márquez', { first: 'Gabriel', last: 'García-Márquez' }],
    ['José Ortega y Gasset', { first: 'José', last: 'Ortega y Gasset' }],
    // Nobody can know it from the words: the clerk corrects it, or types a comma or a hyphen.
    ['Gabriel García Márquez', { first: 'Gabriel', middle: 'García', last: 'Márquez' }],
    ['John E Smith', { first: 'John', middle: 'E', last: 'Smith' }],
    ['Cher', { last: 'Cher' }],
    ['Dr.', { last: 'Dr.' }],
    [',', { last: ',' }],
    ['Mr. Frank Church', { prefix: 'Mr.', first: 'Frank', last: 'Church' }],
    ['Church, Frank', { first: 'Frank', last: 'Church' }],
    ['Tom Lee 3rd', { first: 'Tom', last: 'Lee', suffix: '3rd' }],
    ['Mr. and Mrs. John Smith', { prefix: 'Mr. and Mrs.', first: 'John', last: 'Smith' }],
    ['John and Mary Smith', { first: 'John', last: 'Smith', second: second({ first: 'Mary' }) }],
    ['John Q. & Mary Smith', { first: 'John', middle: 'Q.', last: 'Smith', second: second({ first: 'Mary' }) }],
    ['Smith, John & Mary', { first: 'John', last: 'Smith', second: second({ first: 'Mary' }) }],
    ['Juan y María García', { first: 'Juan', last: 'García', second: second({ first: 'María' }) }],
    [
      'Mr. John and Dr. Mary Ann Smith',
      one({
        prefix: 'Mr.',
        first: 'John',
        last: 'Smith',
        second: second({ prefix: 'Dr.', first: 'Mary', middle: 'Ann' }),
      }),
    ],
    ['John Smith & Mary Jones', { first: 'John', last: 'Smith', second: second({ first: 'Mary', last: 'Jones' }) }],
    [
      'John Smith, Jr. and Mary Jones',
      { first: 'John', last: 'Smith', suffix: 'Jr.', second: second({ first: 'Mary', last: 'Jones' }) },
    ],
    ['Smith, John & Jones, Mary', { first: 'John', last: 'Smith', second: second({ first: 'Mary', last: 'Jones' }) }],
  ])('%j is split into its parts', (line, parts) => {
    expect(splitLine(line)).toEqual(one(parts));
  });

  it.each([
    ...['Acme Plumbing LLC', 'Smith, Jones & Co.', 'Acme, Inc.', 'First National Bank', 'Millbrook Bible Church'],
    ...['City of Millbrook', 'County of Weld', 'Weld School District 6', 'The Smith Family Trust', 'Lodge 23'],
    ...['Estate of John Smith', 'Alder Street HOA', 'Sunset Apartments', 'Baker & Sons', 'St. Mary L.L.C.'],
  ])('%j is an organization, as it was typed', (line) => {
    expect(splitLine(line)).toEqual({ kind: 'ORGANIZATION', organization: line });
  });

  it('loses no word, whatever is typed', () => {
    const oneWord = fc.oneof(
      fc.stringMatching(/^[A-Za-zÀ-ÿ.'-]{1,8}$/),
      fc.constantFrom('and', '&', 'y', 'de', 'Jr.', 'Mr.', 'LLC', 'E', 'AT&T', 'Smith,', ','),
    );
    const AND = /^(and|&|y|e)$/i;
    const wordsOf = (text: string) =>
      text
        .split(/[\s,]+/)
        .filter((word) => word !== '' && !AND.test(word.replaceAll('.', '')))
        .sort();
    fc.assert(
      fc.property(fc.array(oneWord, { minLength: 1, maxLength: 7 }), (typed) => {
        const line = typed.join(' ');
        const { kind: _kind, ...parts } = splitLine(line) as Record<string, unknown>;
        const { second: other, ...first } = parts;
        const kept = [...Object.values(first), ...Object.values((other ?? {}) as object)].filter(Boolean).join(' ');
        expect(kept).not.toBe('');
        expect(wordsOf(kept)).toEqual(wordsOf(line));
      }),
      { numRuns: 2_000 },
    );
  });

  it('S3 is the same after a line was made of its parts, in both orders', () => {
    const word = fc.stringMatching(/^[B-DF-XZ][a-z]{3,8}[bdgkmp]$/);
    const maybe = (value: fc.Arbitrary<string>) => fc.option(value, { nil: null });
    const given = { prefix: maybe(fc.constantFrom('Dr.', 'Mrs.')), first: word, middle: maybe(word) };
    const last = fc.oneof(word, fc.constantFrom('van der Velden', "O'Brien", 'García-Márquez', 'McAdam'));
    const suffix = maybe(fc.constantFrom('Jr.', 'III'));
    const single = fc.record({ ...given, last, suffix, second: fc.constant(null) });
    const couple = fc.record({
      ...{ ...given, last, suffix: fc.constant(null) },
      second: fc.record({ ...given, last: fc.constant(null), suffix }),
    });
    const apart = fc.record({ ...given, last, suffix, second: fc.record({ ...given, last, suffix }) });
    // Of "Ann Bea and Cal Dod" nobody can tell whether Bea is a last name: lines of a couple have one given name before.
    const clean = fc.oneof(
      single,
      couple.map((name) => ({ ...name, middle: null })),
      apart,
    );
    fc.assert(
      fc.property(clean, (name: PeopleName) => {
        fc.pre(!isOrganizationLine(lineOf(name)));
        expect(splitLine(lineOf(name))).toEqual({ kind: 'PERSON', ...name });
        expect(splitLine(lastFirstLine(name))).toEqual({ kind: 'PERSON', ...name });
      }),
    );
  });

  it('is listed by the last name', () => {
    expect(listedName(splitPerson('Dr. Ana Maria Ruiz Jr.'))).toBe('Ruiz, Ana Maria Jr.');
    expect(listedName(splitPerson('Cher'))).toBe('Cher');
    const listed = (line: string) => listedName(splitLine(line) as PeopleName);
    expect(listed('Mr. John & Mary Smith')).toBe('Smith, John & Mary');
    expect(listed('John Smith & Mary Jones')).toBe('Smith, John & Jones, Mary');
  });
});

describe('S3 a name that is searched', () => {
  it.each([
    ["O'Brien", 'obrien'],
    ['García-Márquez', 'garciamarquez'],
    ['ŁØRÆß, J.R. & Đặng', 'lorae ss'.replace(' ', '') + ' jr dang'],
    ['Ｓmith', 'smith'],
    ['Владимир', 'владимир'],
  ])('%j is compared as %j', (name, folded) => expect(foldName(name)).toBe(folded));

  it('is found by every word, in any order, with or without accents and hyphens', () => {
    const name = foldName('García-Márquez, Gabriel José O’Brien');
    for (const typed of ['garcia marquez', 'Márquez-García', 'josé GABRIEL', "o'brien", 'OBRIEN gar'])
      expect({ typed, missing: searchWords(typed).filter((word) => !name.includes(word)) }).toEqual({
        typed,
        missing: [],
      });
  });
});
