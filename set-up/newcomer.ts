import type { NewCustomerForm, OnboardForm } from '../contract/forms';
import { RefusedError } from '../db/errors';
import type { Customer } from '../db/models/places';
import { comparableOf, likelyDuplicates, type Comparable, type LikelyDuplicate } from '../db/reads/people/duplicates';
import { customerFaults } from '../db/reads/customer-faults';
import { readPhone } from '../db/phones';
import { nameColumns } from '../db/records/customer-columns';
import type { Tx } from '../db/transaction';
import type { FormFault } from '../domain/refusal';
import type { Faults } from './faults';

/** Whom a form sets up, with the records that are likely of the same person; customer null: who is new to the office. */
export interface Newcomer {
  customer: Customer | null;
  duplicates: LikelyDuplicate[];
}

/**
 * Looks at whom the form sets up. Notes CUSTOMER_UNKNOWN and what customerFaults says, and warns with LIKELY_DUPLICATE of
 * each record that is likely the new customer's own (domain.md row S14).
 */
export async function lookAtNewcomer(tx: Tx, { customer: given }: OnboardForm, faults: Faults): Promise<Newcomer> {
  if ('existing' in given) {
    const customer = await faults.noting(() => knownCustomer(tx, given.existing));
    const who = customer && (await comparableOf(tx.db, customer.id));
    const options = { exceptId: customer?.id };
    return { customer, duplicates: who ? await likelyDuplicates(tx.db, who, options) : [] };
  }
  faults.note(await customerFaults(tx.db, tx.settings, given));
  const duplicates = await likelyDuplicates(tx.db, comparableOfForm(tx, given));
  faults.note(duplicates.map(warningOf));
  return { customer: null, duplicates };
}

async function knownCustomer(tx: Tx, customerNumber: string): Promise<Customer> {
  const customer = await tx.db.Customer.findOne({ where: { customerNumber } });
  if (customer) return customer;
  const message = 'There is no such customer';
  throw new RefusedError({ code: 'CUSTOMER_UNKNOWN', message, pointer: '#/customer/existing' });
}

function comparableOfForm(tx: Tx, { name, phones, emails, mailingAddress }: NewCustomerForm): Comparable {
  const { firstName, lastName, organizationName } = nameColumns(name);
  const read = phones.map(({ value }) => readPhone(value, tx.settings.contacts));
  return {
    ...{ firstName, lastName, organizationName },
    contacts: [
      ...read.flatMap((phone) => ('value' in phone ? [phone.value] : [])),
      ...emails.map(({ value }) => value),
    ],
    ...{ mailLine1: mailingAddress?.line1 ?? null, mailPostalCode: mailingAddress?.postalCode ?? null },
  };
}

const warningOf = ({ customerNumber, score, reasons }: LikelyDuplicate): FormFault => ({
  ...{ code: 'LIKELY_DUPLICATE', pointer: '#/customer', severity: 'WARNING' as const },
  message: `Customer ${customerNumber} is likely the same (${score} of 100: ${reasons.join(', ')})`,
});
