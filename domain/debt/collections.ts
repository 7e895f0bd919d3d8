import { addDays, compareDates, maxDate, type CivilDate } from '../dates';
import type { Cents } from '../money';
import type { Refusal } from '../refusal';

/** What becomes of a balance that stays unpaid, by the policy of the office. */
export interface CollectionsPolicy {
  /** So many reminders are sent and never more. */
  afterReminders: number;
  /** So many days after the due date at the earliest. */
  afterDays: number;
  /** Less than this is not handed over. */
  minCents: Cents;
  /** The system itself hands over what is large enough; else a clerk is asked. */
  autoHandOver: boolean;
  /** So many days with collections, then a supervisor is asked to write it off; null is never by itself. */
  writeOffAfterDays: number | null;
}

/** The day from which a balance is for collections, once it was reminded of often enough; null before. */
export function collectionsFrom(
  { afterReminders, afterDays }: Pick<CollectionsPolicy, 'afterReminders' | 'afterDays'>,
  about: { reminders: number; dueOn: CivilDate; waitUntil: CivilDate | null },
): CivilDate | null {
  if (about.reminders < afterReminders) return null;
  const from = addDays(about.dueOn, afterDays);
  return about.waitUntil === null ? from : maxDate(from, about.waitUntil);
}

/** Why a balance is not handed over that was decided on before money moved, or null; a part of it may have been paid. */
export const refuseAmountSince = (shownCents: Cents, balanceCents: Cents): Refusal | null =>
  balanceCents <= 0 || balanceCents > shownCents
    ? { code: 'AMOUNT_CHANGED', message: 'The account owes another amount by now' }
    : null;

/** Why a balance is not handed to collections, or null. */
export const refuseHandOver = (
  { minCents }: Pick<CollectionsPolicy, 'minCents'>,
  balanceCents: Cents,
): Refusal | null =>
  balanceCents < minCents
    ? { code: 'BELOW_COLLECTIONS', message: `Less than ${minCents} cents is not handed to collections` }
    : null;

const MAX_WAIT_DAYS = 366;

/** Why a customer is not given time until this day, or null. */
export function refuseWait(until: CivilDate, today: CivilDate): Refusal | null {
  if (compareDates(until, today) <= 0)
    return { code: 'WAIT_IN_PAST', message: `Today is ${today}: the day is to come`, pointer: '#/data/until' };
  if (compareDates(until, addDays(today, MAX_WAIT_DAYS)) > 0)
    return { code: 'WAIT_TOO_LONG', message: 'The customer gets a year at most', pointer: '#/data/until' };
  return null;
}
