import fc from 'fast-check';
import { listedName, splitName, type PersonName } from './split-name';

const name = (parts: Partial<PersonName>): PersonName => ({
  ...{ prefix: null, first: null, middle: null, last: '', suffix: null },
  ...parts,
});

describe('S3 a name that was typed as one line', () => {
  it.each<[string, Partial<PersonName>]>([
    ['Ana Ruiz', { first: 'Ana', last: 'Ruiz' }],
    ['  Ana   Maria  Ruiz ', { first: 'Ana', middle: 'Maria', last: 'Ruiz' }],
    ['RUIZ, ANA M.', { first: 'ANA', middle: 'M.', last: 'RUIZ' }],
    ['Dr. Ana Ruiz', { prefix: 'Dr.', first: 'Ana', last: 'Ruiz' }],
    ['Ruiz, Dr. Ana M. Jr.', { prefix: 'Dr.', first: 'Ana', middle: 'M.', last: 'Ruiz', suffix: 'Jr.' }],
    ['Tom Lee III', { first: 'Tom', last: 'Lee', suffix: 'III' }],
    ['Tom Lee, Jr.', { first: 'Tom', last: 'Lee', suffix: 'Jr.' }],
    ['Pieter van der Berg', { first: 'Pieter', last: 'van der Berg' }],
    ['Maria de la Cruz', { first: 'Maria', last: 'de la Cruz' }],
    ['de la Cruz, Maria', { first: 'Maria', last: 'de la Cruz' }],
    ['Garcia Marquez, Gabriel', { first: 'Gabriel', last: 'Garcia Marquez' }],
    ['Cher', { last: 'Cher' }],
    ['Dr.', { last: 'Dr.' }],
  ])('%j is split into its parts', (line, parts) => {
    expect(splitName(line)).toEqual(name(parts));
  });

  it('loses no word, whatever is typed', () => {
    const words = fc.array(fc.stringMatching(/^[A-Za-z.]{1,8}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, (typed) => {
        const { prefix, first, middle, last, suffix } = splitName(typed.join(' '));
        expect(last).not.toBe('');
        const kept = [prefix, first, middle, last, suffix].filter(Boolean).join(' ').split(' ');
        expect(kept.sort()).toEqual([...typed].sort());
      }),
    );
  });

  it('is listed by the last name', () => {
    expect(listedName(splitName('Dr. Ana Maria Ruiz Jr.'))).toBe('Ruiz, Ana Maria Jr.');
    expect(listedName(splitName('Cher'))).toBe('Cher');
  });
});
