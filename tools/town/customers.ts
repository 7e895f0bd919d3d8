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
    rows.push({ id: i + 1, customerNumber, ...named(name), ...mail, ...MAIL_CITY, createdAt: tx.now });
  }
  await tx.db.Customer.bulkCreate(rows);
  await tx.db.CustomerContact.bulkCreate([...landlords, ...people].flatMap(({ name }, i) => contacts(name, i + 1)));
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

const MAIL_CITY = { mailCity: CITY.city, mailState: CITY.state, mailPostalCode: CITY.postalCode };

/** Numbers that are kept for fiction, and addresses that nobody can have. */
function contacts(name: Household['name'] | string, customerId: number) {
  const words = typeof name === 'string' ? ['office', 'juniper-ridge'] : name;
  const phone = `970-555-01${String(customerId).padStart(2, '0')}`;
  return [
    { customerId, position: 1, kind: 'PHONE' as const, value: phone, purpose: null },
    {
      customerId,
      position: 2,
      kind: 'EMAIL' as const,
      value: `${words.join('.').toLowerCase()}@example.com`,
      purpose: null,
    },
  ];
}
