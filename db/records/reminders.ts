import { collectionsFrom } from '../../domain/debt/collections';
import { addDays, maxDate, type CivilDate } from '../../domain/dates';
import { civilDateOf } from '../clock';
import type { Case } from '../models/cases';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';
import { handedOverOn } from './collections';
import { penaltyDueOn } from './penalties';

/** What comes next of a balance that is not paid, and on which day. */
export interface NextOfBalance {
  on: CivilDate;
  /** LOOK: the balance is for collections, or to be written off. */
  step: 'REMINDER' | 'PENALTY' | 'LOOK';
}

/**
 * What comes next of a balance that is not paid: a reminder, before it the penalty of the final bill, or after the last
 * reminder the day on which it is for collections; null where money alone is waited for.
 */
export async function nextOfBalance(tx: Tx, settlement: Case): Promise<NextOfBalance | null> {
  if (settlement.step === 'COLLECTIONS') return nextWithCollections(tx, settlement);
  const next = await nextUnpaid(tx, settlement);
  const account = await tx.db.Account.findByPk(settlement.accountId ?? 0, { rejectOnEmpty: true });
  const penaltyOn = await penaltyDueOn(tx, account);
  return penaltyOn !== null && penaltyOn <= next.on ? { on: penaltyOn, step: 'PENALTY' } : next;
}

/**
 * The bill's due date, then one interval after each reminder, as many as the policy has; then collections. A settlement
 * that began after the due date counts from its beginning, not from a date that is long past.
 */
async function nextUnpaid(tx: Tx, { caseId, accountId, openedAt }: Case): Promise<NextOfBalance> {
  const { balanceReminderDays, collections, clock } = tx.settings;
  const reminders = await tx.db.CaseEvent.count({ where: { caseId, kind: 'BALANCE_REMINDED' } });
  const where = { accountId: accountId ?? 0, status: 'POSTED' as const };
  const bill = await tx.db.Bill.findOne({ where, order: [['id', 'DESC']] });
  const openedOn = civilDateOf(clock, openedAt);
  const dueOn = bill ? maxDate(bill.dueOn, openedOn) : addDays(openedOn, balanceReminderDays);
  const from = collectionsFrom(collections, { reminders, dueOn, waitUntil: await waitUntil(tx, caseId) });
  return from === null
    ? { on: addDays(dueOn, reminders * balanceReminderDays), step: 'REMINDER' }
    : { on: from, step: 'LOOK' };
}

/** Until when a clerk has given the customer time, if one has. */
async function waitUntil(tx: Tx, caseId: string): Promise<CivilDate | null> {
  const waits = { caseId, kind: 'COLLECTIONS_WAIT' };
  const event = await tx.db.CaseEvent.findOne({ where: waits, order: [['seq', 'DESC']] });
  return event ? parsedJson<{ until: CivilDate }>(event.data).until : null;
}

/** After so many days with collections, or since a supervisor said no, it is asked whether the debt is written off. */
async function nextWithCollections(tx: Tx, { accountId }: Case): Promise<NextOfBalance | null> {
  const { writeOffAfterDays } = tx.settings.collections;
  const handedOver = await handedOverOn(tx, accountId ?? 0);
  if (writeOffAfterDays === null || handedOver === null) return null;
  const rejected = { accountId: accountId ?? 0, status: 'REJECTED' as const };
  const no = await tx.db.WriteOff.findOne({ where: rejected, order: [['id', 'DESC']] });
  return { on: addDays(maxDate(handedOver, no?.decidedOn ?? handedOver), writeOffAfterDays), step: 'LOOK' };
}
