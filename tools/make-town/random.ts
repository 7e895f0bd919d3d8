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

/** One of them. */
export const pick = <T>(random: Random, from: readonly T[]): T => from[random(0, from.length - 1)] as T;

/** Whether it happens that happens so many times in a hundred. */
export const chance = (random: Random, percent: number): boolean => random(1, 100) <= percent;

/** The same things in another order. */
export function shuffle<T>(random: Random, things: readonly T[]): T[] {
  const left = [...things];
  return things.map(() => left.splice(random(0, left.length - 1), 1)[0] as T);
}
