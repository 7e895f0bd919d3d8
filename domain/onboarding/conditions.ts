import type { CivilDate } from '../dates';
import { formatCents, type Cents } from '../money';
import type { WaitingOn } from '../states';

/** What a set-up still waits for, under its office's today (design.md section 4: the conditions wait together). */
export interface OpenConditions {
  approval: boolean;
  /** Asked and not yet received, in cents. */
  depositCents: Cents;
  gatingOrders: number;
  startOn: CivilDate;
  today: CivilDate;
  /** Services whose holder has not stopped. */
  handovers: number;
}

/** One condition in words, without personal data: for the case and the Temporal UI. */
export interface Condition {
  name: 'APPROVAL' | 'DEPOSIT' | 'ORDERS' | 'START_DATE' | 'HANDOVER';
  waitingOn: WaitingOn;
  text: string;
}

/** The open conditions in the order of who has to act: people first, then the date, then the one who leaves. */
export function openConditions(open: OpenConditions): Condition[] {
  const { approval, depositCents, gatingOrders, startOn, today, handovers } = open;
  const conditions: (Condition | false)[] = [
    approval && { name: 'APPROVAL', waitingOn: 'SUPERVISOR', text: 'a supervisor to approve the set-up' },
    depositCents > 0 && { name: 'DEPOSIT', waitingOn: 'CUSTOMER', text: `a deposit of ${formatCents(depositCents)}` },
    gatingOrders > 0 && {
      name: 'ORDERS',
      waitingOn: 'FIELD',
      text: gatingOrders === 1 ? 'one service order' : `${gatingOrders} service orders`,
    },
    startOn > today && { name: 'START_DATE', waitingOn: 'DATE', text: `the start date, ${startOn}` },
    handovers > 0 &&
      startOn <= today && { name: 'HANDOVER', waitingOn: 'FIELD', text: 'the final read of the one who leaves' },
  ];
  return conditions.filter((condition) => condition !== false);
}
