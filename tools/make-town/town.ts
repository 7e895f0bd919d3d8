import { openAccount, type Accounts } from './accounts';
import { landlordsIn, layOut } from './homes';
import { landlordLines } from './landlord-lines';
import { locationNumber, meterHome, type Metering } from './meters';
import { occupanciesOf } from './occupancies';
import { landlord, nobody } from './people';
import { RATE_ROWS, SERVICE_ROWS } from './prices';
import { createRandom } from './random';
import { ALL } from './services';
import { USER_ROWS } from './users';
import { CITY } from './words';

type Cells = Record<string, string>;

/** The rows of every file of a town; the same seed gives the same town on every machine. */
export function makeTown(seed: number, locations: number): Record<string, Cells[]> {
  const random = createRandom(seed);
  const homes = layOut(random, locations);
  const people = nobody();
  const landlords = Array.from({ length: landlordsIn(locations) }, (_, i) => people.add(landlord(random, i)));
  const metering: Metering = { meters: [], reads: [] };
  const accounts: Accounts = { accounts: [], agreements: [], deposits: [], balances: [] };
  const lines: Cells[] = [];
  for (const home of homes) {
    const here = occupanciesOf(random, home, people, landlords);
    meterHome(random, home, here, metering);
    for (const occupancy of here) openAccount(random, occupancy, accounts);
    lines.push(...landlordLines(home, here, landlords));
  }
  const places = homes.map((home) => ({ location_number: locationNumber(home), line1: home.line1, line2: home.line2 }));
  return {
    'customer-types.csv': TYPES.map(([code, name]) => ({ code, name })),
    'services.csv': SERVICE_ROWS,
    'rates.csv': RATE_ROWS,
    'locations.csv': places.map((place) => ({
      ...{ ...place, line2: place.line2 ?? '', city: CITY.city, state: CITY.state, postal_code: CITY.postalCode },
    })),
    'service-points.csv': places.flatMap(({ location_number }) => ALL.map((service) => ({ location_number, service }))),
    'meters.csv': metering.meters,
    'reads.csv': metering.reads,
    'customers.csv': people.rows,
    'accounts.csv': accounts.accounts,
    'agreements.csv': accounts.agreements,
    'deposits.csv': accounts.deposits,
    'balances.csv': accounts.balances,
    'landlords.csv': lines,
    'users.csv': USER_ROWS,
  };
}

const TYPES = [
  ['RESIDENTIAL', 'Residential'],
  ['SENIOR', 'Senior citizen'],
  ['COMMERCIAL', 'Commercial'],
  ['LANDLORD', 'Landlord'],
] as const;
