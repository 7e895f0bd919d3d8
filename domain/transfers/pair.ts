import { assertCents, type Cents } from '../money';

/** A part of an amount: which source it comes from, and which target it goes to. */
export interface Pairing {
  source: number;
  target: number;
  cents: Cents;
}

/**
 * Fills targets from sources, each in its order, so that it is known of every cent where it comes from and goes to
 * (domain.md rule 15 f). Ends when the sources or the targets are used up.
 */
export function pair(sources: readonly Cents[], targets: readonly Cents[]): Pairing[] {
  const pairs: Pairing[] = [];
  const [left, wanted] = [sources.map(assertCents), targets.map(assertCents)];
  for (let source = 0, target = 0; source < left.length && target < wanted.length;) {
    const cents = Math.min(left[source]!, wanted[target]!);
    if (cents > 0) pairs.push({ source, target, cents });
    left[source]! -= cents;
    wanted[target]! -= cents;
    if (left[source]! <= 0) source += 1;
    else target += 1;
  }
  return pairs;
}
