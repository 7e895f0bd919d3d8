import { addDays, type CivilDate } from '../dates';
import type { Refusal } from '../refusal';
import type { ServiceOrderType } from '../states';

/** The kinds of order that can be cut while a customer is set up (domain.md row S15). */
export const SET_UP_ORDERS = ['TURN_ON', 'READ_IN', 'RECONNECT'] as const satisfies readonly ServiceOrderType[];

/** The dates and services of a set-up form, beside the office's today and its limits in days. */
export interface SetUpRequest {
  startDate: CivilDate;
  services: { serviceCode: string; position: number; connectDate: CivilDate | null }[];
  deposits: { serviceCode: string }[];
  meters: {
    serviceCode: string;
    position: number;
    serial: string;
    action: 'INSTALL' | 'REMOVE';
    readOn: CivilDate | null;
  }[];
  orders: { serviceCode: string; position: number; dueOn: CivilDate | null }[];
  today: CivilDate;
  maxBackDays: number;
  maxFutureDays: number;
}

/** Everything in the form that stands against the set-up, each with its field; empty when it can go ahead. */
export function refuseSetUp(request: SetUpRequest): Refusal[] {
  const { startDate, services, deposits, meters, orders, today, maxBackDays, maxFutureDays } = request;
  const blockers: Refusal[] = [];
  const block = (holds: boolean, code: string, message: string, pointer: string) => {
    if (!holds) blockers.push({ code, message, pointer });
  };
  const points = new Set(services.map(pointOf));
  const earliest = addDays(today, -maxBackDays);
  const latest = addDays(today, maxFutureDays);
  block(startDate >= earliest, 'START_TOO_FAR_BACK', `The start may be ${earliest} at the earliest`, '#/startDate');
  block(startDate <= latest, 'START_TOO_FAR_AHEAD', `The start may be ${latest} at the latest`, '#/startDate');
  block(services.length > 0, 'NO_SERVICES', 'Tick at least one billing service', '#/services');
  for (const [i, service] of services.entries()) {
    const first = services.findIndex((other) => pointOf(other) === pointOf(service));
    block(first === i, 'SERVICE_TWICE', 'The service is in the form twice', `#/services/${i}`);
    const connects = service.connectDate ?? startDate;
    block(
      connects >= startDate,
      'CONNECT_BEFORE_START',
      `Service begins on ${startDate}`,
      `#/services/${i}/connectDate`,
    );
    block(
      connects <= latest,
      'START_TOO_FAR_AHEAD',
      `The start may be ${latest} at the latest`,
      `#/services/${i}/connectDate`,
    );
  }
  for (const [i, { serviceCode }] of deposits.entries()) {
    const first = deposits.findIndex((other) => other.serviceCode === serviceCode);
    block(first === i, 'DEPOSIT_TWICE', 'The deposit is in the form twice', `#/deposits/${i}`);
    const known = services.some((service) => service.serviceCode === serviceCode);
    block(
      known,
      'DEPOSIT_WITHOUT_SERVICE',
      'The deposit is for a service that is not ticked',
      `#/deposits/${i}/serviceCode`,
    );
  }
  for (const [i, meter] of meters.entries()) {
    const { action } = meter;
    const first = meters.findIndex((other) => pointOf(other) === pointOf(meter) && other.action === action);
    block(first === i, 'METER_TWICE', 'The service has two meters in the form', `#/meters/${i}`);
    // One serial in other letters is the same meter.
    const serial = meter.serial.toUpperCase();
    const named = meters.findIndex((other) => other.serial.toUpperCase() === serial && other.action === action);
    block(named === i || first !== i, 'SERIAL_TWICE', 'The meter is in the form twice', `#/meters/${i}/serial`);
    block(
      points.has(pointOf(meter)),
      'METER_WITHOUT_SERVICE',
      'The meter is for a service that is not ticked',
      `#/meters/${i}`,
    );
    block(
      meter.readOn === null || meter.readOn <= today,
      'READ_IN_FUTURE',
      `Today is ${today}`,
      `#/meters/${i}/${action === 'REMOVE' ? 'removalRead' : 'beginRead'}/readOn`,
    );
  }
  for (const [i, order] of orders.entries()) {
    block(
      points.has(pointOf(order)),
      'ORDER_WITHOUT_SERVICE',
      'The order is for a service that is not ticked',
      `#/serviceOrders/${i}`,
    );
    block(
      order.dueOn === null || order.dueOn >= today,
      'ORDER_IN_PAST',
      `Today is ${today}`,
      `#/serviceOrders/${i}/dueOn`,
    );
  }
  return blockers;
}

const pointOf = ({ serviceCode, position }: { serviceCode: string; position: number }): string =>
  `${serviceCode}/${position}`;
