import type { NumberName } from '../../domain/settings';
import type { Tx } from '../transaction';

/** Takes the next number of a series: two at once wait for the row and get different ones. */
export async function nextNumber(tx: Tx, name: NumberName): Promise<string> {
  const counter = await tx.db.NumberCounter.findByPk(name, { lock: true, rejectOnEmpty: true });
  const value = Number(counter.nextValue);
  await counter.update({ nextValue: value + 1 });
  const { prefix, width } = tx.settings.numbers[name];
  return prefix + String(value).padStart(width, '0');
}
