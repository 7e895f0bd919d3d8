import { compare } from '../../rational';
import { problem, type Problem } from '../problem';
import { isNumber, numberOf, operandsOf, type ByBands, type Figure, type Computed } from './figures';

/** What the numbers of a figure must be: the code and sentence of the problem, and which texts hold. */
export interface FigureTerms {
  code: string;
  what: string;
  holds: (text: string) => boolean;
}

/** Problems of a figure of the right shape, each with its pointer: every number that it can come to must hold. */
export function refuseFigure(figure: Figure, at: string, terms: FigureTerms): Problem[] {
  if (typeof figure === 'string') return [problem(terms.holds(figure), terms.code, terms.what, at)];
  if ('bands' in figure) return refuseBands(figure, at, terms);
  if (isComputed(figure)) return refuseComputed(figure, at);
  const otherwise = figure.otherwise === undefined ? [] : refuseFigure(figure.otherwise, `${at}/otherwise`, terms);
  if (!('by' in figure)) return otherwise;
  return [
    problem(Object.keys(figure.values).length > 0, 'RATE_LOOKUP', 'There is no value to look up', `${at}/values`),
    ...Object.entries(figure.values).flatMap(([key, value]) =>
      refuseFigure(value, `${at}/values/${escaped(key)}`, terms),
    ),
    ...otherwise,
  ];
}

const isComputed = (figure: Exclude<Figure, string>): figure is Computed =>
  !['by', 'attribute', 'measure', 'bands'].some((key) => key in figure);

function refuseBands({ of, bands }: ByBands, at: string, terms: FigureTerms): Problem[] {
  const last = bands.length - 1;
  const rises = (upTo: string, i: number) => {
    const before = bands[i - 1]?.upTo;
    return !before || !isNumber(before, SIGNED) || compare(numberOf(upTo), numberOf(before)) > 0;
  };
  return [
    ...refuseFigure(of, `${at}/of`, ANY_NUMBER),
    problem(bands.length > 0, 'RATE_BANDS', 'There is no band', `${at}/bands`),
    ...bands.flatMap(({ upTo, value }, i) => [
      problem(
        i === last ? upTo === null : upTo !== null && isNumber(upTo, SIGNED) && rises(upTo, i),
        'RATE_BANDS',
        'Bands rise, and the last one is without end',
        `${at}/bands/${i}/upTo`,
      ),
      ...refuseFigure(value, `${at}/bands/${i}/value`, terms),
    ]),
  ];
}

/** What it comes to is known on the bill only: its own numbers must be numbers. */
function refuseComputed(figure: Computed, at: string): Problem[] {
  const { over, atLeast, atMost, places = 0 } = figure;
  const [name, operands] = operandsOf(figure);
  return [
    problem(
      figure.sum === undefined || figure.product === undefined,
      'RATE_COMPUTED',
      'A figure is a product or a sum, not both',
      `${at}/product`,
    ),
    problem(operands.length > 0, 'RATE_COMPUTED', 'There is nothing to compute with', `${at}/${name}`),
    ...operands.flatMap((operand, i) => refuseFigure(operand, `${at}/${name}/${i}`, ANY_NUMBER)),
    ...(over === undefined ? [] : refuseFigure(over, `${at}/over`, NOT_ZERO)),
    ...(atLeast === undefined ? [] : refuseFigure(atLeast, `${at}/atLeast`, ANY_NUMBER)),
    ...(atMost === undefined ? [] : refuseFigure(atMost, `${at}/atMost`, ANY_NUMBER)),
    problem(
      Number.isSafeInteger(places) && places >= 0 && places <= 10,
      'RATE_COMPUTED',
      'Decimal places are a whole number from 0 to 10',
      `${at}/places`,
    ),
  ];
}

const SIGNED = { signed: true };
const ANY_NUMBER: FigureTerms = {
  code: 'RATE_NUMBER',
  what: 'A number is a decimal like 2.5 or a fraction like 1/12',
  holds: (text) => isNumber(text, SIGNED),
};
const NOT_ZERO: FigureTerms = {
  code: 'RATE_NUMBER',
  what: 'A number that divides is not 0',
  holds: (text) => isNumber(text, SIGNED) && numberOf(text).num !== 0n,
};

/** A key inside a JSON pointer (RFC 6901). */
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
