import { pointKey } from '../things';
import { refuseLocationAddress } from './contacts';
import { fresh, named, refuseKnown, type Check } from './check';

/** Checks locations and their service points. */
export function checkPlaces(c: Check): void {
  const { locations, points, services, nextId } = c.office;
  for (const row of fresh(c, 'locations')) {
    const { locationNumber } = row.values;
    refuseLocationAddress(c, row);
    if (refuseKnown(c, row, 'locationNumber', locations.has(locationNumber))) continue;
    locations.set(locationNumber, { id: nextId('location') });
  }
  for (const row of fresh(c, 'servicePoints')) {
    const { locationNumber, service, position } = row.values;
    const key = pointKey(locationNumber, service, position);
    named(c, row, 'locationNumber', { file: 'locations', key: locationNumber, things: locations });
    named(c, row, 'service', { file: 'services', key: service, things: services });
    if (refuseKnown(c, row, 'position', points.has(key))) continue;
    points.set(key, { id: nextId('service_point'), service, installations: [], agreements: [] });
  }
}
