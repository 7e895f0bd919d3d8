import { nextNumber } from '../../db/records/numbers';
import type { Tx } from '../../db/transaction';
import { CITY, HOMES, type Household } from './homes';
import { LANDLORDS } from './landlords';
import type { Occupancy } from './occupancies';

/** The id of an occupancy's customer. */
export type CustomerIdOf = (holder: Occupancy['holder']) => number;

/** Registers everybody: the landlords, then who lives or lived in the homes. */
export async function registerCustomers(tx: Tx, occupancies: Occupancy[]): Promise<CustomerIdOf> {
  const landlords = Object.values(LANDLORDS).map(({ name, mailLine1 }) => ({ name, mailLine1, mailLine2: null }));
  const people = occupancies.flatMap(({ holder, home, poBox }) => {
    if (!('name' in holder)) return [];
    const { line1, line2 = null } = HOMES[home] ?? { line1: '' };
    return [{ name: holder.name, mailLine1: poBox ?? line1, mailLine2: poBox ? null : line2 }];
  });
  const rows = [];
  for (const [i, { name, ...mail }] of [...landlords, ...people].entries()) {
    const customerNumber = await nextNumber(tx, 'customer');
    rows.push({ id: i + 1, customerNumber, ...named(name), ...mail, ...contact(name, i + 1), createdAt: tx.now });
  }
  await tx.db.Customer.bulkCreate(rows);
  tx.audit({ action: 'customers.loaded', entity: 'customer', entityId: 'town', data: { customers: rows.length } });
  const idOf = new Map(rows.map(({ displayName, id }) => [displayName, id]));
  return (holder) =>
    idOf.get(named('landlord' in holder ? LANDLORDS[holder.landlord].name : holder.name).displayName) ?? 0;
}

function named(name: Household['name'] | string) {
  if (typeof name === 'string') return { kind: 'ORGANIZATION' as const, organizationName: name, displayName: name };
  const [firstName, lastName] = name;
  return { kind: 'PERSON' as const, firstName, lastName, displayName: `${lastName}, ${firstName}` };
}

/** Numbers that are kept for fiction, and addresses that nobody can have. */
function contact(name: Household['name'] | string, n: number) {
  const words = typeof name === 'string' ? ['office', 'juniper-ridge'] : name;
  return {
    phone: `970-555-01${String(n).padStart(2, '0')}`,
    email: `${words.join('.').toLowerCase()}@example.com`,
    ...{ mailCity: CITY.city, mailState: CITY.state, mailPostalCode: CITY.postalCode },
  };
}
