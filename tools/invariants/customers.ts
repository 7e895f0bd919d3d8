import { searchNameOf } from '../../domain/names/search-name';
import type { Invariant } from './invariant';

/** That customers are found. */
export const customers: Invariant[] = [
  {
    name: 'search-name',
    says: 'Each customer is found by every part of the name as it is now',
    find: async (db) =>
      (await db.Customer.findAll({ raw: true }))
        .filter((customer) => customer.searchName !== searchNameOf(customer))
        .map(({ customerNumber }) => `customer ${customerNumber}`),
  },
];
