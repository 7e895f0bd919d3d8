import type { Row } from '../files';
import { groupBy } from '../group-by';
import { pointKey } from '../things';
import { named, refuseKnown, spoilTogether, type Check, type Good } from './check';

/** A landlord agreement with its lines, one for each service. */
export interface LandlordThing {
  id: number;
  customerId: number;
  locationId: number;
  rows: Good<'landlords'>[];
}

/** Checks landlord agreements: one at a time at a location; a bad line makes the agreement bad. */
export function checkLandlords(c: Check): LandlordThing[] {
  const things: LandlordThing[] = [];
  const groups = groupBy(c.rows.landlords, ({ key }) => key.split(' ').slice(0, 3).join(' '));
  for (const all of groups.values()) {
    const rows = all.filter((row): row is Good<'landlords'> => row.values !== null && !row.already && !c.bad.has(row));
    const [first] = rows;
    if (!first) continue;
    const thing = landlordOf(c, first, rows, all);
    if (thing && !spoilTogether(c, all, 'locationNumber')) things.push(thing);
  }
  return things;
}

function landlordOf(
  c: Check,
  first: Good<'landlords'>,
  rows: Good<'landlords'>[],
  all: Row<'landlords'>[],
): LandlordThing | null {
  const { locations, customers, nextId } = c.office;
  const { locationNumber, customerNumber, startOn, endOn = null } = first.values;
  const location = named(c, first, 'locationNumber', { file: 'locations', key: locationNumber, things: locations });
  const customer = named(c, first, 'customerNumber', { file: 'customers', key: customerNumber, things: customers });
  for (const row of rows) checkLine(c, row, endOn);
  if (!location || !customer) return spoil(c, all);
  const agreed = c.office.landlordAgreements.get(location.id) ?? [];
  const same = agreed.some((each) => each.customerId === customer.id && each.startOn === startOn);
  for (const row of rows) refuseKnown(c, row, 'startOn', same);
  const overlaps = agreed.some((each) => startOn < (each.endOn ?? '9999') && each.startOn < (endOn ?? '9999'));
  if (!same && overlaps) c.bad.add(first, 'startOn', 'The location has another landlord agreement on these days');
  if (spoilTogether(c, all, 'locationNumber')) return null;
  c.office.landlordAgreements.set(location.id, [...agreed, { customerId: customer.id, startOn, endOn }]);
  return { id: nextId('landlord_agreement'), customerId: customer.id, locationId: location.id, rows };
}

function spoil(c: Check, all: Row<'landlords'>[]): null {
  spoilTogether(c, all, 'locationNumber');
  return null;
}

function checkLine(c: Check, row: Good<'landlords'>, endOn: string | null): void {
  const { locationNumber, service, rate: code } = row.values;
  if ((row.values.endOn ?? null) !== endOn) c.bad.add(row, 'endOn', 'The other lines of the agreement say otherwise');
  const rate = named(c, row, 'rate', { file: 'rates', key: code, things: c.office.rates });
  if (rate && rate.service !== service) c.bad.add(row, 'rate', `${code} is a rate of ${rate.service}`);
  const atLocation = [...Array(20).keys()].some((i) => c.office.points.has(pointKey(locationNumber, service, i + 1)));
  if (!atLocation) c.bad.add(row, 'service', 'The location has no such service point');
}
