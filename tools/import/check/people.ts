import { refuseAddress, refusePhones } from './contacts';
import { fresh, named, refuseFuture, refuseKnown, type Check } from './check';

/** Checks customers, then accounts on their own: checkAgreements looks at an account with its services. */
export function checkPeople(c: Check): void {
  const { customers, customerTypes, accounts, locations, nextId } = c.office;
  for (const row of fresh(c, 'customers')) {
    const { customerNumber, type } = row.values;
    refusePhones(c, row);
    for (const prefix of ['mail', 'alt']) refuseAddress(c, row, prefix);
    const things = { get: (code: string) => (customerTypes.has(code) ? code : undefined) };
    if (type) named(c, row, 'type', { file: 'customerTypes', key: type, things });
    if (refuseKnown(c, row, 'customerNumber', customers.has(customerNumber))) continue;
    customers.set(customerNumber, { id: nextId('customer') });
  }
  for (const row of fresh(c, 'accounts')) {
    const { accountNumber, customerNumber, locationNumber, status } = row.values;
    named(c, row, 'customerNumber', { file: 'customers', key: customerNumber, things: customers });
    named(c, row, 'locationNumber', { file: 'locations', key: locationNumber, things: locations });
    refuseAddress(c, row, 'forward');
    refuseFuture(c, row, ['startOn', 'stopOn', 'finalBillOn']);
    if (refuseKnown(c, row, 'accountNumber', accounts.has(accountNumber))) continue;
    const id = nextId('account');
    accounts.set(accountNumber, { id, number: accountNumber, status, hasOpening: false, row, agreements: [] });
  }
}
