import { post } from '../../db/records/journal';
import type { Tx } from '../../db/transaction';
import type { PostingLine } from '../../domain/ledger';
import { accountId } from './accounts';
import { HOMES } from './homes';
import { lastReadOn, type Occupancy } from './occupancies';

/** Takes the tenants' deposits, and brings forward what accounts owe, or are owed, since their last bill. */
export async function bookMoney(tx: Tx, occupancies: Occupancy[]): Promise<void> {
  for (const [i, occupancy] of occupancies.entries()) {
    await takeDeposit(tx, accountId(i), occupancy);
    await bringForward(tx, accountId(i), occupancy);
  }
}

async function takeDeposit(tx: Tx, account: number, { depositCents, startOn }: Occupancy): Promise<void> {
  if (depositCents === undefined) return;
  const serviceCode = 'WATER';
  const deposit = await tx.db.Deposit.create({
    ...{ accountId: account, serviceCode, amountCents: depositCents, paidOn: startOn },
    ...{ lastInterestOn: null, stoppedOn: null },
  });
  await post(tx, {
    ...{ entryKey: `deposit-received/${deposit.id}`, kind: 'DEPOSIT_RECEIVED', accountId: account, caseId: null },
    entryOn: startOn,
    lines: [
      { ledgerAccount: 'CASH_CLEARING', amountCents: depositCents },
      { ledgerAccount: 'DEPOSITS_HELD', serviceCode, depositId: deposit.id, amountCents: -depositCents },
    ],
  });
}

async function bringForward(tx: Tx, account: number, { openingCents = {}, home }: Occupancy): Promise<void> {
  const place = HOMES[home];
  const lines = Object.entries(openingCents).flatMap(([serviceCode, amountCents]): PostingLine[] => [
    { ledgerAccount: 'RECEIVABLE', serviceCode, amountCents },
    { ledgerAccount: 'OPENING_BALANCE', serviceCode, amountCents: -amountCents },
  ]);
  await post(tx, {
    ...{ entryKey: `opening/${account}`, kind: 'OPENING_BALANCE', accountId: account, caseId: null, lines },
    entryOn: place && lastReadOn(place, tx.today),
  });
}
