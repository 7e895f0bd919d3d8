import { fillInOrder } from '../../domain/deposits/receive';
import type { CivilDate } from '../../domain/dates';
import type { Refusal } from '../../domain/refusal';
import { rejectIf } from '../errors';
import type { DepositRequest } from '../models/occupancy';
import type { Tx } from '../transaction';
import { post } from './journal';

/** A deposit that a set-up asks for, or why it does not (domain.md row S9); the amount in cents, above 0. */
export interface AskedDeposit {
  serviceCode: string;
  amountCents: number;
  waivedBecause: string | null;
}

/** Writes down what deposits are asked for or waived. */
export async function askForDeposits(
  tx: Tx,
  about: { accountId: number; caseId: string },
  asked: AskedDeposit[],
): Promise<void> {
  await tx.db.DepositRequest.bulkCreate(
    asked.map((deposit) => ({
      ...{ ...about, ...deposit, requestedOn: tx.today },
      status: deposit.waivedBecause === null ? ('REQUESTED' as const) : ('WAIVED' as const),
    })),
  );
  for (const { serviceCode, amountCents, waivedBecause } of asked) {
    const action = waivedBecause === null ? 'deposit.asked' : 'deposit.waived';
    tx.audit({
      action,
      entity: 'account',
      entityId: about.accountId,
      caseId: about.caseId,
      data: { serviceCode, amountCents },
    });
  }
}

/** What is still open of each asked deposit of an account, in cents; the rows are locked. */
export async function openDeposits(
  tx: Tx,
  accountId: number,
): Promise<{ request: DepositRequest; openCents: number }[]> {
  const where = { accountId, status: 'REQUESTED' as const };
  const requests = await tx.db.DepositRequest.findAll({ where, order: ['id'], lock: true });
  const received = await tx.db.Deposit.findAll({ where: { requestId: requests.map(({ id }) => id) } });
  return requests.map((request) => ({
    request,
    openCents: received
      .filter(({ requestId }) => requestId === request.id)
      .reduce((left, { amountCents }) => left - Number(amountCents), Number(request.amountCents)),
  }));
}

/**
 * Receives money for the deposits that an account was asked for, the one asked first before the next. Refused:
 * NO_DEPOSIT_ASKED, OVER_DEPOSIT: more than is asked for belongs to the account.
 */
export async function receiveDeposit(
  tx: Tx,
  given: {
    accountId: number;
    caseId: string;
    paymentId: number;
    receiptNumber: string;
    amountCents: number;
    paidOn: CivilDate;
  },
): Promise<void> {
  const { accountId, caseId, paymentId, receiptNumber, amountCents, paidOn } = given;
  const open = await openDeposits(tx, accountId);
  const openCents = sumOpen(open);
  rejectIf(refuseDeposit(amountCents, openCents));
  const shares = fillInOrder(
    amountCents,
    open.map((each) => each.openCents),
  );
  const lines = [];
  for (const [i, { request, openCents: wanted }] of open.entries()) {
    const cents = shares[i] ?? 0;
    if (cents === 0) continue;
    const deposit = await tx.db.Deposit.create({
      ...{ accountId, serviceCode: request.serviceCode, amountCents: cents, paidOn, requestId: request.id, paymentId },
      ...{ lastInterestOn: null, stoppedOn: null },
    });
    if (cents === wanted) await request.update({ status: 'PAID' });
    const held = { ledgerAccount: 'DEPOSITS_HELD' as const, serviceCode: request.serviceCode, depositId: deposit.id };
    lines.push({ ...held, amountCents: -cents });
  }
  const entry = { entryKey: `payment/${receiptNumber}`, kind: 'DEPOSIT_RECEIVED' as const, accountId, caseId };
  await post(tx, { ...entry, entryOn: tx.today, lines: [{ ledgerAccount: 'CASH_CLEARING', amountCents }, ...lines] });
}

/** Why this much is no deposit of an account now, or null. */
export async function whyNoDeposit(tx: Tx, accountId: number, amountCents: number): Promise<Refusal | null> {
  return refuseDeposit(amountCents, sumOpen(await openDeposits(tx, accountId)));
}

const sumOpen = (open: { openCents: number }[]): number => open.reduce((sum, each) => sum + each.openCents, 0);

function refuseDeposit(amountCents: number, openCents: number): Refusal | null {
  if (openCents <= 0) return { code: 'NO_DEPOSIT_ASKED', message: 'No deposit is asked for on this account' };
  const message = `Only ${openCents} cents of deposit are asked for on this account`;
  return amountCents > openCents ? { code: 'OVER_DEPOSIT', message } : null;
}

/** Takes back what was asked for and not paid: the set-up was canceled. */
export async function cancelDepositRequests(tx: Tx, accountId: number): Promise<void> {
  await tx.db.DepositRequest.update({ status: 'CANCELED' }, { where: { accountId, status: 'REQUESTED' } });
}
