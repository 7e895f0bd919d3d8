import type { Charge, TiersCharge } from '../rate/charges';
import { centsOfCharges } from '../sample-facts';

// Ten days of a month of 30, 6000 gal: f is 1/3.
const tiers = (changes: Partial<TiersCharge> = {}): Charge => ({
  kind: 'TIERS',
  per: '1000',
  tierProration: 'WHOLE',
  tiers: [
    { upTo: '4000', rate: '2' },
    { upTo: null, rate: '5' },
  ],
  ...changes,
});
const usage = (changes: Partial<TiersCharge>, service = {}) => centsOfCharges([tiers(changes)], { service });

describe('rule 23: tiers', () => {
  it('rule 23: have bounds for a day, a year or a month of the cycle', () => {
    const perDay = [
      { upTo: '100', rate: '2' },
      { upTo: null, rate: '5' },
    ];
    expect(usage({ tiers: perDay, boundsPer: 'DAY' })).toEqual({ USAGE: 200 + 2500 });
    expect(usage({ tiers: perDay, boundsPer: 'DAY', tierProration: 'SCALED' })).toEqual({ USAGE: 200 + 2500 });
    expect(
      usage({
        tiers: [
          { upTo: '36500', rate: '2' },
          { upTo: null, rate: '5' },
        ],
        boundsPer: 'YEAR',
      }),
    ).toEqual({
      USAGE: 200 + 2500,
    });
    expect(usage({ boundsPer: 'MONTH' }, { months: '2' })).toEqual({ USAGE: 1200 });
    expect(usage({ boundsPer: 'MONTH', tierProration: 'SCALED' }, { months: '2' })).toEqual({ USAGE: 267 + 2333 });
  });

  it('rule 23: have bounds from an allowance, and none of the units where units do not count', () => {
    expect(usage({ boundsTimes: [{ attribute: 'persons' }, '1/4'] }, { attributes: { persons: '2' } })).toEqual({
      USAGE: 400 + 2000,
    });
    expect(usage({}, { units: '1.5' })).toEqual({ USAGE: 1200 });
    expect(usage({ boundsTimesUnits: false }, { units: '1.5' })).toEqual({ USAGE: 1800 });
  });

  it('rule 10: scaled bounds follow the days of a regular bill too, though its base is whole', () => {
    const charges: Charge[] = [{ kind: 'BASE', amount: '9.00' }, tiers({ tierProration: 'SCALED' })];
    expect(centsOfCharges(charges, { facts: { event: 'REGULAR' } })).toEqual({ BASE: 900, USAGE: 267 + 2333 });
  });

  it('rule 23: keep whole bounds on bills of so many days', () => {
    expect(usage({ tierProration: 'SCALED', unscaledDays: { fromDays: 10, toDays: 12 } })).toEqual({ USAGE: 1800 });
    expect(usage({ tierProration: 'SCALED', unscaledDays: { fromDays: 11, toDays: 12 } })).toEqual({
      USAGE: 267 + 2333,
    });
  });

  it('rule 23: included usage uses up the lowest tiers, or comes before them', () => {
    const included = (from: 'IN_TIERS' | 'BEFORE_TIERS') => usage({ included: { quantity: '3000', from } });
    expect(included('IN_TIERS')).toEqual({ USAGE: 200 + 1000 });
    expect(included('BEFORE_TIERS')).toEqual({ USAGE: 600 });
    expect(usage({ included: { quantity: '7000', from: 'BEFORE_TIERS' } })).toEqual({ USAGE: 0 });
    expect(usage({ included: { quantity: '7000', from: 'IN_TIERS' } })).toEqual({ USAGE: 0 });
  });

  it('rule 23: all of it is priced at the tier that is reached; on a bound it is the tier below', () => {
    expect(usage({ pricing: 'REACHED' })).toEqual({ USAGE: 3000 });
    expect(
      usage({
        pricing: 'REACHED',
        tiers: [
          { upTo: '6000', rate: '2', amount: '9.00' },
          { upTo: null, rate: '5' },
        ],
      }),
    ).toEqual({ USAGE: 1200 + 300 });
  });

  it('rule 23: the usage of an average day or month is rounded, priced, and multiplied', () => {
    const daily = [
      { upTo: '400', rate: '1.23456' },
      { upTo: null, rate: '5' },
    ];
    const averaged = { per: 'DAY' as const, quantityPlaces: 0, amountPlaces: 3 };
    // 6000 gal in 9 days are 667 a day: 0.494 + 1.335 dollars, each rounded, times 9.
    expect(usage({ tiers: daily, averaged }, { lastBilledThrough: '2026-06-01' })).toEqual({ USAGE: 1646 });
    const monthly = { per: 'MONTH' as const };
    expect(usage({ averaged: monthly }, { months: '2' })).toEqual({ USAGE: 1200 });
    expect(usage({ averaged: monthly, lines: 'EACH_TIER', tiers: daily }, { months: '2' })).toEqual({
      'USAGE-1': 99,
      'USAGE-2': 2600,
    });
  });

  it('rule 23: a tier has a fixed amount beside its rate once it is reached, prorated as the base', () => {
    const amounts = [
      { upTo: '4000', rate: '0', amount: '30.00' },
      { upTo: '6000', rate: '1', amount: '3.00' },
      { upTo: null, rate: '5', amount: '99.00' },
    ];
    expect(usage({ tiers: amounts })).toEqual({ USAGE: 1000 + 200 + 100 });
  });

  it('rule 19: a line for each tier is rounded by itself, and only the touched have one', () => {
    const each = [
      { upTo: '4000', rate: '0.33333', code: 'LOW' },
      { upTo: '5000', rate: '0.33333' },
      { upTo: '9000', rate: '0.33333' },
      { upTo: null, rate: '1' },
    ];
    expect(usage({ tiers: each, lines: 'EACH_TIER' })).toEqual({ LOW: 133, 'USAGE-2': 33, 'USAGE-3': 33 });
  });

  it('rule 28: a percent and a minimum of the charge are of all lines of its tiers', () => {
    const charges: Charge[] = [
      tiers({ lines: 'EACH_TIER' }),
      { kind: 'MINIMUM', of: ['USAGE'], amount: '60.00' },
      { kind: 'PERCENT', percent: '10', of: ['USAGE'] },
      { kind: 'PERCENT', code: 'SECOND', percent: '10', of: ['USAGE-2'] },
    ];
    expect(centsOfCharges(charges)).toEqual({
      'USAGE-1': 800,
      'USAGE-2': 1000,
      MINIMUM: 200,
      PERCENT: 180,
      SECOND: 100,
    });
  });

  it('rule 23: rates are multiplied by losses and adjustments, a rate below 0 is a credit', () => {
    expect(usage({ times: ['1.1', { attribute: 'loss' }] }, { attributes: { loss: '0.5' } })).toEqual({ USAGE: 990 });
    expect(usage({ tiers: [{ upTo: null, rate: '-0.05' }] })).toEqual({ USAGE: -30 });
    expect(usage({ atLeast: '20.00' })).toEqual({ USAGE: 2000 });
    expect(usage({ atMost: '10.00' })).toEqual({ USAGE: 1000 });
  });

  it('rule 27: price a measured quantity, or one of their own, beside the usage', () => {
    const measures = { ON_PEAK: '2000' };
    const peak = tiers({ code: 'PEAK', measure: 'ON_PEAK' });
    expect(centsOfCharges([tiers(), peak], { service: { measures } })).toEqual({ USAGE: 1800, PEAK: 400 });
    const rest = tiers({ code: 'REST', quantity: { sum: [{ measure: 'USAGE' }, '-1000'] }, unit: 'gal' });
    expect(centsOfCharges([rest])).toEqual({ REST: 1300 });
  });
});

describe('rule 27: demand', () => {
  const demand = (changes: object = {}): Charge => ({
    kind: 'DEMAND',
    measure: 'KW',
    tiers: [
      { upTo: '10', rate: '3' },
      { upTo: null, rate: '6' },
    ],
    ...changes,
  });
  const kw = (changes: object, measures: Record<string, string>) =>
    centsOfCharges([demand(changes)], { service: { measures } });

  it('rule 10: its quantity is never prorated, its price is', () => {
    expect(kw({}, { KW: '20' })).toEqual({ DEMAND: 3000 });
    expect(kw({ prorated: false }, { KW: '20' })).toEqual({ DEMAND: 9000 });
  });

  it('rule 27: is the largest of the measure, the share of an earlier peak, and the least', () => {
    const ratchet = { measure: 'PEAK', share: '0.75' };
    expect(kw({ ratchet, least: '5' }, { KW: '6', PEAK: '4' })).toEqual({ DEMAND: 600 });
    expect(kw({ ratchet, least: '5' }, { KW: '6', PEAK: '12' })).toEqual({ DEMAND: 900 });
    expect(kw({ ratchet, least: '5' }, { KW: '2', PEAK: '4' })).toEqual({ DEMAND: 500 });
  });

  it('rule 27: is corrected by a power factor', () => {
    const quantity = { product: [{ measure: 'KW' }, '0.93'], over: { measure: 'PF' }, places: 2 };
    expect(
      kw({ quantity, prorated: false, tiers: [{ upTo: null, rate: '23.80' }] }, { KW: '51.09', PF: '0.871' }),
    ).toEqual({
      DEMAND: 129_829,
    });
  });

  it('needs what it measures', () => {
    expect(() => kw({}, {})).toThrow('MEASURE_MISSING /services/0/rateVersions/0/charges/0/measure');
  });
});
