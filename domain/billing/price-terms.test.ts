import { givenTerms, sameTerms, termsOfPlace } from './price-terms';

const terms = {
  attributes: { meterSize: '1', amperes: '100' },
  measures: { KW: '12.5' },
  averageUsage: '5000',
  months: '2',
};

describe('what a rate looks up of an agreement', () => {
  it('is only what is given', () => {
    expect(givenTerms({ attributes: {}, months: '2' })).toEqual({ months: '2' });
    expect(givenTerms(terms)).toEqual(terms);
    for (const nothing of [null, undefined, {}, { measures: {} }]) expect(givenTerms(nothing)).toBeNull();
  });

  it('stays with the place as far as it is of the place', () => {
    expect(termsOfPlace(terms)).toEqual({ attributes: terms.attributes, months: '2' });
    expect(termsOfPlace({ averageUsage: '5000' })).toBeNull();
    expect(termsOfPlace(null)).toBeNull();
  });

  it('is the same in any order', () => {
    expect(sameTerms(terms, { ...terms, attributes: { amperes: '100', meterSize: '1' } })).toBe(true);
    expect(sameTerms(terms, { ...terms, months: '1' })).toBe(false);
    expect(sameTerms(null, {})).toBe(true);
  });
});
