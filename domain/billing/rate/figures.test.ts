import { toDecimalString } from '../../rational';
import { isNumber, refuseGiven, sourcesOfFigure, valueOf, type Figure } from './figures';
import { refuseFigure } from './refuse-figure';

const given = {
  attributes: { meterSize: '5/8', class: 'RES', amperes: '100', word: 'many', below: '-5' },
  measures: { KW: '51.09', PF: '0.871' },
};
const value = (figure: Figure) => toDecimalString(valueOf(figure, given), 10);
const refused = (figure: Figure) => refuseGiven(figure, '', given);

describe('a figure', () => {
  it('is a decimal or a fraction', () => {
    expect(value('2.5000')).toBe('2.5');
    expect(value('1/12')).toBe('0.0833333333');
    expect(['1/0', '1e3', '', '1/2/3', '0.12345678901'].map((text) => isNumber(text))).not.toContain(true);
    expect(isNumber('-4.20')).toBe(false);
    expect(isNumber('-4.20', { signed: true })).toBe(true);
  });

  it('rule 24: is looked up by an attribute, and by two', () => {
    const bySize = { by: 'meterSize', values: { '5/8': '12', '1': '20' } };
    expect(value(bySize)).toBe('12');
    expect(value({ by: 'class', values: { RES: bySize }, otherwise: '9' })).toBe('12');
    expect(value({ by: 'class', values: { COM: bySize }, otherwise: '9' })).toBe('9');
    expect(sourcesOfFigure({ by: 'class', values: { RES: bySize } }, given)).toEqual({
      class: 'RES',
      meterSize: '5/8',
    });
  });

  it('rule 24: is an attribute or a measured quantity itself, or what stands for one that is missing', () => {
    expect(value({ attribute: 'amperes' })).toBe('100');
    expect(value({ measure: 'KW' })).toBe('51.09');
    expect(value({ measure: 'KVA', otherwise: '0' })).toBe('0');
    expect(value({ attribute: 'persons', otherwise: '4' })).toBe('4');
  });

  it('rule 24: is that of the band which another figure does not pass', () => {
    const bands = [
      { upTo: '2', value: '40' },
      { upTo: '51.09', value: '100' },
      { upTo: null, value: '250' },
    ];
    expect(value({ of: '2', bands })).toBe('40');
    expect(value({ of: { measure: 'KW' }, bands })).toBe('100');
    expect(value({ of: '51.1', bands })).toBe('250');
  });

  it('rule 27: is computed: a demand corrected by its power factor is rounded to hundredths', () => {
    expect(value({ product: [{ measure: 'KW' }, '0.93'], over: { measure: 'PF' }, places: 2 })).toBe('54.55');
    expect(value({ sum: ['1', '2'], atLeast: '5' })).toBe('5');
    expect(value({ sum: ['1', '2'], atMost: '2.5' })).toBe('2.5');
    expect(value({ product: ['1.01'], places: 0, mode: 'UP' })).toBe('2');
  });

  it('has no value where the agreement does not say, and names what is missing', () => {
    expect(refused({ attribute: 'persons' })).toMatchObject({ code: 'ATTRIBUTE_MISSING' });
    expect(refused({ measure: 'KVA' })).toMatchObject({ code: 'MEASURE_MISSING' });
    expect(refused({ attribute: 'word' })).toMatchObject({ code: 'FIGURE_NOT_A_NUMBER' });
    expect(refused({ attribute: 'below' })).toMatchObject({ code: 'FIGURE_NOT_A_NUMBER' });
    expect(refused({ by: 'meterSize', values: { '2': '1' } })?.message).toContain('one of 2; it is 5/8');
    expect(refused({ product: ['1', { measure: 'KVA' }] })).toMatchObject({ pointer: '/product/1' });
    expect(refused({ sum: ['1'], over: { measure: 'ZERO', otherwise: '0' } })).toMatchObject({
      code: 'FIGURE_BY_ZERO',
    });
    // What every object has is no attribute.
    expect(refused({ by: 'class', values: { toString: '1' } })).toMatchObject({ code: 'ATTRIBUTE_MISSING' });
    expect(() => valueOf({ attribute: 'persons' }, given)).toThrow(RangeError);
  });
});

it('a figure of the right shape is refused for every number that is none, with its pointer', () => {
  const terms = { code: 'X', what: 'no number', holds: (text: string) => isNumber(text) };
  const pointers = (figure: Figure) =>
    refuseFigure(figure, '', terms).flatMap((problem) => (problem ? [`${problem.code} ${problem.pointer ?? ''}`] : []));
  expect(pointers('x')).toEqual(['X ']);
  expect(pointers({ by: 'size', values: { '3/4': '-1', '1~': 'x' }, otherwise: 'y' })).toEqual([
    'X /values/3~14',
    'X /values/1~0',
    'X /otherwise',
  ]);
  expect(pointers({ by: 'size', values: {} })).toEqual(['RATE_LOOKUP /values']);
  expect(
    pointers({
      of: 'z',
      bands: [
        { upTo: '5', value: '1' },
        { upTo: '4', value: 'x' },
        { upTo: '9', value: '1' },
      ],
    }),
  ).toEqual(['RATE_NUMBER /of', 'RATE_BANDS /bands/1/upTo', 'X /bands/1/value', 'RATE_BANDS /bands/2/upTo']);
  expect(pointers({ of: '1', bands: [] })).toEqual(['RATE_BANDS /bands']);
  expect(pointers({ product: [], over: '0', places: 11 })).toEqual([
    'RATE_COMPUTED /product',
    'RATE_NUMBER /over',
    'RATE_COMPUTED /places',
  ]);
  expect(pointers({ product: ['1'], sum: ['1'] })).toEqual(['RATE_COMPUTED /product']);
  expect(pointers({})).toEqual(['RATE_COMPUTED /product']);
  expect(pointers({ sum: ['a', '1'], atLeast: 'b', atMost: 'c' })).toEqual([
    'RATE_NUMBER /sum/0',
    'RATE_NUMBER /atLeast',
    'RATE_NUMBER /atMost',
  ]);
});
