import { numberOf, type NumberForm } from '../../domain/customer-number';
import type { NumberName, Settings } from '../../domain/settings';
import type { Db } from '../create-db';

/** How a series is written; customers' numbers alone may have a check digit. */
export const numberFormOf = ({ numbers, customerNumbers }: Settings, name: NumberName): NumberForm => ({
  ...numbers[name],
  checkDigit: name === 'customer' ? customerNumbers.checkDigit : 'NONE',
});

/** The series whose numbers people may type, and which of some numbers are taken. */
const TAKEN: Partial<Record<NumberName, (db: Db, numbers: string[]) => Promise<string[]>>> = {
  customer: async (db, customerNumber) =>
    (await db.Customer.findAll({ where: { customerNumber }, attributes: ['customerNumber'], raw: true })).map(
      (row) => row.customerNumber,
    ),
  location: async (db, locationNumber) =>
    (await db.Location.findAll({ where: { locationNumber }, attributes: ['locationNumber'], raw: true })).map(
      (row) => row.locationNumber,
    ),
};

/** Which of these numbers were given out already, in capitals: C1 and c1 are the same. */
export async function takenOf(db: Db, name: NumberName, numbers: string[]): Promise<Set<string>> {
  return new Set(((await TAKEN[name]?.(db, numbers)) ?? []).map((number) => number.toUpperCase()));
}

const AT_A_TIME = 200;

/** The first number of a series that nobody has, from this value on. */
export async function firstFree(
  db: Db,
  settings: Settings,
  name: NumberName,
  from: number,
): Promise<{ number: string; value: number }> {
  const form = numberFormOf(settings, name);
  const typed = name in TAKEN;
  for (let start = from; ; start += AT_A_TIME) {
    const candidates = Array.from({ length: typed ? AT_A_TIME : 1 }, (_, i) => ({
      number: numberOf(form, start + i),
      value: start + i,
    }));
    const taken = await takenOf(
      db,
      name,
      candidates.map(({ number }) => number),
    );
    const free = candidates.find(({ number }) => !taken.has(number));
    if (free) return free;
  }
}

/** The number that the next customer would get: for the eye; it is taken when the form is saved. */
export async function nextCustomerNumber(db: Db, settings: Settings): Promise<string> {
  const { nextValue } = await db.NumberCounter.findByPk('customer', { rejectOnEmpty: true });
  return (await firstFree(db, settings, 'customer', Number(nextValue))).number;
}
