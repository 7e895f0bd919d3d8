import { compare, ONE, toDecimalString, toFractionString } from '../../rational';
import type { Step } from '../../step';
import { sourcesOfFigure, valueOf, type Figure, type Given } from '../rate/figures';
import type { RatePart } from './rate-parts';

/** The working of a part that is not the whole period (domain.md rules 11 and 26). */
export function partSteps({ version, season, days, share }: RatePart, totalDays: number): Step[] {
  if (compare(share, ONE) === 0) return [];
  const values = {
    effectiveFrom: version.effectiveFrom,
    ...(season !== null && { season }),
    days: `${days}`,
    totalDays: `${totalDays}`,
    share: toFractionString(share),
  };
  return [{ rule: 'rule 11', text: `The rate changed: this part has ${days} of the ${totalDays} days`, values }];
}

/** How figures that are not printed as numbers were found (domain.md rule 24). */
export function figureSteps(figures: (Figure | undefined)[], given: Given): Step[] {
  return figures.flatMap((figure) => {
    if (figure === undefined || typeof figure === 'string') return [];
    const sources = sourcesOfFigure(figure, given);
    const by = Object.entries(sources).map(([name, text]) => `${name} ${text}`);
    const value = toDecimalString(valueOf(figure, given), 10);
    return [{ rule: 'rule 24', text: `${value} by ${by.join(', ')}`, values: { ...sources, value } }];
  });
}
