import { compare, isDecimal, parseRational, ZERO } from '../../rational';
import type { Problem } from '../problem';
import type { Limits } from './charges';
import { isNumber, type Figure } from './figures';
import { refuseFigure } from './refuse-figure';

/** A decimal above 0. */
export const isPositive = (text: string): boolean => isDecimal(text) && compare(parseRational(text), ZERO) > 0;
/** A decimal or fraction, also below 0. */
export const isSigned = (text: string): boolean => isNumber(text, { signed: true });
/** A decimal or fraction of 0 or more. */
export const isUnsigned = (text: string): boolean => isNumber(text);

/** The problems of a figure that may be absent. */
export const figureProblems = (
  figure: Figure | undefined,
  at: string,
  code: string,
  what: string,
  holds: (text: string) => boolean = isUnsigned,
): Problem[] => (figure === undefined ? [] : refuseFigure(figure, at, { code, what, holds }));

/** Problems of the figures that something is multiplied by. */
export const refuseTimes = (times: Figure[] | undefined, at: string): Problem[] =>
  (times ?? []).flatMap((figure, i) =>
    figureProblems(
      figure,
      `${at}/${i}`,
      'RATE_TIMES',
      'It is multiplied by a decimal like 0.85 or a fraction like 1/12',
      isSigned,
    ),
  );

/** Problems of a floor and a ceiling. */
export const refuseLimits = ({ atLeast, atMost }: Limits, at: string): Problem[] => [
  ...figureProblems(atLeast, `${at}/atLeast`, 'RATE_LIMIT', 'The least is a decimal', isSigned),
  ...figureProblems(atMost, `${at}/atMost`, 'RATE_LIMIT', 'The most is a decimal', isSigned),
];
