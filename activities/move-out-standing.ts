import { compareDates } from '../domain/dates';

/** What a move-out waits for before its bill: the field, else the date, else nothing but the system. */
export function moveOutStanding(ordersOpen: number, today: string, stopOn: string) {
  if (ordersOpen > 0) return { step: 'AWAITING_READ', waitingOn: 'FIELD' } as const;
  const later = compareDates(stopOn, today) > 0;
  return later
    ? ({ step: 'AWAITING_STOP_DATE', waitingOn: 'DATE' } as const)
    : ({ step: 'AWAITING_STOP_DATE', waitingOn: 'SYSTEM' } as const);
}
