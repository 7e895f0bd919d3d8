import { ownQuantity, type Charge } from '../rate/charges';
import type { RateVersion } from '../rate/rate-version';
import { changeOf, type RatePart } from './rate-parts';

/**
 * The charges that a change inside the period does not change, as their JSON: the same in every part, under the same
 * rounding, proration, measuring and taxes, and tiers of usage under the same share too (domain.md rule 26). None where
 * each line is divided.
 */
export function undividedIn(parts: RatePart[], wanted: Charge[][]): Set<string> {
  if (parts.length < 2 || changeOf(parts).lines === 'EACH') return new Set();
  const terms = new Set(parts.map(({ version }) => termsOf(version)));
  if (terms.size > 1) return new Set();
  const follows = new Set(
    wanted.map((charges) => JSON.stringify(charges.filter(({ kind }) => kind === 'SHARE_OF_USAGE'))),
  );
  const [first = [], ...others] = wanted;
  const isSame = (charge: Charge) => {
    if (isOfUsage(charge) && follows.size > 1) return false;
    return others.every((charges) => charges.some((other) => JSON.stringify(other) === JSON.stringify(charge)));
  };
  return new Set(first.filter(isSame).map((charge) => JSON.stringify(charge)));
}

const termsOf = ({ rounding, proration, measuring, taxes }: RateVersion): string =>
  JSON.stringify([rounding, proration, measuring, taxes]);

const isOfUsage = (charge: Charge): boolean => charge.kind === 'TIERS' && ownQuantity(charge) === undefined;
