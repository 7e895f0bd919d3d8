import type { Settings } from '../../domain/settings';
import type { Db } from '../create-db';

/** The number that a series would give out next: for the eye; it is taken when the form is saved. */
export const FIRST_FREE_NUMBER = {
  customer: async (db: Db, { numbers }: Settings): Promise<string> => {
    const counter = await db.NumberCounter.findByPk('customer', { rejectOnEmpty: true });
    const { prefix, width } = numbers.customer;
    for (let value = Number(counter.nextValue); ; value++) {
      const customerNumber = prefix + String(value).padStart(width, '0');
      if ((await db.Customer.count({ where: { customerNumber } })) === 0) return customerNumber;
    }
  },
};
