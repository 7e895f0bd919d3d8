import { demandOf, ownQuantity, type Charge } from './charges';
import type { Figure } from './figures';

/** A figure or the code of a measured quantity that a charge needs, with its JSON pointer below the charge. */
export interface NeededFigure {
  pointer: string;
  figure: Figure;
}

/** What the agreement must have for this charge to be priced (domain.md rules 24 and 27). */
export function figuresOf(charge: Charge): NeededFigure[] {
  switch (charge.kind) {
    case 'BASE':
    case 'FLAT':
      return [...amount(charge), ...limits(charge)];
    case 'MINIMUM':
    case 'MAXIMUM':
      return amount(charge);
    case 'SHARE_OF_USAGE':
      return [...one('/share', charge.share), ...limits(charge)];
    case 'TIERS':
      return [
        ...one(charge.quantity === undefined ? '/measure' : '/quantity', ownQuantity(charge)),
        ...tiers(charge.tiers),
        ...list('/boundsTimes', charge.boundsTimes),
        ...list('/times', charge.times),
        ...one('/included/quantity', charge.included?.quantity),
        ...limits(charge),
      ];
    case 'DEMAND':
      return [
        ...one(charge.quantity === undefined ? '/measure' : '/quantity', demandOf(charge)),
        ...one('/ratchet', charge.ratchet),
        ...one('/ratchet/share', charge.ratchet?.share),
        ...one('/least', charge.least),
        ...tiers(charge.tiers),
        ...list('/times', charge.times),
        ...limits(charge),
      ];
    case 'PERCENT':
      return [
        ...one('/percent', charge.percent),
        ...one('/above', charge.above),
        ...one('/onFirst', charge.onFirst),
        ...one('/onlyAbove', charge.onlyAbove),
        ...limits(charge),
      ];
  }
}

const one = (pointer: string, figure: Figure | null | undefined): NeededFigure[] =>
  figure === undefined || figure === null ? [] : [{ pointer, figure }];

const list = (pointer: string, figures: Figure[] = []): NeededFigure[] =>
  figures.flatMap((figure, i) => one(`${pointer}/${i}`, figure));

const amount = (charge: { amount?: Figure; times?: Figure[] }): NeededFigure[] => [
  ...one('/amount', charge.amount),
  ...list('/times', charge.times),
];

const limits = ({ atLeast, atMost }: { atLeast?: Figure; atMost?: Figure }): NeededFigure[] => [
  ...one('/atLeast', atLeast),
  ...one('/atMost', atMost),
];

const tiers = (each: { upTo: Figure | null; rate: Figure; amount?: Figure }[]): NeededFigure[] =>
  each.flatMap((tier, i) => [
    ...one(`/tiers/${i}/upTo`, tier.upTo),
    ...one(`/tiers/${i}/rate`, tier.rate),
    ...one(`/tiers/${i}/amount`, tier.amount),
  ]);
