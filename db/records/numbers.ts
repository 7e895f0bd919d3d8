import type { NumberName } from '../../domain/settings';
import type { Db } from '../create-db';
import { RefusedError } from '../errors';
import type { NumberCounter } from '../models/office';
import type { Tx } from '../transaction';

/** The series whose numbers people may type, and where each is looked for. */
const TYPED: Partial<Record<NumberName, (db: Db, number: string) => Promise<number>>> = {
  customer: (db, customerNumber) => db.Customer.count({ where: { customerNumber } }),
  location: (db, locationNumber) => db.Location.count({ where: { locationNumber } }),
};

const isTaken = async (tx: Tx, name: NumberName, number: string): Promise<boolean> =>
  ((await TYPED[name]?.(tx.db, number)) ?? 0) > 0;

/** Takes the next number of a series: two at once wait for the row and get different ones; typed ones are skipped. */
export async function nextNumber(tx: Tx, name: NumberName): Promise<string> {
  const counter = await lockCounter(tx, name);
  const { number, value } = await nextFree(tx, name, Number(counter.nextValue));
  await counter.update({ nextValue: value + 1 });
  return number;
}

/**
 * Takes a number that somebody typed. Refused: NUMBER_TAKEN. The counter moves on when it would give out this one, so
 * that the next number that it shows is free.
 */
export async function takeNumber(tx: Tx, name: NumberName, typed: string, pointer: string): Promise<string> {
  const counter = await lockCounter(tx, name);
  if (await isTaken(tx, name, typed)) {
    throw new RefusedError({ code: 'NUMBER_TAKEN', message: `The number ${typed} was given out already`, pointer });
  }
  const value = Number(counter.nextValue);
  if (numberOf(tx, name, value) === typed) {
    await counter.update({ nextValue: (await nextFree(tx, name, value + 1)).value });
  }
  return typed;
}

async function nextFree(tx: Tx, name: NumberName, from: number): Promise<{ number: string; value: number }> {
  for (let value = from; ; value++) {
    const number = numberOf(tx, name, value);
    if (!(await isTaken(tx, name, number))) return { number, value };
  }
}

function lockCounter(tx: Tx, name: NumberName): Promise<NumberCounter> {
  return tx.db.NumberCounter.findByPk(name, { lock: true, rejectOnEmpty: true });
}

function numberOf(tx: Tx, name: NumberName, value: number): string {
  const { prefix, width } = tx.settings.numbers[name];
  return prefix + String(value).padStart(width, '0');
}
