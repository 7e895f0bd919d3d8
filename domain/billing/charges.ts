import type { Cents } from '../money';
import { compare, isDecimal, parseRational, ZERO } from '../rational';
import { problem, type Problem } from './problem';

/** Quantities up to and including upTo (null: without end) and above the tier before, in dollars per `per` units. */
export interface Tier {
  upTo: string | null;
  rate: string;
}

interface NamedCharge {
  /** Code and name of the bill's line; the kind and its English name unless given. */
  code?: string;
  name?: string;
}
/** A fixed amount beside usage (domain.md rule 9). */
export interface BaseCharge extends NamedCharge {
  kind: 'BASE';
  amountCents: Cents;
}
/** An amount without usage, for each of the agreement's units. */
export interface FlatCharge extends NamedCharge {
  kind: 'FLAT';
  amountCents: Cents;
}
/** Usage in tiers; SCALED bounds follow the days billed, WHOLE ones do not (domain.md rule 10). */
export interface TiersCharge extends NamedCharge {
  kind: 'TIERS';
  per: string;
  tierProration: 'WHOLE' | 'SCALED';
  tiers: Tier[];
}
/** The floor of the service's charges (domain.md rule 9). */
export interface MinimumCharge extends NamedCharge {
  kind: 'MINIMUM';
  amountCents: Cents;
}
/**
 * Makes the quantity of this version's tiers a share ('0.80') of another service's final usage (domain.md rule 12).
 * Adds no line.
 */
export interface ShareOfUsage extends NamedCharge {
  kind: 'SHARE_OF_USAGE';
  ofService: string;
  share: string;
}
/** What a rate version charges for; a new kind of charge is a new member of this list. */
export type Charge = BaseCharge | FlatCharge | TiersCharge | MinimumCharge | ShareOfUsage;

/** Every problem of a version's charges, each with a JSON pointer below the version (domain.md rules 9, 10 and 12). */
export function refuseCharges(charges: Charge[]): Problem[] {
  const hasTiers = charges.some(({ kind }) => kind === 'TIERS');
  const hasShare = charges.some(({ kind }) => kind === 'SHARE_OF_USAGE');
  return [
    problem(charges.length > 0, 'RATE_EMPTY', 'The version has no charge', '/charges'),
    ...charges.flatMap((charge, i) => refuseCharge(charge, `/charges/${i}`)),
    ...refuseRepeats(charges),
    problem(hasTiers || !hasShare, 'RATE_SHARE_WITHOUT_TIERS', 'A share of usage needs tiers to price it', '/charges'),
  ];
}

const isCents = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isPositive = (text: string): boolean => isDecimal(text) && compare(parseRational(text), ZERO) > 0;

function refuseCharge(charge: Charge, at: string): Problem[] {
  switch (charge.kind) {
    case 'BASE':
    case 'FLAT':
    case 'MINIMUM':
      return [
        problem(
          isCents(charge.amountCents),
          'RATE_AMOUNT',
          'The amount is whole cents of 0 or more',
          `${at}/amountCents`,
        ),
      ];
    case 'SHARE_OF_USAGE':
      return [
        problem(
          charge.ofService !== '',
          'RATE_SHARE',
          'The share needs the service whose usage it follows',
          `${at}/ofService`,
        ),
        problem(isPositive(charge.share), 'RATE_SHARE', 'The share is a decimal above 0, like 0.80', `${at}/share`),
      ];
    case 'TIERS':
      return refuseTiers(charge, at);
    default:
      return [problem(false, 'RATE_CHARGE_KIND', 'Unknown kind of charge', `${at}/kind`)];
  }
}

function refuseTiers({ per, tierProration, tiers }: TiersCharge, at: string): Problem[] {
  const last = tiers.length - 1;
  return [
    problem(isPositive(per), 'RATE_PER', 'The quantity a rate is for is a decimal above 0', `${at}/per`),
    problem(
      tierProration === 'WHOLE' || tierProration === 'SCALED',
      'RATE_TIER_PRORATION',
      'Tier bounds are WHOLE or SCALED',
      `${at}/tierProration`,
    ),
    problem(tiers.length > 0, 'RATE_TIERS', 'There is no tier', `${at}/tiers`),
    ...tiers.flatMap(({ upTo, rate }, i) => [
      problem(
        isDecimal(rate),
        'RATE_TIER_RATE',
        'The rate is dollars of 0 or more, like 2.5000',
        `${at}/tiers/${i}/rate`,
      ),
      i === last
        ? problem(
            upTo === null,
            'RATE_TIERS_END',
            'The last tier has no upper bound, or usage above it would have no price',
            `${at}/tiers/${i}/upTo`,
          )
        : problem(
            isAbove(upTo, tiers[i - 1]?.upTo ?? '0'),
            'RATE_TIER_BOUND',
            'The bound is a decimal above that of the tier before',
            `${at}/tiers/${i}/upTo`,
          ),
    ]),
  ];
}

const isAbove = (upTo: string | null, lower: string): boolean =>
  upTo !== null && isPositive(upTo) && (!isDecimal(lower) || compare(parseRational(upTo), parseRational(lower)) > 0);

function refuseRepeats(charges: Charge[]): Problem[] {
  const single = ['TIERS', 'MINIMUM', 'SHARE_OF_USAGE'];
  return charges.map(({ kind }, i) =>
    problem(
      !single.includes(kind) || charges.findIndex((charge) => charge.kind === kind) === i,
      'RATE_CHARGE_TWICE',
      'A version has at most one charge of this kind',
      `/charges/${i}/kind`,
    ),
  );
}
