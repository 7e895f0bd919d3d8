import type { Schema } from '../api/client';

type Order = Schema<'ServiceOrder'>;

const TO_DO: Record<Order['type'], string> = {
  TURN_ON: 'Turn the service on and read the meter',
  TURN_OFF: 'Turn the service off and read the meter',
  READ_IN: 'Read the meter for whoever moves in',
  READ_OUT: 'Read the meter for whoever moves out',
  READ_HANDOVER: 'Read the meter: one customer leaves, another comes',
  METER_EXCHANGE: 'Exchange the meter',
  CUT_NONPAY: 'Shut the service off: not paid',
  RECONNECT: 'Turn the service on again',
};

/** What an order asks of the field. */
export const toDo = ({ type, meter }: Order): string =>
  meter ? TO_DO[type] : (TO_DO[type].split(' and read')[0] ?? TO_DO[type]);

/** Whether the field still owes an order. */
export const isOpen = ({ status }: Order): boolean => ['REQUESTED', 'SCHEDULED', 'DISPATCHED'].includes(status);

/** Whether the office can still plan an order: an open one, or one that could not be done. */
export const canBePlanned = (order: Order): boolean => isOpen(order) || order.status === 'UNABLE';
