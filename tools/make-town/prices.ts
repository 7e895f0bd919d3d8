import type { Charge } from '../../domain/billing/rate/charges';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import { SERVICES, type ServiceCode } from './services';

const FIRST_PRICES = '2018-01-01';
const WATER_RAISED = '2026-07-01';
const POWER_RAISED = '2025-10-01';

/** The rows of services.csv. */
export const SERVICE_ROWS = SERVICES.map(({ code, name, metered, unit, priority, deposit }) => ({
  ...{ code, name, metered: `${metered}`, unit: unit ?? '', priority: `${priority}` },
  ...{ on_new_location: 'true', default_deposit_cents: `${deposit}` },
}));

/** The rows of rates.csv; water and electric have had two prices. */
export const RATE_ROWS = [
  row('RES-WATER', 'WATER', FIRST_PRICES, 'Residential water', 'gal', water(1_100, ['2.35', '3.50', '4.95'])),
  row('RES-WATER', 'WATER', WATER_RAISED, 'Residential water', 'gal', water(1_200, ['2.50', '3.75', '5.25'])),
  row('COM-WATER', 'WATER', FIRST_PRICES, 'Commercial water', 'gal', water(2_400, ['2.80', '3.20', '3.60'])),
  row('RES-SEWER', 'SEWER', FIRST_PRICES, 'Sewer', 'gal', [
    { kind: 'BASE', amountCents: 950 },
    { kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '0.80' },
    { kind: 'TIERS', per: '1000', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '4.10' }] },
  ]),
  row('RES-ELECTRIC', 'ELECTRIC', FIRST_PRICES, 'Residential electric', 'kWh', power(1_050, ['0.1020', '0.1285'])),
  row('RES-ELECTRIC', 'ELECTRIC', POWER_RAISED, 'Residential electric', 'kWh', power(1_150, ['0.1095', '0.1370'])),
  row('COM-ELECTRIC', 'ELECTRIC', FIRST_PRICES, 'Commercial electric', 'kWh', power(3_200, ['0.0980', '0.1150'])),
  row('REFUSE-CART', 'REFUSE', FIRST_PRICES, 'Refuse cart', null, [{ kind: 'FLAT', name: 'Cart', amountCents: 1_425 }]),
];

/** What a place pays by. */
export function rateOf(service: ServiceCode, isShop: boolean): string {
  if (service === 'SEWER') return 'RES-SEWER';
  if (service === 'REFUSE') return 'REFUSE-CART';
  return `${isShop ? 'COM' : 'RES'}-${service}`;
}

function water(baseCents: number, [low, middle, high]: [string, string, string]): Charge[] {
  const tiers = [
    { upTo: '4000', rate: low },
    { upTo: '10000', rate: middle },
    { upTo: null, rate: high },
  ];
  return [
    { kind: 'BASE', amountCents: baseCents },
    { kind: 'TIERS', per: '1000', tierProration: 'WHOLE', tiers },
    { kind: 'MINIMUM', amountCents: 1_500 },
  ];
}

function power(baseCents: number, [low, high]: [string, string]): Charge[] {
  const tiers = [
    { upTo: '500', rate: low },
    { upTo: null, rate: high },
  ];
  return [
    { kind: 'BASE', amountCents: baseCents },
    { kind: 'TIERS', per: '1', tierProration: 'SCALED', tiers },
  ];
}

function row(
  code: string,
  service: ServiceCode,
  effectiveFrom: string,
  name: string,
  unit: string | null,
  charges: Charge[],
): Record<string, string> {
  const definition: Omit<RateVersion, 'effectiveFrom'> = {
    ...{ unit, charges, rounding: { mode: 'HALF_UP', place: 'LINE' } },
    proration: {
      ...{ newConnect: 'PRORATE_BASE_AND_MIN', finalDisconnect: 'PRORATE_BASE_AND_MIN' },
      ...{ divisor: 'AVERAGE_DAYS', normalDays: 30, tolerance: { fromDays: 27, toDays: 33 }, capAtOne: false },
    },
    taxes: service === 'WATER' ? [{ code: 'UTILITY', name: 'Utility tax', percent: '5.25' }] : [],
  };
  return {
    ...{ code, service, name, is_default: `${!code.startsWith('COM-')}`, effective_from: effectiveFrom },
    definition: JSON.stringify(definition),
  };
}
