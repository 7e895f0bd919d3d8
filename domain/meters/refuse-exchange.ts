import type { CivilDate } from '../dates';
import type { Refusal } from '../refusal';

/** A meter that is to go out on a day, and the one that is to come. */
export interface ExchangeRequest {
  exchangedOn: CivilDate;
  today: CivilDate;
  oldMeter: { serial: string; unit: string };
  newMeter: { serial: string; unit: string };
  /** Through when a holder of the point was billed; null: nobody was. */
  billedThrough: CivilDate | null;
  /** When a leaver stops whose last read is not in; null where there is none. */
  stopsOn: CivilDate | null;
}

/** Everything that stands against the exchange, each with its field; empty when it can go ahead (domain.md rule 2). */
export function refuseExchange(request: ExchangeRequest): Refusal[] {
  const { exchangedOn, today, oldMeter, newMeter, billedThrough, stopsOn } = request;
  const blockers: Refusal[] = [];
  const block = (holds: boolean, code: string, message: string, pointer: string) => {
    if (!holds) blockers.push({ code, message, pointer });
  };
  const day = '#/exchangedOn';
  block(exchangedOn <= today, 'EXCHANGE_IN_FUTURE', `Today is ${today}`, day);
  const unbilled = billedThrough === null || exchangedOn >= billedThrough;
  block(unbilled, 'EXCHANGE_BEFORE_BILLED', `The service is billed through ${billedThrough}`, day);
  // The stop read would be of a meter that is gone.
  const inTime = stopsOn === null || exchangedOn <= stopsOn;
  block(inTime, 'EXCHANGE_AFTER_STOP', `Service stops on ${stopsOn}: hand in that read first`, day);
  const other = newMeter.serial !== oldMeter.serial;
  block(other, 'METER_SAME', 'The new meter is the one that is there', '#/newMeter/serial');
  const message = `The service is measured in ${oldMeter.unit}: give a multiplier that makes it so`;
  block(newMeter.unit === oldMeter.unit, 'METER_UNIT', message, '#/newMeter/unit');
  return blockers;
}
