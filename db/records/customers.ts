import { listedName, splitName, type PersonName } from '../../domain/names/split-name';
import type { MonthDay } from '../../domain/dates';
import { ensure, RefusedError } from '../errors';
import type { Customer } from '../models/places';
import type { Tx } from '../transaction';
import { nextNumber, takeNumber } from './numbers';

interface Address {
  line1: string;
  line2: string | null;
  city: string;
  state: string;
  postalCode: string;
}

/** A customer as a form describes one; pointers of refusals start at `#/customer`. Number null: the next one. */
export interface NewCustomer {
  number: string | null;
  name: { line: string } | PersonName | { organization: string };
  typeCode: string | null;
  phones: { value: string; purpose: string | null }[];
  emails: { value: string; purpose: string | null }[];
  mailingAddress: Address | null;
  alternateAddress: (Address & { seasonStart: MonthDay; seasonEnd: MonthDay }) | null;
}

/** Adds a customer with contacts and addresses. Refused: CUSTOMER_TYPE_UNKNOWN, NUMBER_TAKEN. */
export async function createCustomer(tx: Tx, given: NewCustomer): Promise<Customer> {
  const { typeCode, mailingAddress: mail, alternateAddress: alt } = given;
  if (typeCode !== null) await refuseUnknownType(tx, typeCode);
  const customerNumber = await numberFor(tx, given.number);
  const customer = await tx.db.Customer.create({
    ...{ customerNumber, typeCode, createdAt: tx.now, ...nameColumns(given.name) },
    ...{ mailLine1: mail?.line1 ?? null, mailLine2: mail?.line2 ?? null, mailCity: mail?.city ?? null },
    ...{ mailState: mail?.state ?? null, mailPostalCode: mail?.postalCode ?? null },
    ...{ altLine1: alt?.line1 ?? null, altLine2: alt?.line2 ?? null, altCity: alt?.city ?? null },
    ...{ altState: alt?.state ?? null, altPostalCode: alt?.postalCode ?? null },
    ...{ altSeasonStart: alt?.seasonStart ?? null, altSeasonEnd: alt?.seasonEnd ?? null },
  });
  const contacts = [
    ...given.phones.map((phone) => ({ ...phone, kind: 'PHONE' as const })),
    ...given.emails.map((email) => ({ ...email, kind: 'EMAIL' as const })),
  ];
  await tx.db.CustomerContact.bulkCreate(
    contacts.map((contact, i) => ({ ...contact, customerId: customer.id, position: i + 1 })),
  );
  tx.audit({ action: 'customer.created', entity: 'customer', entityId: customer.customerNumber });
  return customer;
}

/** The customer of this number, locked against changes of who it is. Refused: CUSTOMER_UNKNOWN. */
export async function existingCustomer(tx: Tx, customerNumber: string): Promise<Customer> {
  const customer = await tx.db.Customer.findOne({ where: { customerNumber }, lock: true });
  if (customer) return customer;
  const message = 'There is no such customer';
  throw new RefusedError({ code: 'CUSTOMER_UNKNOWN', message, pointer: '#/customer/existing' });
}

/** What a name is in columns: split when it came as one line, a person's or an organization's. */
function nameColumns(name: NewCustomer['name']) {
  if ('organization' in name) {
    const { organization } = name;
    return { kind: 'ORGANIZATION' as const, organizationName: organization, displayName: organization, ...NO_PERSON };
  }
  const person = 'line' in name ? splitName(name.line) : name;
  const { prefix, first, middle, last, suffix } = person;
  return {
    ...{ kind: 'PERSON' as const, organizationName: null, displayName: listedName(person) },
    ...{ namePrefix: prefix, firstName: first, middleName: middle, lastName: last, nameSuffix: suffix },
  };
}

const NO_PERSON = { namePrefix: null, firstName: null, middleName: null, lastName: null, nameSuffix: null };

const numberFor = (tx: Tx, typed: string | null): Promise<string> =>
  typed === null ? nextNumber(tx, 'customer') : takeNumber(tx, 'customer', typed, '#/customer/number');

async function refuseUnknownType(tx: Tx, typeCode: string): Promise<void> {
  if (await tx.db.CustomerType.findByPk(typeCode)) return;
  const message = 'There is no such customer type';
  throw new RefusedError({ code: 'CUSTOMER_TYPE_UNKNOWN', message, pointer: '#/customer/typeCode' });
}

/** Adds a kind of customer; it is in the list at once (domain.md row S4). Refused: TYPE_TAKEN. */
export async function createCustomerType(tx: Tx, { code, name }: { code: string; name: string }): Promise<void> {
  ensure(
    !(await tx.db.CustomerType.findByPk(code, { lock: true })),
    'TYPE_TAKEN',
    'This customer type is there already',
  );
  await tx.db.CustomerType.create({ code, name, createdAt: tx.now });
  tx.audit({ action: 'customerType.created', entity: 'customer_type', entityId: code, data: { name } });
}
