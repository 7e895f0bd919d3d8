import type { StoredAddress } from '../../domain/addresses/check-address';
import type { CivilDate } from '../../domain/dates';
import { mailingAddressOn } from '../../domain/mailing-address';
import type { Db } from '../create-db';
import type { Account } from '../models/occupancy';
import type { Customer } from '../models/places';
import { addressesOf, addressParts } from './customers';

/** Where mail of a day for an account's holder goes: forwarded, for the season, always, or else to the place served. */
export async function mailAddressOf(
  db: Db,
  account: Account,
  customer: Customer,
  day: CivilDate,
): Promise<StoredAddress> {
  const { forwardLine1, forwardLine2, forwardCity, forwardState, forwardPostalCode, forwardCountry } = account;
  const parts = [forwardLine1, forwardLine2, forwardCity, forwardState, forwardPostalCode, forwardCountry] as const;
  const given = addressParts(...parts) ?? mailingAddressOn(addressesOf(customer), day);
  return given ?? serviceAddressOf(db, account);
}

/** The place that an account is served at. */
export async function serviceAddressOf(db: Db, { locationId }: Account): Promise<StoredAddress> {
  const { line1, line2, city, state, postalCode } = await db.Location.findByPk(locationId, { rejectOnEmpty: true });
  return { line1, line2, city, state, postalCode, country: null };
}
