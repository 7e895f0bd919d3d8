import type { Wake } from '../contract/activities';
import type { Case } from '../db/models/cases';
import type { Account, MoveOut } from '../db/models/occupancy';
import type { Location } from '../db/models/places';
import { NO_FORWARDING } from '../db/records/accounts';
import { addEvent, lockCase } from '../db/records/cases';
import { tellAddress } from '../db/records/changes';
import { openDeposits } from '../db/records/deposit-requests';
import { balanceOf, heldCentsOf } from '../db/records/journal';
import { lockAccounts } from '../db/records/lock-many';
import { transferMoney } from '../db/records/transfers';
import type { Tx } from '../db/transaction';
import type { CivilDate } from '../domain/dates';
import type { ApplyTo } from '../domain/states';
import { refuseTransfer, transferable, type TransferKind } from '../domain/transfers/refuse-transfer';
import type { Beside } from './beside';
import { openMoveOut } from './handover/open-move-out';
import { beginService } from './payments';

/**
 * Moves the same customer out of the place that they leave, in the transaction that sets them up at another one, where
 * their mail goes from then on. Refused as openMoveOut.
 */
export async function moveCustomer(
  tx: Tx,
  from: Account,
  to: { account: Account; location: Location; stopOn: CivilDate; theCase: Case },
): Promise<Beside> {
  const { account, location, stopOn, theCase } = to;
  const { caseId: startedByCase, startedBy } = theCase;
  const { beside } = await openMoveOut(tx, from, {
    ...{ stopOn, stopReason: 'CUSTOMER', newTenant: 'UNKNOWN', startedByCase, startedBy, transferToId: account.id },
  });
  const { line1, line2, city, state, postalCode } = location;
  await from.update({
    ...{ forwardLine1: line1, forwardLine2: line2, forwardCity: city, forwardState: state },
    forwardPostalCode: postalCode,
  });
  tellAddress(tx, from, stopOn);
  return beside;
}

/**
 * The set-up is not to be: whoever was to move may leave all the same, so the move-out goes on, and settles like any other;
 * but their mail does not go to where they do not live. A clerk who cancels the move-out has the customer stay.
 */
export async function moveAlone(tx: Tx, to: Account): Promise<void> {
  for (const moveOut of await tx.db.MoveOut.findAll({ where: { transferToId: to.id }, lock: true })) {
    await moveOut.update({ transferToId: null });
    await forgetAddress(tx, moveOut.accountId, to.locationId);
    const theCase = await lockCase(tx, moveOut.caseId);
    if (theCase) await addEvent(tx, theCase, { kind: 'NEW_PLACE_CANCELED' });
  }
}

/** An address that was given otherwise stays. */
async function forgetAddress(tx: Tx, accountId: number, locationId: number): Promise<void> {
  const from = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
  const { line1, city, postalCode } = await tx.db.Location.findByPk(locationId, { rejectOnEmpty: true });
  const isThere = from.forwardLine1 === line1 && from.forwardCity === city && from.forwardPostalCode === postalCode;
  if (!isThere) return;
  await from.update(NO_FORWARDING);
  tellAddress(tx, from, tx.today);
}

/**
 * What is left when the final bill of a customer who moves is posted goes to their new account (domain.md rule 15 f): a
 * credit to the deposits that are asked for there, then against what it owes; a debt up to the office's limit. What cannot
 * go is settled as always. Service that waited for the deposit begins.
 */
export async function transferOfMove(tx: Tx, theCase: Case, from: Account, { transferToId }: MoveOut): Promise<Wake[]> {
  const known = transferToId && (await tx.db.Account.findByPk(transferToId));
  if (!known) return [];
  const to = (await lockAccounts(tx, [from.accountNumber, known.accountNumber])).get(known.accountNumber)?.account;
  if (!to) return [];
  await from.reload();
  const asksDeposit = (await openDeposits(tx, to.id)).length > 0;
  const toDeposit = asksDeposit ? await move(tx, theCase, { from, to, kind: 'CREDIT', applyTo: 'DEPOSIT' }) : 0;
  await move(tx, theCase, { from, to, kind: 'CREDIT', applyTo: 'ACCOUNT' });
  await move(tx, theCase, { from, to, kind: 'DEBT', applyTo: 'ACCOUNT' });
  return toDeposit > 0 ? beginService(tx, to.id) : [];
}

async function move(
  tx: Tx,
  theCase: Case,
  { from, to, kind, applyTo }: { from: Account; to: Account; kind: TransferKind; applyTo: ApplyTo },
): Promise<number> {
  const money = { balanceCents: await balanceOf(tx, from.id), heldCents: await heldCentsOf(tx, from.id) };
  const asked = { kind, amountCents: null, from: { ...from.get(), ...money }, to: to.get() };
  const there = transferable(asked);
  if (refuseTransfer(asked) || (kind === 'DEBT' && there > tx.settings.moving.debtUpToCents)) return 0;
  const transferId = `${theCase.caseId}/${kind}/${applyTo}`;
  const amountCents = await transferMoney(tx, { transferId, kind, from, to, applyTo, isAll: true, amountCents: there });
  const { accountNumber } = from;
  const data = { accountNumber, toAccountNumber: to.accountNumber, kind, applyTo, amountCents };
  tx.audit({ action: 'money.transferred', entity: 'account', entityId: from.id, caseId: theCase.caseId, data });
  await addEvent(tx, theCase, { kind: 'MONEY_MOVED', data: { kind, applyTo, amountCents } });
  return amountCents;
}
