import { RefusedError } from '../errors';
import type { Location, ServicePoint } from '../models/places';
import type { Tx } from '../transaction';
import { nextNumber, takeNumber } from './numbers';

/** A new place that is served. Number null: the next one. */
export interface NewLocation {
  number: string | null;
  address: { line1: string; line2: string | null; city: string; state: string; postalCode: string };
}

/** Adds a location to the table (domain.md row S7). Refused: NUMBER_TAKEN, with the field at `pointer`. */
export async function createLocation(tx: Tx, { number, address }: NewLocation, pointer: string): Promise<Location> {
  const locationNumber =
    number === null ? await nextNumber(tx, 'location') : await takeNumber(tx, 'location', number, pointer);
  const location = await tx.db.Location.create({ locationNumber, ...address, createdAt: tx.now });
  tx.audit({ action: 'location.created', entity: 'location', entityId: locationNumber });
  return location;
}

/** The location of this number, locked: the first lock of a step (design.md decision 3). Refused: LOCATION_UNKNOWN. */
export async function lockLocation(tx: Tx, locationNumber: string, pointer: string): Promise<Location> {
  const location = await tx.db.Location.findOne({ where: { locationNumber }, lock: true });
  if (location) return location;
  throw new RefusedError({ code: 'LOCATION_UNKNOWN', message: 'There is no such location', pointer });
}

/** The services that a new service address gets, in the order of their priority. */
export async function defaultServiceCodes(tx: Tx): Promise<string[]> {
  const services = await tx.db.Service.findAll({ where: { onNewLocation: true }, order: ['priority', 'code'] });
  return services.map(({ code }) => code);
}

/** Adds a point of a service to a location. */
export async function addServicePoint(
  tx: Tx,
  point: { locationId: number; serviceCode: string; position: number },
): Promise<ServicePoint> {
  const row = await tx.db.ServicePoint.create(point);
  tx.audit({ action: 'servicePoint.created', entity: 'service_point', entityId: row.id, data: { ...point } });
  return row;
}
