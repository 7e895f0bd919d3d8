import { numberOf, refuseNextValue, refuseTypedNumber } from '../../domain/customer-number';
import type { NumberName } from '../../domain/settings';
import { rejectIf, RefusedError } from '../errors';
import type { NumberCounter } from '../models/office';
import { firstFree, numberFormOf, takenOf } from '../reads/next-number';
import type { Tx } from '../transaction';

/** Takes the next number of a series: two at once wait for the row and get different ones; typed ones are skipped. */
export async function nextNumber(tx: Tx, name: NumberName): Promise<string> {
  const counter = await lockCounter(tx, name);
  const { number, value } = await firstFree(tx.db, tx.settings, name, Number(counter.nextValue));
  await counter.update({ nextValue: value + 1 });
  return number;
}

/**
 * Takes a number that somebody typed. Refused: NUMBER_CHECK_DIGIT, NUMBER_TAKEN, also in other letters (c1 is C1). The
 * counter moves on when it would give out this one, so that the next number that it shows is free.
 */
export async function takeNumber(tx: Tx, name: NumberName, typed: string, pointer: string): Promise<string> {
  const form = numberFormOf(tx.settings, name);
  rejectIf(refuseTypedNumber(form, typed, pointer));
  const counter = await lockCounter(tx, name);
  if ((await takenOf(tx.db, name, [typed])).size > 0) {
    throw new RefusedError({ code: 'NUMBER_TAKEN', message: `The number ${typed} was given out already`, pointer });
  }
  const value = Number(counter.nextValue);
  if (numberOf(form, value) === typed.toUpperCase()) {
    await counter.update({ nextValue: (await firstFree(tx.db, tx.settings, name, value + 1)).value });
  }
  return typed;
}

/**
 * Has a series go on from this value, higher or lower: gaps may stay, and numbers that were given out are skipped, so
 * none is given out twice. Refused: NEXT_VALUE_OUT_OF_RANGE.
 */
export async function setNextValue(tx: Tx, name: NumberName, nextValue: number): Promise<void> {
  rejectIf(refuseNextValue(tx.settings.numbers[name], nextValue));
  const counter = await lockCounter(tx, name);
  const before = Number(counter.nextValue);
  const { value: after } = await firstFree(tx.db, tx.settings, name, nextValue);
  await counter.update({ nextValue: after });
  const data = { before, asked: nextValue, after };
  tx.audit({ action: 'number.nextValueSet', entity: 'number_counter', entityId: name, data });
}

function lockCounter(tx: Tx, name: NumberName): Promise<NumberCounter> {
  return tx.db.NumberCounter.findByPk(name, { lock: true, rejectOnEmpty: true });
}
