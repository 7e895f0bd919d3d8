/** A source of whole numbers, both ends included; the same seed gives the same numbers on every machine (mulberry32). */
export type Random = (from: number, to: number) => number;

/** Makes a source from a seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (from, to) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (to - from + 1));
  };
}
