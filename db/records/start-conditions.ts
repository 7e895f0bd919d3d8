import { maxDate, type CivilDate } from '../../domain/dates';
import { ORDER_OPEN } from '../../domain/states';
import { civilDateOf } from '../clock';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { openDeposits } from './deposit-requests';

/** What a newcomer's start still waits for beside dates and the one who leaves. */
export interface StartConditions {
  approval: boolean;
  depositCents: number;
  gatingOrders: number;
  /** Those of them that the field could not do. */
  unableOrders: number;
  /** The day on which the last of these conditions was met; null when none was ever open. */
  metOn: CivilDate | null;
}

/** The conditions of an account's start as they stand (design.md decision 11: a newcomer with an open one stays pending). */
export async function startConditions(tx: Tx, account: Account): Promise<StartConditions> {
  const deposits = await openDeposits(tx, account.id);
  const gating = { accountId: account.id, gating: true };
  const open = await tx.db.ServiceOrder.count({ where: { ...gating, status: [...ORDER_OPEN] } });
  return {
    approval: account.status === 'PENDING_APPROVAL',
    depositCents: deposits.reduce((sum, { openCents }) => sum + openCents, 0),
    gatingOrders: open,
    unableOrders: await tx.db.ServiceOrder.count({ where: { ...gating, status: 'UNABLE' } }),
    metOn: await lastMetOn(tx, account.id),
  };
}

/** Whether nothing but dates and the one who leaves is left. */
export const isReady = ({ approval, depositCents, gatingOrders }: StartConditions): boolean =>
  !approval && depositCents === 0 && gatingOrders === 0;

async function lastMetOn(tx: Tx, accountId: number): Promise<CivilDate | null> {
  const requests = await tx.db.DepositRequest.findAll({ where: { accountId, status: 'PAID' } });
  const deposits = await tx.db.Deposit.findAll({ where: { requestId: requests.map(({ id }) => id) } });
  const orders = await tx.db.ServiceOrder.findAll({ where: { accountId, gating: true, status: 'COMPLETED' } });
  const reads = await tx.db.MeterRead.findAll({ where: { serviceOrderId: orders.map(({ id }) => id) } });
  const days = [
    ...deposits.map(({ paidOn }) => paidOn),
    ...orders.map(({ id, completedAt }) => {
      const read = reads.find(({ serviceOrderId }) => serviceOrderId === id);
      return read?.readOn ?? (completedAt ? civilDateOf(tx.settings.clock, completedAt) : tx.today);
    }),
  ];
  const [first, ...rest] = days;
  return first === undefined ? null : maxDate(first, ...rest);
}
