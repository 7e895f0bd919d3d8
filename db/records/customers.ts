import type { ContactKind } from '../../domain/states';
import { ensure, rejectAll, RefusedError } from '../errors';
import type { Customer } from '../models/places';
import { blockersIn, customerFaults } from '../reads/customer-faults';
import type { Tx } from '../transaction';
import { tellAddress } from './changes';
import {
  alternateColumns,
  contactRows,
  mailColumns,
  nameColumns,
  type ContactRow,
  type GivenContact,
  type NewCustomer,
} from './customer-columns';
import { nextNumber, takeNumber } from './numbers';

export type { NewCustomer } from './customer-columns';

/**
 * Adds a customer with contacts and addresses, each in the form in which it is kept. Refused: the blockers of
 * customerFaults, with the field under `pointer`.
 */
export async function createCustomer(tx: Tx, given: NewCustomer, pointer = '#/customer'): Promise<Customer> {
  rejectAll(blockersIn(await customerFaults(tx.db, tx.settings, given, pointer)));
  const { typeCode, mailingAddress, alternateAddress } = given;
  const home = tx.settings.contacts;
  const customerNumber = await numberFor(tx, given.number, `${pointer}/number`);
  const customer = await tx.db.Customer.create({
    ...{ customerNumber, typeCode, createdAt: tx.now, ...nameColumns(given.name) },
    ...{ ...mailColumns(mailingAddress, home), ...alternateColumns(alternateAddress, home) },
  });
  const { phones, emails } = given;
  await writeContacts(tx, customer, [...contactRows('PHONE', phones, home), ...contactRows('EMAIL', emails, home)]);
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

/** What a change of a customer may name, each field as a whole; null clears, what is left out stays. */
export type CustomerPatch = Partial<Omit<NewCustomer, 'number'>>;

/**
 * Changes a customer who is locked. The audit names the fields, not what is in them; where mail goes elsewhere, other
 * systems are told of each account that gets mail. Refused: the blockers of customerFaults, each with its field.
 */
export async function changeCustomer(tx: Tx, customer: Customer, patch: CustomerPatch): Promise<void> {
  const { name, typeCode, phones, emails, mailingAddress, alternateAddress } = patch;
  // Who has a type keeps it, though no new customer gets it.
  const checked = typeCode === customer.typeCode ? { ...patch, typeCode: undefined } : patch;
  rejectAll(blockersIn(await customerFaults(tx.db, tx.settings, checked, '#')));
  const home = tx.settings.contacts;
  customer.set({
    ...(name && nameColumns(name)),
    ...(typeCode !== undefined && { typeCode }),
    ...(mailingAddress !== undefined && mailColumns(mailingAddress, home)),
    ...(alternateAddress !== undefined && alternateColumns(alternateAddress, home)),
  });
  const mailMoves = (customer.changed() || []).some((column) => /^(mail|alt)/.test(column));
  // New contacts are a new version of the customer, though the row has none of them.
  customer.changed('displayName', true);
  await customer.save();
  if (phones || emails) {
    const kept = await tx.db.CustomerContact.findAll({ where: { customerId: customer.id }, order: ['position'] });
    const rowsOf = (kind: ContactKind, given: GivenContact[] | undefined) =>
      given ? contactRows(kind, given, home) : kept.filter((row) => row.kind === kind).map((row) => row.get());
    await tx.db.CustomerContact.destroy({ where: { customerId: customer.id } });
    await writeContacts(tx, customer, [...rowsOf('PHONE', phones), ...rowsOf('EMAIL', emails)]);
  }
  if (mailMoves) await tellAddressChange(tx, customer);
  const data = { fields: Object.keys(patch).sort() };
  tx.audit({ action: 'customer.changed', entity: 'customer', entityId: customer.customerNumber, data });
}

/** Accounts that mail still goes to. */
export const GETS_MAIL = ['ACTIVE', 'PENDING_STOP', 'FINAL_PENDING', 'FINAL_BILLED', 'COLLECTIONS'] as const;

/** Accounts whose mail has an address of its own hear nothing of the customer's. */
async function tellAddressChange(tx: Tx, { id: customerId }: Customer): Promise<void> {
  const where = { customerId, status: [...GETS_MAIL], forwardLine1: null };
  for (const account of await tx.db.Account.findAll({ where, order: ['id'] })) tellAddress(tx, account, tx.today);
}

async function writeContacts(tx: Tx, { id: customerId }: Customer, rows: ContactRow[]): Promise<void> {
  await tx.db.CustomerContact.bulkCreate(rows.map((row, i) => ({ ...row, customerId, position: i + 1 })));
}

function numberFor(tx: Tx, typed: string | null, pointer: string): Promise<string> {
  if (typed !== null) return takeNumber(tx, 'customer', typed, pointer);
  return nextNumber(tx, 'customer');
}

/** The customer of this number, locked for a change of what was read as `version`. Refused: NOT_FOUND, PRECONDITION_FAILED. */
export async function lockCustomer(tx: Tx, customerNumber: string, ifMatch: string): Promise<Customer> {
  const customer = await tx.db.Customer.findOne({ where: { customerNumber }, lock: true });
  ensure(customer, 'NOT_FOUND', 'There is no such customer');
  const isRead = ifMatch === `"${customer.version}"`;
  ensure(isRead, 'PRECONDITION_FAILED', 'The customer has changed since the form was read');
  return customer;
}
