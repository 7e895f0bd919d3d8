import { explain } from './explain';
import { priceFiles } from './price-files';

const rates = {
  WATER: [
    {
      effectiveFrom: '2026-01-01',
      unit: 'gal',
      measuring: { meterUnit: 'CCF', conversions: [{ name: 'Cubic feet to gallons', factor: '748', roundTo: '10' }] },
      charges: [
        { kind: 'BASE', amount: { by: 'meterSize', values: { '3/4': '30.00' } }, atMost: '8.00' },
        {
          kind: 'TIERS',
          per: '1000',
          tierProration: 'SCALED',
          included: { quantity: '300', from: 'IN_TIERS' },
          tiers: [
            { upTo: '4000', rate: '2.00' },
            { upTo: null, rate: '5.00' },
          ],
        },
        {
          kind: 'DEMAND',
          measure: 'GPM',
          ratchet: { measure: 'PEAK', share: '0.75' },
          least: '2',
          tiers: [{ upTo: null, rate: '1.50' }],
        },
        { kind: 'MINIMUM', amount: '90.00' },
        { kind: 'PERCENT', code: 'FRANCHISE', name: 'Franchise fee', percent: '3', above: '10.00' },
        {
          kind: 'PERCENT',
          code: 'TAX',
          name: 'Tax',
          percent: '5',
          grossUp: true,
          isTax: true,
          of: ['FRANCHISE', 'BASE'],
        },
      ],
    },
  ],
  SEWER: [
    {
      effectiveFrom: '2026-01-01',
      unit: 'gal',
      measuring: { meterUnit: 'CCF', conversions: [{ factor: '748' }] },
      rounding: { place: 'TOTAL', toCents: 5, quantityPlaces: 0 },
      charges: [
        { kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '0.9', average: { as: 'CAP', prorated: true } },
        {
          kind: 'TIERS',
          per: '1000',
          tierProration: 'WHOLE',
          averaged: { per: 'DAY' },
          tiers: [{ upTo: null, rate: '3' }],
        },
        { kind: 'FLAT', amount: '1.00', per: 'YEAR', times: [{ attribute: 'fixtures' }] },
      ],
    },
  ],
};
const usage = {
  ...{ from: '2026-06-01', through: '2026-06-10', balance: '20.00', payments: '5.00' },
  services: [
    {
      service: 'WATER',
      reads: [{ start: '998', end: '4', dials: 3, rollover: true, meter: 'M1' }],
      attributes: { meterSize: '3/4' },
      measures: { GPM: '3', PEAK: '8' },
    },
    { service: 'SEWER', averageUsage: '9000', attributes: { fixtures: '73' }, units: '2', quantity: '2' },
  ],
  deposits: [
    { amount: '50.00', paidOn: '2026-01-01', interest: { rateTable: [{ from: '2020-01-01', percent: '2' }] } },
  ],
};

it('tells people how each line was worked out', () => {
  const bill = priceFiles({ rates }, usage);
  if ('problems' in bill) throw new Error(JSON.stringify(bill.problems));
  expect(explain(bill)).toMatchInlineSnapshot(`
   "2026-06-01 to 2026-06-10, 10 days

   WATER Base charge                                                    8.00
       rule 5: 10 days are billed here, 10 in all (from 2026-06-01, through 2026-06-10, days 10, totalDays 10)
       rule 8: 10 days billed over 30, by method PRORATE_BASE_AND_MIN (method PRORATE_BASE_AND_MIN, days 10, divisor 30, factor 1/3, base 1/3, minimum 1/3)
       rule 24: 30 by meterSize 3/4 (meterSize 3/4, value 30)
       rule 7: Base charge times units times the factor (amountCents 3000, units 1, factor 1/3, exactCents 1000)
       rule 9: Lowered to the most (exactCents 1000, limitCents 800)
       rule 19: Rounded once, HALF_UP (exactCents 800, mode HALF_UP, cents 800)
   WATER Usage, 4490 gal                                               18.25
       rule 1: The register passed its maximum once: end + 10^dials - start, times the multiplier (meterSerial M1, dials 3, startValue 998, endValue 4, multiplier 1, usage 6)
       rule 22: Cubic feet to gallons (quantity 6, factor 748, roundTo 10, mode HALF_UP, converted 4490)
       rule 10: Tier bounds are multiplied by the scale (tierProration SCALED, g 1/3, units 1, scale 1/3)
       rule 23: Usage that the fixed charge has paid for (included 100, from IN_TIERS, usage 4490)
       rule 10: 1233.3333333333 units at $2.00 per 1000 (above 0, upTo 1333.3333333333, quantity 1233.3333333333, rate 2.00, per 1000, exactCents 246.6666666667)
       rule 10: 3156.6666666667 units at $5.00 per 1000 (above 1333.3333333333, upTo none, quantity 3156.6666666667, rate 5.00, per 1000, exactCents 1578.3333333333)
       rule 19: Rounded once, HALF_UP (exactCents 1825, mode HALF_UP, cents 1825)
   WATER Demand, 6 GPM                                                  3.00
       rule 27: The demand billed is 6 GPM (GPM 3, measured 3, ratchet 6, least 2, billed 6)
       rule 8: 10 days billed over 30, by method PRORATE_BASE_AND_MIN (method PRORATE_BASE_AND_MIN, days 10, divisor 30, factor 1/3, base 1/3, minimum 1/3)
       rule 10: 6 units at $1.50 per 1 (above 0, upTo none, quantity 6, rate 1.50, per 1, exactCents 900)
       rule 10: The price of the demand times the factor (factor 1/3, exactCents 300)
       rule 19: Rounded once, HALF_UP (exactCents 300, mode HALF_UP, cents 300)
   WATER Minimum charge                                                 0.75
       rule 5: 10 days are billed here, 10 in all (from 2026-06-01, through 2026-06-10, days 10, totalDays 10)
       rule 8: 10 days billed over 30, by method PRORATE_BASE_AND_MIN (method PRORATE_BASE_AND_MIN, days 10, divisor 30, factor 1/3, base 1/3, minimum 1/3)
       rule 7: Minimum charge times units times the factor (amountCents 9000, units 1, factor 1/3, exactCents 3000)
       rule 19: Rounded once, HALF_UP (exactCents 3000, mode HALF_UP, cents 3000)
       rule 9: Added to reach the minimum (minimumCents 3000, chargedCents 2925, cents 75)
   WATER Franchise fee                                                  0.60
       rule 28: 3 percent of these lines (percent 3, on BASE, USAGE, DEMAND, MINIMUM, baseCents 3000, portionCents 2000, exactCents 60)
       rule 19: Rounded once, HALF_UP (exactCents 60, mode HALF_UP, cents 60)
   WATER Tax                                                            0.45
       rule 28: 5 percent of these lines (percent 5, on BASE, FRANCHISE, baseCents 860, portionCents 860, grossUp percent / (100 - percent), exactCents 45.2631578947)
       rule 19: Rounded once, HALF_UP (exactCents 45.2631578947, mode HALF_UP, cents 45)
   SEWER Usage, 2700 gal                                                8.10
       rule 1: The register passed its maximum once: end + 10^dials - start, times the multiplier (meterSerial M1, dials 3, startValue 998, endValue 4, multiplier 1, usage 6)
       rule 22: From CCF to gal (quantity 6, factor 748, converted 4488)
       rule 27: The fixed average of this service (average 9000, per PERIOD, times 1, factor 0.3333333333, quantity 3000)
       rule 27: At most the average (usage 4488, average 3000, quantity 3000)
       rule 12: A share of the final usage of WATER (ofService WATER, usage 3000, share 0.9, quantity 2700)
       rule 21: The quantity is rounded (quantity 2700, places 0, rounded 2700)
       rule 23: The usage of an average day (usage 2700, times 10, quantity 270)
       rule 10: Tier bounds are multiplied by the scale (tierProration WHOLE, g 1, units 2, scale 2)
       rule 10: 270 units at $3 per 1000 (above 0, upTo none, quantity 270, rate 3, per 1000, exactCents 81)
       rule 23: Times the days (exactCents 81, times 10, cents 810)
       rule 21: Rounded once at the total, HALF_UP (exactCents 810, mode HALF_UP, place TOTAL, totalCents 1610, cents 810)
   SEWER Flat charge, 4                                                 8.00
       rule 9: Quantity times units (quantity 2, units 2, times 4)
       rule 5: 10 days are billed here, 10 in all (from 2026-06-01, through 2026-06-10, days 10, totalDays 10)
       rule 8: 10 days billed over 30, by method PRORATE_BASE_AND_MIN (method PRORATE_BASE_AND_MIN, days 10, divisor 30, factor 1/3, base 1/3, minimum 1/3)
       rule 24: 73 by fixtures 73 (fixtures 73, value 73)
       rule 24: The amount is for each year (per YEAR, days 10, months 1)
       rule 7: Flat charge times units times the factor (amountCents 7300, units 4, factor 2/73, exactCents 800)
       rule 21: Rounded once at the total, HALF_UP (exactCents 800, mode HALF_UP, place TOTAL, totalCents 1610, cents 800)
   TOTAL                                                               47.15
   Past due                                                            20.00
   Payments                                                            -5.00
   Deposit paid 2026-01-01                                            -50.00
   Interest on it                                                      -0.44
       rule 14: Deposit times 2 percent a year for 160 of 365 days (depositCents 5000, from 2026-01-01, to 2026-06-10, days 160, yearDays 365, percent 2, exactCents 43.8356164384)
       rule 19: Rounded once, HALF_UP (exactCents 43.8356164384, cents 44, mode HALF_UP)
   PAYABLE                                                             11.71"
  `);
});
