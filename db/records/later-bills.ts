import { Op } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import type { Bill } from '../models/money';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { Tx } from '../transaction';
import { post } from './journal';

/** A periodic bill with days on or after a stop. */
export type LaterBill = Pick<Bill, 'billNumber' | 'periodFrom' | 'periodThrough' | 'totalCents'>;

function laterRows(tx: Tx, accountId: number, stopOn: CivilDate, { lock }: { lock: boolean }): Promise<Bill[]> {
  return tx.db.Bill.findAll({
    where: { accountId, kind: 'REGULAR', status: 'POSTED', periodThrough: { [Op.gte]: stopOn } },
    order: [
      ['periodThrough', 'DESC'],
      ['id', 'DESC'],
    ],
    lock,
  });
}

/** The periodic bills in force of an account that bill the stop date or a later day, newest first. */
export async function laterBills(tx: Tx, accountId: number, stopOn: CivilDate): Promise<LaterBill[]> {
  const bills = await laterRows(tx, accountId, stopOn, { lock: false });
  return bills.map(({ billNumber, periodFrom, periodThrough, totalCents }) => ({
    ...{ billNumber, periodFrom, periodThrough, totalCents },
  }));
}

/**
 * Through which day these services are billed once the later bills are reversed; one of an earlier version, or from
 * another system, does not say what it billed from and stays.
 */
export async function billedWithoutLater(
  tx: Tx,
  accountId: number,
  stopOn: CivilDate,
  agreements: ServiceAgreement[],
): Promise<{ lastBilledThrough: CivilDate | null }[]> {
  const bills = await laterRows(tx, accountId, stopOn, { lock: false });
  const through = new Map(agreements.map(({ id, lastBilledThrough }) => [id, lastBilledThrough]));
  for (const { id: billId } of bills)
    for (const { serviceAgreementId, beforeThrough } of await tx.db.BilledService.findAll({ where: { billId } }))
      if (through.has(serviceAgreementId)) through.set(serviceAgreementId, beforeThrough);
  return [...through.values()].map((lastBilledThrough) => ({ lastBilledThrough }));
}

/**
 * Reverses the periodic bills that bill the stop date or a later day, newest first: each by an entry of its own, and its
 * services are billed through the day before it. Their days before the stop come onto the final bill. Returns their
 * numbers.
 */
export async function reverseLaterBills(
  tx: Tx,
  account: Account,
  stopOn: CivilDate,
  caseId: string,
): Promise<string[]> {
  const bills = await laterRows(tx, account.id, stopOn, { lock: true });
  for (const bill of bills) {
    for (const { serviceAgreementId, beforeThrough, beforeReadId } of await servicesOf(tx, bill))
      await tx.db.ServiceAgreement.update(
        { lastBilledThrough: beforeThrough, lastBilledReadId: beforeReadId },
        { where: { id: serviceAgreementId } },
      );
    await bill.update({ status: 'CANCELED' });
    const n = await tx.db.BillReversal.count({ where: { billId: bill.id } });
    await tx.db.BillReversal.create({
      ...{ billId: bill.id, caseId, reversedBy: tx.actorId, reversedOn: tx.today, restoredOn: null },
    });
    // It takes back the bill's own entry, or the one that put the bill in force again.
    const of = n === 0 ? `bill/${bill.billNumber}` : `bill-restored/${bill.billNumber}/${n}`;
    await postOf(tx, bill, { entryKey: `${of}/reversed`, kind: 'BILL_REVERSED', caseId, sign: -1 });
    tellBill(tx, bill, { reversed: true });
  }
  return bills.map(({ billNumber }) => billNumber);
}

/**
 * Puts the bills that a move-out has reversed in force again, oldest first: nobody moves out. Days that another bill has
 * billed meanwhile stay on that one.
 */
export async function restoreBills(tx: Tx, caseId: string): Promise<void> {
  const reversals = await tx.db.BillReversal.findAll({ where: { caseId, restoredOn: null }, lock: true });
  const bills = await tx.db.Bill.findAll({
    where: { id: reversals.map(({ billId }) => billId) },
    order: ['periodThrough', 'id'],
    lock: true,
  });
  for (const bill of bills) {
    const services = await servicesOf(tx, bill);
    const agreements = await tx.db.ServiceAgreement.findAll({
      where: { id: services.map(({ serviceAgreementId }) => serviceAgreementId) },
      order: ['id'],
      lock: true,
    });
    const beforeOf = new Map(services.map((each) => [each.serviceAgreementId, each.beforeThrough]));
    if (!agreements.every(({ id, lastBilledThrough }) => lastBilledThrough === beforeOf.get(id))) continue;
    for (const agreement of agreements) {
      const { readId } = services.find(({ serviceAgreementId }) => serviceAgreementId === agreement.id)!;
      await agreement.update({ lastBilledThrough: bill.periodThrough, lastBilledReadId: readId });
    }
    await bill.update({ status: 'POSTED' });
    const n = await tx.db.BillReversal.count({ where: { billId: bill.id } });
    await tx.db.BillReversal.update({ restoredOn: tx.today }, { where: { billId: bill.id, caseId } });
    const entryKey = `bill-restored/${bill.billNumber}/${n}`;
    await postOf(tx, bill, { entryKey, kind: 'BILL_RESTORED', caseId, sign: 1 });
    tellBill(tx, bill, { reversed: false });
  }
}

/** Whether a move-out has reversed bills that stay so: what took their place is looked at by a person. */
export const hasReversedBills = async (tx: Tx, caseId: string): Promise<boolean> =>
  (await tx.db.BillReversal.count({ where: { caseId, restoredOn: null } })) > 0;

const servicesOf = (tx: Tx, { id: billId }: Bill) => tx.db.BilledService.findAll({ where: { billId } });

/** The postings of the bill's own entry, once more or with the sign turned. */
async function postOf(
  tx: Tx,
  { billNumber, accountId }: Bill,
  given: { entryKey: string; kind: 'BILL_REVERSED' | 'BILL_RESTORED'; caseId: string; sign: 1 | -1 },
): Promise<void> {
  const { entryKey, kind, caseId, sign } = given;
  const entry = await tx.db.JournalEntry.findOne({ where: { entryKey: `bill/${billNumber}` } });
  // A bill of nothing was posted by no entry.
  const postings = entry ? await tx.db.Posting.findAll({ where: { entryId: entry.id }, order: ['id'] }) : [];
  const lines = postings.map(({ ledgerAccount, serviceCode, amountCents }) => ({
    ...{ ledgerAccount, serviceCode, amountCents: sign * Number(amountCents) },
  }));
  await post(tx, { entryKey, kind, caseId, accountId, lines });
}

function tellBill(tx: Tx, bill: Bill, { reversed }: { reversed: boolean }): void {
  const { billNumber, periodFrom, periodThrough, totalCents, accountId } = bill;
  const data = { billNumber, periodFrom, periodThrough, totalCents, ...(!reversed && { undone: true }) };
  tx.change({ kind: 'BILL_REVERSED', accountId, onDate: tx.today, data });
  const about = { entity: 'bill', entityId: billNumber };
  tx.audit({ action: reversed ? 'bill.reversed' : 'bill.restored', ...about, data: { totalCents } });
}
