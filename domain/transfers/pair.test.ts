import { pair } from './pair';

describe('rule 15 f: where each cent of a transfer comes from and goes to', () => {
  it('rule 15 f: fills each target in turn from each source in turn', () => {
    expect(pair([500, 300], [200, 600])).toEqual([
      { source: 0, target: 0, cents: 200 },
      { source: 0, target: 1, cents: 300 },
      { source: 1, target: 1, cents: 300 },
    ]);
  });

  it('rule 15 f: ends when one side is used up, and skips what is empty', () => {
    expect(pair([0, 100, 50], [70])).toEqual([{ source: 1, target: 0, cents: 70 }]);
    expect(pair([70], [0, 100])).toEqual([{ source: 0, target: 1, cents: 70 }]);
    expect(pair([], [1])).toEqual([]);
  });
});
