import { ensure, RefusedError } from '../errors';
import type { MasterContact } from '../models/people';
import type { Customer } from '../models/places';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';
import { lockCustomer } from './customers';
import { lockCustomers } from './lock-many';

/**
 * Makes one record of the person or business whose these customers are (domain.md row S14); its name is the first one's
 * unless another is given. Refused: CUSTOMER_UNKNOWN, CONTACT_ASSIGNED (with that contact).
 */
export async function createMasterContact(
  tx: Tx,
  { customerNumbers, name }: { customerNumbers: string[]; name: string | null },
): Promise<MasterContact> {
  const customers = await customersOf(tx, customerNumbers);
  for (const [i, { masterContactId }] of customers.entries()) {
    if (masterContactId === null) continue;
    const pointer = `#/customerNumbers/${i}`;
    throw new RefusedError(
      { code: 'CONTACT_ASSIGNED', message: 'The customer belongs to another master contact', pointer },
      { masterContactId: String(masterContactId) },
    );
  }
  const [first] = customers;
  const contact = await tx.db.MasterContact.create({
    ...{ kind: first?.kind ?? 'PERSON', displayName: name ?? first?.displayName ?? '' },
    ...{ createdBy: tx.actorId, createdAt: tx.now },
  });
  tx.audit({ action: 'masterContact.created', entity: 'master_contact', entityId: contact.id });
  for (const customer of customers) await assign(tx, customer, contact.id);
  return contact;
}

/**
 * Gives a customer, as read under this version, to a master contact, or to none. Refused: NOT_FOUND, PRECONDITION_FAILED,
 * CONTACT_UNKNOWN, CONTACT_MERGED (with where to).
 */
export async function assignMasterContact(
  tx: Tx,
  customerNumber: string,
  ifMatch: string,
  masterContactId: number | null,
): Promise<void> {
  if (masterContactId !== null) await lockContact(tx, masterContactId, '#/masterContactId');
  await assign(tx, await lockCustomer(tx, customerNumber, ifMatch), masterContactId);
}

async function assign(tx: Tx, customer: Customer, masterContactId: number | null): Promise<void> {
  const before = customer.masterContactId;
  if (before === masterContactId) return;
  await customer.update({ masterContactId });
  const data = { before, after: masterContactId };
  tx.audit({ action: 'customer.masterContact', entity: 'customer', entityId: customer.customerNumber, data });
}

/** Gives a master contact another name. Refused: NOT_FOUND, PRECONDITION_FAILED, CONTACT_MERGED. */
export async function renameMasterContact(tx: Tx, id: number, ifMatch: string, displayName: string): Promise<void> {
  const contact = await tx.db.MasterContact.findByPk(id, { lock: true });
  ensure(contact, 'NOT_FOUND', 'There is no such master contact');
  ensure(ifMatch === `"${contact.version}"`, 'PRECONDITION_FAILED', 'The contact has changed since it was read');
  refuseMerged(contact, '#');
  await contact.update({ displayName });
  tx.audit({ action: 'masterContact.renamed', entity: 'master_contact', entityId: id });
}

/**
 * Merges one master contact into another: all of its customers go there, and it stays as a sign where they went. Returns
 * the merge's id, by which it is undone. Refused: NOT_FOUND, CONTACT_UNKNOWN, SAME_CONTACT, CONTACT_MERGED.
 */
export async function mergeMasterContacts(
  tx: Tx,
  { fromId, intoId, reason }: { fromId: number; intoId: number; reason: string },
): Promise<{ mergeId: number; customerNumbers: string[] }> {
  ensure(fromId !== intoId, 'SAME_CONTACT', 'A contact is not merged into itself', { pointer: '#/into' });
  // In the order of their ids, so that two merges the other way round do not wait for each other.
  for (const id of [fromId, intoId].sort((a, b) => a - b)) await tx.db.MasterContact.findByPk(id, { lock: true });
  const from = await tx.db.MasterContact.findByPk(fromId);
  ensure(from, 'NOT_FOUND', 'There is no such master contact');
  refuseMerged(from, '#');
  await lockContact(tx, intoId, '#/into');
  const customers = await tx.db.Customer.findAll({
    where: { masterContactId: fromId },
    order: ['id'],
    lock: true,
  });
  for (const customer of customers) await assign(tx, customer, intoId);
  await from.update({ mergedIntoId: intoId });
  const merge = await tx.db.MasterContactMerge.create({
    ...{ fromId, intoId, reason, customerIds: customers.map(({ id }) => id) },
    ...{ mergedBy: tx.actorId, mergedAt: tx.now },
  });
  const customerNumbers = customers.map(({ customerNumber }) => customerNumber);
  const data = { mergeId: merge.id, into: intoId, customerNumbers };
  tx.audit({ action: 'masterContact.merged', entity: 'master_contact', entityId: fromId, data });
  return { mergeId: merge.id, customerNumbers };
}

/**
 * Undoes a merge: the customers that it moved go back, except those that somebody has given to yet another contact since;
 * these are named. Refused: NOT_FOUND, MERGE_UNDONE, MERGED_ON (the contact was merged on: that is undone first).
 */
export async function undoMerge(tx: Tx, mergeId: number): Promise<{ movedBack: string[]; stayed: string[] }> {
  const found = await tx.db.MasterContactMerge.findByPk(mergeId);
  ensure(found, 'NOT_FOUND', 'There is no such merge');
  const { fromId, intoId } = found;
  const contacts = await tx.db.MasterContact.findAll({ where: { id: [fromId, intoId] }, order: ['id'], lock: true });
  const merge = await tx.db.MasterContactMerge.findByPk(mergeId, { lock: true, rejectOnEmpty: true });
  ensure(merge.undoneAt === null, 'MERGE_UNDONE', 'The merge is undone already');
  const into = contacts.find(({ id }) => id === intoId);
  const details = { masterContactId: String(into?.mergedIntoId) };
  ensure(into?.mergedIntoId === null, 'MERGED_ON', 'That contact was merged on: undo the later merge first', details);
  await tx.db.MasterContact.update({ mergedIntoId: null }, { where: { id: fromId } });
  const moved = parsedJson<number[]>(merge.customerIds);
  const customers = await tx.db.Customer.findAll({ where: { id: moved }, order: ['id'], lock: true });
  const here = customers.filter(({ masterContactId }) => masterContactId === intoId);
  for (const customer of here) await assign(tx, customer, fromId);
  await merge.update({ undoneBy: tx.actorId, undoneAt: tx.now });
  tx.audit({ action: 'masterContact.mergeUndone', entity: 'master_contact', entityId: fromId, data: { mergeId } });
  const numbers = (some: Customer[]) => some.map(({ customerNumber }) => customerNumber);
  return { movedBack: numbers(here), stayed: numbers(customers.filter((customer) => !here.includes(customer))) };
}

async function lockContact(tx: Tx, id: number, pointer: string): Promise<MasterContact> {
  const contact = await tx.db.MasterContact.findByPk(id, { lock: true });
  if (!contact)
    throw new RefusedError({ code: 'CONTACT_UNKNOWN', message: 'There is no such master contact', pointer });
  refuseMerged(contact, pointer);
  return contact;
}

function refuseMerged({ mergedIntoId }: MasterContact, pointer: string): void {
  if (mergedIntoId === null) return;
  const message = 'The contact was merged into another one';
  throw new RefusedError({ code: 'CONTACT_MERGED', message, pointer }, { masterContactId: String(mergedIntoId) });
}

async function customersOf(tx: Tx, customerNumbers: string[]): Promise<Customer[]> {
  const found = await lockCustomers(tx, customerNumbers);
  return customerNumbers.map((number, i) => {
    const customer = found.get(number);
    if (customer) return customer;
    const pointer = `#/customerNumbers/${i}`;
    throw new RefusedError({ code: 'CUSTOMER_UNKNOWN', message: `There is no customer ${number}`, pointer });
  });
}
