import fc from 'fast-check';
import {
  add,
  compare,
  mul,
  ONE,
  parseRational,
  rational,
  sub,
  toDecimalString,
  ZERO,
  type Rational,
} from '../../rational';
import type { TiersCharge } from '../rate/charges';
import { usageCharge } from './tiers';

type PlainTiers = Omit<TiersCharge, 'tiers'> & { tiers: { upTo: string | null; rate: string }[] };

const tiers = (rows: [string | null, string][], per = '1'): PlainTiers => ({
  kind: 'TIERS',
  per,
  tierProration: 'WHOLE',
  tiers: rows.map(([upTo, rate]) => ({ upTo, rate })),
});
const example = tiers([
  ['4', '2'],
  ['10', '3'],
  [null, '5'],
]);
const cents = (quantity: string, charge = example, scale: Rational = ONE) =>
  toDecimalString(usageCharge(parseRational(quantity), charge, scale).exactCents, 10);

describe('rule 10: tiers', () => {
  it('rule 10: 6 units cost $14.00 with whole bounds and $22.00 with bounds scaled to 10 of 30 days', () => {
    expect(cents('6')).toBe('1400');
    expect(cents('6', example, rational(10, 30))).toBe('2200');
  });

  it('rule 10: Oracle, 45 of 30 days: the bound of 100 kWh becomes 150 kWh', () => {
    const kwh = tiers([
      ['100', '0.10'],
      ['300', '0.20'],
      [null, '1'],
    ]);
    const { steps } = usageCharge(parseRational('451'), kwh, rational(45, 30));
    expect(steps.map(({ values }) => values.upTo)).toEqual(['150', '450', 'none']);
    expect(cents('450', kwh, rational(45, 30))).toBe('7500');
  });

  it('rule 10: a quantity on a boundary lies wholly below it', () => {
    expect(cents('4')).toBe('800');
    expect(cents('4.000001')).toBe('800.0003');
    expect(cents('10')).toBe('2600');
    expect(usageCharge(parseRational('4'), example, ONE).steps).toHaveLength(1);
  });

  it('rule 10: no usage costs nothing and has no working', () => {
    expect(usageCharge(ZERO, example, ONE)).toMatchObject({ exactCents: ZERO, steps: [] });
    expect(usageCharge(ZERO, example, rational(1, 30))).toMatchObject({ exactCents: ZERO, steps: [] });
  });

  it('rule 23: a quantity below 0 is given back at the rate of the first tier', () => {
    const back = { num: -3n, den: 1n };
    expect(toDecimalString(usageCharge(back, example, ONE).exactCents, 4)).toBe('-600');
    expect(toDecimalString(usageCharge(back, { ...example, pricing: 'REACHED' }, ONE).exactCents, 4)).toBe('-600');
  });

  it('rule 23: rates per 1000 units apply to parts of a thousand', () => {
    expect(
      cents(
        '6000',
        tiers(
          [
            ['4000', '2.5000'],
            [null, '4.0000'],
          ],
          '1000',
        ),
      ),
    ).toBe('1800');
    expect(cents('1', tiers([[null, '2.5000']], '1000'))).toBe('0.25');
  });

  const rate = fc.nat(100_000).map((n) => toDecimalString(rational(n, 10_000), 4));
  const bounds = fc
    .uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 4 })
    .map((list) => list.sort((a, b) => a - b).map(String));
  const charge = fc
    .tuple(bounds, fc.array(rate, { minLength: 5, maxLength: 5 }))
    .map(([upTo, rates]) =>
      tiers([...upTo, null].map((bound, i): [string | null, string] => [bound, rates[i] ?? '0'])),
    );
  const quantity = fc.nat(8_000_000).map((n) => rational(n, 1000));
  const scale = fc.integer({ min: 1, max: 90 }).map((days) => rational(days, 30));
  const price = (q: Rational, c: PlainTiers, s: Rational) => usageCharge(q, c, s).exactCents;

  it('rule 10: is the sum of rate times max(0, min(q, hi g) - lo g)', () => {
    fc.assert(
      fc.property(quantity, charge, scale, (q, c, s) => {
        const byFormula = c.tiers.map(({ upTo, rate: text }, i) => {
          const lo = mul(parseRational(c.tiers[i - 1]?.upTo ?? '0'), s);
          const hi = upTo === null ? q : mul(parseRational(upTo), s);
          const width = sub(compare(q, hi) < 0 ? q : hi, lo);
          return compare(width, ZERO) > 0 ? mul(width, mul(parseRational(text), rational(100))) : ZERO;
        });
        expect(price(q, c, s)).toEqual(byFormula.reduce(add, ZERO));
      }),
    );
  });

  it('rule 10: is additive at every boundary: below it, plus the rest at the next rate', () => {
    fc.assert(
      fc.property(charge, scale, fc.nat(1000), (c, s, above) => {
        c.tiers.forEach(({ upTo }, i) => {
          if (upTo === null) return;
          const bound = mul(parseRational(upTo), s);
          const next = c.tiers[i + 1];
          const width = next?.upTo ? sub(mul(parseRational(next.upTo), s), bound) : rational(above);
          const rest = mul(width, rational(1, 2));
          expect(price(add(bound, rest), c, s)).toEqual(
            add(price(bound, c, s), mul(rest, mul(parseRational(next?.rate ?? ''), rational(100)))),
          );
        });
      }),
    );
  });

  it('rule 10: a boundary put inside a tier changes no price', () => {
    fc.assert(
      fc.property(charge, quantity, scale, (c, q, s) => {
        const [first] = c.tiers;
        const half = toDecimalString(mul(parseRational(first?.upTo ?? ''), rational(1, 2)), 1);
        const cut = { ...c, tiers: [{ upTo: half, rate: first?.rate ?? '' }, ...c.tiers] };
        expect(price(q, cut, s)).toEqual(price(q, c, s));
      }),
    );
  });

  it('rule 11: parts with their share of quantity and bounds cost what the whole costs', () => {
    fc.assert(
      fc.property(charge, quantity, scale, fc.integer({ min: 1, max: 29 }), (c, q, s, days) => {
        const part = (share: Rational) => price(mul(q, share), c, mul(s, share));
        expect(add(part(rational(days, 30)), part(rational(30 - days, 30)))).toEqual(price(q, c, s));
      }),
    );
  });
});
