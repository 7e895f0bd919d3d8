import { numberFormOf } from '../../../db/reads/next-number';
import { numberOf } from '../../../domain/customer-number';
import type { NumberName } from '../../../domain/settings';
import { fresh } from '../check/check';
import type { Writing } from './writing';

/** Raises each series above the numbers that came in: none is given out a second time. */
export async function raiseNumbers({ tx, c }: Writing): Promise<void> {
  await raise(
    'customer',
    fresh(c, 'customers').map(({ values }) => values.customerNumber),
  );
  await raise(
    'account',
    fresh(c, 'accounts').map(({ values }) => values.accountNumber),
  );
  await raise(
    'location',
    fresh(c, 'locations').map(({ values }) => values.locationNumber),
  );

  async function raise(name: NumberName, taken: string[]): Promise<void> {
    const form = numberFormOf(c.settings, name);
    const { prefix } = form;
    const written = (value: number) => numberOf(form, value);
    const afterDigits = form.checkDigit === 'NONE' ? undefined : -1;
    const numbers = taken.map((number) => number.toUpperCase());
    const values = numbers.map((number) =>
      number.startsWith(prefix) ? Number(number.slice(prefix.length, afterDigits)) : NaN,
    );
    // Only a number that the series itself would write can be given out again.
    const ours = values.filter((value, i) => Number.isSafeInteger(value) && written(value) === numbers[i]);
    const counter = await tx.db.NumberCounter.findByPk(name, { lock: true, rejectOnEmpty: true });
    const next = ours.reduce((most, value) => Math.max(most, value + 1), Number(counter.nextValue));
    if (next !== Number(counter.nextValue)) await counter.update({ nextValue: next });
  }
}
