import type { CivilDate } from '../dates';
import { formatCents, type Cents } from '../money';
import type { WaitingOn } from '../states';

/** What a set-up still waits for, under its office's today (design.md section 4: the conditions wait together). */
export interface OpenConditions {
  approval: boolean;
  /** Asked and not yet received, in cents. */
  depositCents: Cents;
  gatingOrders: number;
  /** How many of them the field could not do. */
  unableOrders: number;
  startOn: CivilDate;
  today: CivilDate;
  /** Services whose holder has not stopped. */
  handovers: number;
  /** Services whose meter was never read: they begin with its first read. */
  unreadMeters: number;
}

/** One condition in words, without personal data: for the case and the Temporal UI. */
export interface Condition {
  name: 'APPROVAL' | 'DEPOSIT' | 'ORDERS' | 'START_DATE' | 'HANDOVER' | 'READ';
  waitingOn: WaitingOn;
  text: string;
}

/** The open conditions in the order of who has to act: people first, then the date, then the one who leaves. */
export function openConditions(open: OpenConditions): Condition[] {
  const { approval, depositCents, gatingOrders, unableOrders, startOn, today, handovers, unreadMeters } = open;
  const conditions: (Condition | false)[] = [
    approval && { name: 'APPROVAL', waitingOn: 'SUPERVISOR', text: 'a supervisor to approve the set-up' },
    depositCents > 0 && { name: 'DEPOSIT', waitingOn: 'CUSTOMER', text: `a deposit of ${formatCents(depositCents)}` },
    gatingOrders > 0 && {
      name: 'ORDERS',
      waitingOn: 'FIELD',
      text: ordersInWords(gatingOrders, unableOrders),
    },
    startOn > today && { name: 'START_DATE', waitingOn: 'DATE', text: `the start date, ${startOn}` },
    handovers > 0 &&
      startOn <= today && { name: 'HANDOVER', waitingOn: 'FIELD', text: 'the final read of the one who leaves' },
    unreadMeters > 0 &&
      gatingOrders === 0 &&
      startOn <= today && { name: 'READ', waitingOn: 'FIELD', text: 'a first read of the meter' },
  ];
  return conditions.filter((condition) => condition !== false);
}

function ordersInWords(open: number, unable: number): string {
  const orders = open === 1 ? 'one service order' : `${open} service orders`;
  if (unable === 0) return orders;
  const which = open === 1 ? 'which' : `of which ${unable}`;
  return `${orders}, ${which} could not be done: to be planned anew or canceled`;
}
