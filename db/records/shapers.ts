import { col, fn, Op, where } from 'sequelize';
import type { RequestKind } from '../../domain/states';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';

/**
 * Who has shaped what an account is refunded, by asking for a small credit, moving money of it or noting that a refund
 * came back: they do not approve it (design.md decision 6).
 */
export async function shapersOfRefund(tx: Tx, { id: accountId, accountNumber }: Account): Promise<number[]> {
  const returned = await tx.db.Refund.findAll({ where: { accountId, outcome: 'RETURNED' }, order: ['id'] });
  const refundNumbers = returned.map(({ refundNumber }) => refundNumber);
  return once([
    ...(await whoAsked(tx, ['TRANSFER', 'SMALL_REFUND'], 'accountNumber', [accountNumber])),
    ...(await whoAsked(tx, ['REFUND_RESULT'], 'refundNumber', refundNumbers)),
  ]);
}

/**
 * Who has shaped what an account owes, by taking a payment back or moving money from or to it: they do not approve that
 * it is written off.
 */
export async function shapersOfDebt(tx: Tx, { id: accountId, accountNumber }: Account): Promise<number[]> {
  const back = await tx.db.Payment.findAll({ where: { accountId, reversedBy: { [Op.ne]: null } }, order: ['id'] });
  return once([
    ...back.flatMap(({ reversedBy }) => (reversedBy === null ? [] : [reversedBy])),
    ...(await whoAsked(tx, ['TRANSFER'], 'accountNumber', [accountNumber])),
    ...(await whoAsked(tx, ['TRANSFER'], 'toAccountNumber', [accountNumber])),
  ]);
}

const once = (userIds: number[]): number[] => [...new Set(userIds)];

async function whoAsked(
  tx: Tx,
  kind: RequestKind[],
  field: 'accountNumber' | 'toAccountNumber' | 'refundNumber',
  values: string[],
): Promise<number[]> {
  if (values.length === 0) return [];
  const rows = await tx.db.FieldWorkRequest.findAll({
    where: { [Op.and]: [{ kind }, where(fn('JSON_VALUE', col('content'), `$.${field}`), { [Op.in]: values })] },
    order: ['id'],
  });
  return rows.map(({ createdBy }) => createdBy);
}
