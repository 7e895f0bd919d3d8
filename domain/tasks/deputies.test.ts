import { standsInFor } from './deputies';

const away = (userId: number, deputyId: number) => ({ userId, deputyId });

describe('standsInFor', () => {
  it('is nobody when nobody is away', () => {
    expect(standsInFor(1, [])).toEqual([]);
    expect(standsInFor(1, [away(2, 3)])).toEqual([]);
  });

  it('is whoever named the person, and whoever named an absent deputy', () => {
    expect(standsInFor(1, [away(2, 1), away(3, 1)])).toEqual([2, 3]);
    expect(standsInFor(1, [away(2, 1), away(3, 2)])).toEqual([2, 3]);
  });

  it('ends when everybody in a circle is away, and is never oneself', () => {
    expect(standsInFor(1, [away(1, 2), away(2, 1)])).toEqual([2]);
    expect(standsInFor(1, [away(2, 1), away(3, 2), away(2, 3)])).toEqual([2, 3]);
  });
});
