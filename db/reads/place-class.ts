import type { Db } from '../create-db';
import type { Account } from '../models/occupancy';

/** The class of an account's place: the location's, else that of the customer's type; null is none (domain.md row S7). */
export async function classOfAccount(
  db: Db,
  { locationId, customerId }: Pick<Account, 'locationId' | 'customerId'>,
): Promise<string | null> {
  return classForCustomer(db, await db.Location.findByPk(locationId, { rejectOnEmpty: true }), customerId);
}

/** The class that decides which rates this customer may have at this place; null is none. */
export async function classForCustomer(
  db: Db,
  { classCode }: { classCode: string | null },
  customerId: number,
): Promise<string | null> {
  const customer = await db.Customer.findByPk(customerId);
  return classCode ?? classOfType(db, customer?.typeCode);
}

/** The class that a customer type brings to a place without one. */
async function classOfType(db: Db, typeCode: string | null | undefined): Promise<string | null> {
  const type = typeCode ? await db.CustomerType.findByPk(typeCode) : null;
  return type?.rateClass ?? null;
}
