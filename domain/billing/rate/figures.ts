import {
  add,
  compare,
  div,
  isDecimal,
  max,
  min,
  mul,
  ONE,
  parseRational,
  roundTo,
  ZERO,
  type Rational,
  type RoundingMode,
} from '../../rational';
import type { Refusal } from '../../refusal';

/**
 * A number of a rate sheet: a decimal '2.5000', a fraction '1/12', or one that depends on the customer, place or meter:
 * looked up by an attribute, an attribute itself, a measured quantity, a value by bands of another figure, or computed
 * from others (domain.md rules 23, 24 and 27).
 */
export type Figure = string | LookedUp | OfAttribute | OfMeasure | ByBands | Computed;

/** By the text of an attribute, such as meterSize: { '5/8': '12.00', '1': '20.00' }; otherwise for all other texts. */
export interface LookedUp {
  by: string;
  values: Record<string, Figure>;
  otherwise?: Figure;
}

/** The value of an attribute, such as the amperes of a connection; otherwise where the agreement has none. */
export interface OfAttribute {
  attribute: string;
  otherwise?: string;
}

/**
 * A quantity measured beside the usage, such as KW; otherwise where it was not measured. Always there: USAGE (the quantity
 * billed), DAYS (those billed), MONTHS (of the cycle), UNITS and QUANTITY (of the agreement).
 */
export interface OfMeasure {
  measure: string;
  otherwise?: string;
}

/** The value of the first band that `of` does not pass; the last band's upTo is null, without end. */
export interface ByBands {
  of: Figure;
  bands: { upTo: string | null; value: Figure }[];
}

/** The product or sum of figures, divided by another, at least and at most others, rounded to so many decimal places. */
export interface Computed {
  /** One of the two. */
  product?: Figure[];
  sum?: Figure[];
  over?: Figure;
  atLeast?: Figure;
  atMost?: Figure;
  places?: number;
  mode?: RoundingMode;
}

/** What the figures of a rate are resolved with: attributes and measured quantities of one service. */
export interface Given {
  attributes: Readonly<Record<string, string>>;
  measures: Readonly<Record<string, string>>;
}

/** Figures have at most ten decimal places: a factor of conversion is printed with that many. */
const PLACES = 10;

/** Whether the text is a decimal or a fraction of decimals, of 0 or more unless signed. */
export function isNumber(text: unknown, { signed = false } = {}): text is string {
  if (typeof text !== 'string') return false;
  const [top = '', bottom, ...rest] = text.split('/');
  if (rest.length > 0 || !isDecimal(top, { maxPlaces: PLACES, signed })) return false;
  return bottom === undefined || (isDecimal(bottom, { maxPlaces: PLACES }) && parseRational(bottom).num !== 0n);
}

/** The exact value of a decimal or fraction; needs isNumber. */
export function numberOf(text: string): Rational {
  const [top = '', bottom = '1'] = text.split('/');
  return div(parseRational(top), parseRational(bottom));
}

/** The value of a figure for this service. Throws RangeError where it has none: a null refuseGiven comes first. */
export function valueOf(figure: Figure, given: Given): Rational {
  const found = resolve(figure, '', given);
  if ('refusal' in found) throw new RangeError(found.refusal.message);
  return found.value;
}

/**
 * Why a figure has no value for this service, null if it has one: codes ATTRIBUTE_MISSING, MEASURE_MISSING,
 * FIGURE_NOT_A_NUMBER, FIGURE_BY_ZERO.
 */
export function refuseGiven(figure: Figure, at: string, given: Given): Refusal | null {
  const found = resolve(figure, at, given);
  return 'refusal' in found ? found.refusal : null;
}

type Found = { value: Rational } | { refusal: Refusal };

function resolve(figure: Figure, at: string, given: Given): Found {
  if (typeof figure === 'string') return { value: numberOf(figure) };
  if ('by' in figure) return lookUp(figure, at, given);
  if ('attribute' in figure) {
    const text = find(given.attributes, figure.attribute) ?? figure.otherwise;
    return numberFound(text, at, 'ATTRIBUTE_MISSING', { what: `the attribute ${figure.attribute}`, signed: false });
  }
  if ('measure' in figure) {
    const text = find(given.measures, figure.measure) ?? figure.otherwise;
    return numberFound(text, at, 'MEASURE_MISSING', { what: `the measured ${figure.measure}`, signed: true });
  }
  return 'bands' in figure ? inBand(figure, at, given) : computed(figure, at, given);
}

/** An attribute is somebody's word: below 0 it would turn a charge round. */
function numberFound(
  text: string | undefined,
  at: string,
  code: string,
  { what, signed }: { what: string; signed: boolean },
): Found {
  if (text === undefined) return { refusal: { code, message: `The rate needs ${what}`, pointer: at } };
  if (!isNumber(text, { signed }))
    return {
      refusal: {
        code: 'FIGURE_NOT_A_NUMBER',
        message: `${text} is not a number${signed ? '' : ' of 0 or more'}`,
        pointer: at,
      },
    };
  return { value: numberOf(text) };
}

function lookUp({ by, values, otherwise }: LookedUp, at: string, given: Given): Found {
  const text = find(given.attributes, by);
  const found = find(values, text) ?? otherwise;
  if (found !== undefined) return resolve(found, at, given);
  const is = text === undefined ? '' : `; it is ${text}`;
  const message = `The rate needs the attribute ${by}, one of ${Object.keys(values).join(', ')}${is}`;
  return { refusal: { code: 'ATTRIBUTE_MISSING', message, pointer: at } };
}

function inBand({ of, bands }: ByBands, at: string, given: Given): Found {
  const found = resolve(of, `${at}/of`, given);
  if ('refusal' in found) return found;
  const band = bands.findIndex(({ upTo }) => upTo === null || compare(found.value, numberOf(upTo)) <= 0);
  return resolve(bands[band]?.value ?? '0', `${at}/bands/${band}/value`, given);
}

/** What is multiplied or added up, with its name. */
export const operandsOf = ({ product = [], sum }: Computed): ['sum' | 'product', Figure[]] =>
  sum === undefined ? ['product', product] : ['sum', sum];

function computed(figure: Computed, at: string, given: Given): Found {
  const { over, atLeast, atMost, places, mode = 'HALF_UP' } = figure;
  const isSum = figure.sum !== undefined;
  const [name, operands] = operandsOf(figure);
  let value = isSum ? ZERO : ONE;
  for (const [i, operand] of operands.entries()) {
    const found = resolve(operand, `${at}/${name}/${i}`, given);
    if ('refusal' in found) return found;
    value = isSum ? add(value, found.value) : mul(value, found.value);
  }
  for (const [key, term, act] of [
    ['over', over, div],
    ['atLeast', atLeast, max],
    ['atMost', atMost, min],
  ] as const) {
    if (term === undefined) continue;
    const found = resolve(term, `${at}/${key}`, given);
    if ('refusal' in found) return found;
    if (act === div && found.value.num === 0n)
      return { refusal: { code: 'FIGURE_BY_ZERO', message: 'It is divided by 0', pointer: `${at}/over` } };
    value = act(value, found.value);
  }
  return { value: places === undefined ? value : roundTo(value, places, mode) };
}

const find = <T>(values: Readonly<Record<string, T>>, key: string | undefined): T | undefined =>
  key !== undefined && Object.hasOwn(values, key) ? values[key] : undefined;

/** What a figure was found by, for a bill's working: names with their texts, such as meterSize '3/4'. */
export function sourcesOfFigure(figure: Figure, given: Given): Record<string, string> {
  if (typeof figure === 'string') return {};
  if ('by' in figure) {
    const found = find(figure.values, find(given.attributes, figure.by)) ?? figure.otherwise;
    const source = { [figure.by]: find(given.attributes, figure.by) ?? 'none' };
    return found === undefined ? source : { ...source, ...sourcesOfFigure(found, given) };
  }
  if ('attribute' in figure) return { [figure.attribute]: find(given.attributes, figure.attribute) ?? 'none' };
  if ('measure' in figure) return { [figure.measure]: find(given.measures, figure.measure) ?? 'none' };
  if ('bands' in figure) return sourcesOfFigure(figure.of, given);
  const factors = [...operandsOf(figure)[1], figure.over, figure.atLeast, figure.atMost];
  return Object.assign(
    {},
    ...factors.map((factor) => (factor === undefined ? {} : sourcesOfFigure(factor, given))),
  ) as Record<string, string>;
}
