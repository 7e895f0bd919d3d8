import type { Home } from './homes';
import { locationNumber } from './meters';
import { isAbandoned, type Occupancy } from './occupancies';
import { rateOf } from './prices';
import { ALL, type ServiceCode } from './services';

const SIGNED_ON = '2018-06-01';

interface Line {
  decision: 'ALWAYS' | 'ASK' | 'NEVER';
  season?: [start: string, end: string];
  excluded?: string;
}

/** What landlords agreed to, by their place; the first two are those that the demo meets. */
const TERMS: ((service: ServiceCode) => Line)[] = [
  () => ({ decision: 'ASK' }),
  () => ({ decision: 'ALWAYS', excluded: 'NONPAY' }),
  (service) => ({ decision: service === 'REFUSE' ? 'ALWAYS' : 'ASK' }),
  (service) => ({ decision: service === 'REFUSE' ? 'NEVER' : 'ASK' }),
  // Pipes freeze: water is held through the winter, over the end of the year.
  (service) =>
    service === 'WATER' || service === 'ELECTRIC'
      ? { decision: 'ALWAYS', season: ['11-15', '03-31'] }
      : { decision: 'NEVER' },
  () => ({ decision: 'ALWAYS' }),
  (service) => ({ decision: service === 'ELECTRIC' ? 'ASK' : 'ALWAYS', excluded: 'NONPAY;FORCED' }),
  (service) => (service === 'WATER' ? { decision: 'ALWAYS', season: ['05-01', '10-15'] } : { decision: 'ASK' }),
];

/** The rows of landlords.csv for a home: one for each service. Nobody wants what stands empty without a holder. */
export function landlordLines(home: Home, here: Occupancy[], landlords: string[]): Record<string, string>[] {
  const customer = home.landlord === null ? undefined : landlords[home.landlord];
  if (!customer) return [];
  const terms = isAbandoned(here) ? () => ({ decision: 'NEVER' as const }) : TERMS[(home.landlord ?? 0) % TERMS.length];
  return ALL.map((service) => {
    const { decision, season, excluded } = (terms?.(service) ?? { decision: 'ASK' }) as Line;
    return {
      ...{ location_number: locationNumber(home), customer_number: customer, start_on: SIGNED_ON, service, decision },
      ...{ rate: rateOf(service, false), stop_reasons_excluded: excluded ?? '' },
      ...(season ? { season_start: season[0], season_end: season[1] } : {}),
    };
  });
}
