import { Temporal } from 'temporal-polyfill/implementation';
import type { CivilDate } from '../domain/dates';
import type { Settings } from '../domain/settings';
import type { LocalTime } from '../domain/tasks/office-hours';

/** The one clock of design.md decision 9: a zone, and an offset that training and demos raise. */
export type ClockSetting = Settings['clock'];

/** The office's now: real time plus the offset. */
export function officeNow(clock: ClockSetting): Date {
  return new Date(Date.now() + clock.offsetSeconds * 1000);
}

/** The civil date of an office instant, in the utility's zone. */
export function civilDateOf(clock: ClockSetting, at: Date): CivilDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(clock.zone).toPlainDate().toString();
}

/** The office's today. */
export function civilNow(clock: ClockSetting): CivilDate {
  return civilDateOf(clock, officeNow(clock));
}

/** The office instant at which a civil date begins to count (`dayStartsAt`; skips a gap of daylight saving). */
export function instantOf(clock: ClockSetting, date: CivilDate): Date {
  const start = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: clock.zone, plainTime: clock.dayStartsAt });
  return new Date(start.epochMilliseconds);
}

/** The local time of an office instant, in the utility's zone, to the minute. */
export function localTimeOf(clock: ClockSetting, at: Date): LocalTime {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(clock.zone);
  return { date: local.toPlainDate().toString(), minute: local.hour * 60 + local.minute };
}

/** The office instant of a local time (skips a gap of daylight saving). */
export function instantAt(clock: ClockSetting, { date, minute }: LocalTime): Date {
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const local = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: clock.zone, plainTime });
  return new Date(local.epochMilliseconds);
}

/** The real instant at which the office's clock will show this office instant: what a workflow sleeps until. */
export function realInstant(clock: ClockSetting, officeInstant: Date): Date {
  return new Date(officeInstant.getTime() - clock.offsetSeconds * 1000);
}

/** When a day of the office begins in real time, as a workflow takes it. */
export const realDayStart = (clock: ClockSetting, day: CivilDate): string =>
  realInstant(clock, instantOf(clock, day)).toISOString();

/** A move of the office's clock: when it was made, in real time, and what the offset was until then. */
export interface ClockMove {
  movedAt: Date;
  offsetSecondsBefore: number;
}

/**
 * What the office's clock showed at a real instant that has passed: the inverse of realInstant, also when the clock was
 * moved since. `moves` are all of its moves, the oldest first.
 */
export function officeInstantAt(clock: ClockSetting, moves: readonly ClockMove[], real: Date): Date {
  const next = moves.find(({ movedAt }) => movedAt > real);
  const offsetSeconds = next ? next.offsetSecondsBefore : clock.offsetSeconds;
  return new Date(real.getTime() + offsetSeconds * 1000);
}
