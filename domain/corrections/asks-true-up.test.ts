import { asksTrueUp } from './asks-true-up';

it.each([
  ['NEVER', 10_000, false],
  ['ALWAYS', 0, true],
  ['ALWAYS', -1, true],
  ['ABOVE_AMOUNT', 500, false],
  ['ABOVE_AMOUNT', 501, true],
  ['ABOVE_AMOUNT', -500, false],
  ['ABOVE_AMOUNT', -501, true],
] as const)('rule 4: a bill that is wrong by cents is corrected, %s, %d: %s', (mode, differenceCents, asked) => {
  expect(asksTrueUp({ mode, aboveCents: 500 }, differenceCents)).toBe(asked);
});
