import { LIKELY_FROM, scoreLikeness, type Likeness } from './likeness';

const nothing: Likeness = { nameEdits: 9, nameLength: 12, samePhone: false, sameEmail: false, sameAddress: false };
const score = (same: Partial<Likeness>) => scoreLikeness({ ...nothing, ...same });

describe('S14 two records are likely of one person', () => {
  it('by the same name, the same telephone or the same e-mail alone', () => {
    for (const same of [{ nameEdits: 0 }, { samePhone: true }, { sameEmail: true }]) {
      expect(score(same).score).toBeGreaterThanOrEqual(LIKELY_FROM);
    }
    expect(score({ sameAddress: true }).score).toBeLessThan(LIKELY_FROM);
    expect(score({}).score).toBe(0);
  });

  it('by another spelling of a name that is long enough', () => {
    expect(score({ nameEdits: 1 })).toEqual({ score: 40, reasons: ['SIMILAR_NAME'] });
    expect(score({ nameEdits: 2 }).score).toBeGreaterThanOrEqual(LIKELY_FROM);
    expect(score({ nameEdits: 3 }).score).toBe(0);
  });

  it.each([
    [5, 1, false],
    [6, 1, true],
    [11, 2, false],
    [12, 2, true],
    [12, 3, false],
  ])('a name of %i letters with %i other ones is similar: %s', (nameLength, nameEdits, similar) => {
    expect(score({ nameLength, nameEdits }).reasons).toEqual(similar ? ['SIMILAR_NAME'] : []);
  });

  it('no two records without names are alike, and no score is above 100', () => {
    expect(score({ nameEdits: 0, nameLength: 0 }).reasons).toEqual([]);
    expect(score({ nameEdits: 0, samePhone: true, sameEmail: true, sameAddress: true })).toEqual({
      ...{ score: 100, reasons: ['SAME_NAME', 'SAME_PHONE', 'SAME_EMAIL', 'SAME_ADDRESS'] },
    });
  });
});
