import type { Account } from '../models/occupancy';
import type { Customer, Location, Meter } from '../models/places';
import type { Tx } from '../transaction';

/** Locks the accounts of a chunk with their locations, all locations first, each by id (design.md decision 3). */
export async function lockAccounts(
  tx: Tx,
  accountNumbers: string[],
): Promise<Map<string, { account: Account; location: Location }>> {
  const found = await tx.db.Account.findAll({ where: { accountNumber: [...new Set(accountNumbers)] } });
  const locations = await lockLocations(
    tx,
    found.map(({ locationId }) => locationId),
  );
  const accounts = await tx.db.Account.findAll({
    where: { id: found.map(({ id }) => id) },
    order: [['id', 'ASC']],
    lock: true,
  });
  return new Map(
    accounts.flatMap((account) => {
      const location = locations.get(account.locationId);
      return location ? [[account.accountNumber, { account, location }]] : [];
    }),
  );
}

/** Locks the places of a chunk's meters by id, and returns the meters as they stand under these locks. */
export async function lockMeters(tx: Tx, serials: string[]): Promise<Map<string, Meter>> {
  const found = await tx.db.Meter.findAll({ where: { serial: [...new Set(serials)] } });
  const pointIds = found.map(({ servicePointId }) => servicePointId).filter((id) => id !== null);
  const points = await tx.db.ServicePoint.findAll({ where: { id: pointIds } });
  await lockLocations(
    tx,
    points.map(({ locationId }) => locationId),
  );
  const meters = await tx.db.Meter.findAll({ where: { id: found.map(({ id }) => id) } });
  return new Map(meters.map((meter) => [meter.serial, meter]));
}

/** Locks the locations of these numbers by id, and returns them by number; an unknown one is not among them. */
export async function lockLocationsNumbered(tx: Tx, locationNumbers: string[]): Promise<Map<string, Location>> {
  const found = await tx.db.Location.findAll({ where: { locationNumber: [...new Set(locationNumbers)] } });
  const locked = await lockLocations(
    tx,
    found.map(({ id }) => id),
  );
  return new Map([...locked.values()].map((location) => [location.locationNumber, location]));
}

/** Locks these customers by id. */
export async function lockCustomers(tx: Tx, customerNumbers: string[]): Promise<Map<string, Customer>> {
  const where = { customerNumber: [...new Set(customerNumbers)] };
  const customers = await tx.db.Customer.findAll({ where, order: [['id', 'ASC']], lock: true });
  return new Map(customers.map((customer) => [customer.customerNumber, customer]));
}

async function lockLocations(tx: Tx, ids: number[]): Promise<Map<number, Location>> {
  const rows = await tx.db.Location.findAll({ where: { id: [...new Set(ids)] }, order: [['id', 'ASC']], lock: true });
  return new Map(rows.map((row) => [row.id, row]));
}
