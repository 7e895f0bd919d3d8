import type { AccountStatus } from '../../domain/states';
import { ensure, RefusedError } from '../errors';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';

/** An account in one of these states is final billed or beyond: who is responsible for it stays so. */
const BOUND: readonly AccountStatus[] = ['FINAL_BILLED', 'COLLECTIONS', 'WRITTEN_OFF', 'CLOSED'];

/**
 * Makes a customer the cosigner of an account in the place of whoever was before (domain.md row S13); the same one again
 * changes nothing. Refused: NOT_FOUND, PRECONDITION_FAILED, CUSTOMER_UNKNOWN, COSIGNER_IS_HOLDER, ACCOUNT_CANCELED, COSIGNER_BOUND.
 */
export async function setCosigner(
  tx: Tx,
  accountNumber: string,
  ifMatch: string,
  customerNumber: string,
): Promise<void> {
  const account = await lockAccount(tx, accountNumber);
  const customer = await tx.db.Customer.findOne({ where: { customerNumber } });
  const pointer = '#/customerNumber';
  if (!customer) throw new RefusedError({ code: 'CUSTOMER_UNKNOWN', message: 'There is no such customer', pointer });
  const other = customer.id !== account.customerId;
  ensure(other, 'COSIGNER_IS_HOLDER', 'The holder of the account is responsible already', { pointer });
  const before = await tx.db.AccountCosigner.findOne({ where: { accountId: account.id, endedAt: null }, lock: true });
  ensure(ifMatch === `"${before?.id ?? 0}"`, 'PRECONDITION_FAILED', 'The account has got another cosigner meanwhile');
  if (before?.customerId === customer.id) return;
  if (before) await before.update({ endedAt: tx.now, endedBy: tx.actorId });
  await tx.db.AccountCosigner.create({
    ...{ accountId: account.id, customerId: customer.id, addedBy: tx.actorId, addedAt: tx.now },
  });
  tx.audit({
    action: 'cosigner.set',
    entity: 'account',
    entityId: account.id,
    data: { accountNumber, customerNumber },
  });
}

/** Takes the cosigner off an account. Refused: NOT_FOUND, ACCOUNT_CANCELED, COSIGNER_BOUND. */
export async function removeCosigner(tx: Tx, accountNumber: string): Promise<void> {
  const account = await lockAccount(tx, accountNumber);
  const before = await tx.db.AccountCosigner.findOne({ where: { accountId: account.id, endedAt: null }, lock: true });
  ensure(before, 'NOT_FOUND', 'The account has no cosigner');
  await before.update({ endedAt: tx.now, endedBy: tx.actorId });
  tx.audit({ action: 'cosigner.removed', entity: 'account', entityId: account.id, data: { accountNumber } });
}

/** The customer who cosigns an account now, by id; null for nobody. */
export async function cosignerIdOf(tx: Pick<Tx, 'db'>, accountId: number): Promise<number | null> {
  const row = await tx.db.AccountCosigner.findOne({ where: { accountId, endedAt: null } });
  return row?.customerId ?? null;
}

async function lockAccount(tx: Tx, accountNumber: string): Promise<Account> {
  const account = await tx.db.Account.findOne({ where: { accountNumber }, lock: true });
  ensure(account, 'NOT_FOUND', 'There is no such account: a cosigner is named after the Save');
  ensure(account.status !== 'CANCELED', 'ACCOUNT_CANCELED', 'The set-up of this account was canceled');
  ensure(
    !BOUND.includes(account.status),
    'COSIGNER_BOUND',
    `The account is ${account.status}: who owes stays as it is`,
  );
  return account;
}
