import { addressFaults, blockersIn, phoneFaults } from '../../../db/reads/customer-faults';
import type { FileName } from '../files';
import { addressIn } from '../rows/cells';
import type { Check, Good } from './check';

/** A fault for each telephone number that can be none; the office's settings say whose local numbers those are. */
export function refusePhones(c: Check, row: Good<'customers'>): void {
  for (const { message, pointer } of blockersIn(phoneFaults(row.values.phones, c.settings.contacts, '#/phones')))
    c.bad.add(row, pointer.slice(2), message);
}

/** A fault for each part of a location's address, which is in the office's own country. */
export function refuseLocationAddress(c: Check, row: Good<'locations'>): void {
  const address = { ...row.values, line2: row.values.line2 ?? null };
  for (const { message, pointer } of addressFaults(address, c.settings.contacts, '#'))
    c.bad.add(row, pointer.slice(2), message);
}

/** A fault for each part of an address that its country's mail would not take. */
export function refuseAddress<N extends FileName>(c: Check, row: Good<N>, prefix: string): void {
  const given = addressIn(row.values, prefix);
  if (!given) return;
  for (const { message, pointer } of addressFaults(given, c.settings.contacts, '#')) {
    const part = pointer.slice(2);
    c.bad.add(row, prefix + part.charAt(0).toUpperCase() + part.slice(1), message);
  }
}
