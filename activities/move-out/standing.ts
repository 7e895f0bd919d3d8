import { realDayStart } from '../../db/clock';
import type { Tx } from '../../db/transaction';
import { addDays, compareDates, type CivilDate } from '../../domain/dates';

/** What a move-out waits for before its bill: the field, else the date, else nothing but the system. */
export function moveOutStanding(ordersOpen: number, today: string, stopOn: string) {
  if (ordersOpen > 0) return { step: 'AWAITING_READ', waitingOn: 'FIELD' } as const;
  const later = compareDates(stopOn, today) > 0;
  return later
    ? ({ step: 'AWAITING_STOP_DATE', waitingOn: 'DATE' } as const)
    : ({ step: 'AWAITING_STOP_DATE', waitingOn: 'SYSTEM' } as const);
}

/** When the stop date begins, in real time. */
export const stopTimes = (tx: Tx, stopOn: CivilDate): { stopAt: string } => ({
  stopAt: realDayStart(tx.settings.clock, stopOn),
});

/** From when on the case looks for the reads of a stop that are not in. */
export const readDeadlineOf = (tx: Tx, stopOn: CivilDate): CivilDate =>
  addDays(stopOn, tx.settings.moveOut.readDeadlineDays);
