import { lastBilledDay, refuseRegularBill } from '../../domain/billing/refuse-regular-bill';
import { addDays, minDate, type CivilDate } from '../../domain/dates';
import { HOLDING } from '../../domain/states';
import { canonicalJson } from '../canonical';
import { ensure, rejectIf } from '../errors';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { Bill, BilledService } from '../models/money';
import type { Tx } from '../transaction';
import { occurrenceKey, openCaseOf } from './cases';
import { cosignerIdOf } from './cosigners';
import { post } from './journal';
import { nextNumber } from './numbers';
import { meterOn } from './places';

/** A periodic bill that the city's billing made; the lines are a service each, in cents. */
export interface NewRegularBill {
  billedThrough: CivilDate;
  dueOn: CivilDate;
  lines: { serviceCode: string; amountCents: number; taxCents: number }[];
}

/**
 * Issues a periodic bill and moves what its services are billed through, so that a final bill goes on from there.
 * Refused: BILL_READ_MISSING and the reasons of domain/billing refuseRegularBill.
 */
export async function postRegularBill(tx: Tx, account: Account, given: NewRegularBill): Promise<Bill> {
  const { handoverDayTo } = tx.settings;
  const services = await tx.db.ServiceAgreement.findAll({
    where: { accountId: account.id, status: [...HOLDING, 'STOPPED'] },
    order: [['id', 'ASC']],
    lock: true,
  });
  const about = { accountStatus: account.status, today: tx.today, handoverDayTo, services, bill: given };
  rejectIf(refuseRegularBill({ ...about, draftedIn: await caseOfDraft(tx, account.id) }));
  const [first, ...rest] = services.filter((each) => given.lines.some((line) => line.serviceCode === each.serviceCode));
  ensure(first, 'SERVICE_UNKNOWN', 'The bill has no service of the account');
  const billed = [first, ...rest];
  const [firstDay = given.billedThrough, ...otherDays] = billed.map((each) =>
    addDays(lastBilledDay(each, handoverDayTo), 1),
  );
  const moved = [];
  for (const agreement of billed) moved.push(await moveBilled(tx, agreement, given.billedThrough));
  const bill = await tx.db.Bill.create({
    billNumber: await nextNumber(tx, 'bill'),
    ...{ accountId: account.id, kind: 'REGULAR', status: 'POSTED', billRevisionId: null },
    ...{ periodFrom: minDate(firstDay, ...otherDays), periodThrough: given.billedThrough },
    totalCents: given.lines.reduce((sum, line) => sum + line.amountCents + line.taxCents, 0),
    ...{ postedOn: tx.today, dueOn: given.dueOn, cosignerId: await cosignerIdOf(tx, account.id) },
  });
  await tx.db.BilledService.bulkCreate(moved.map((each) => ({ ...each, billId: bill.id })));
  await tx.db.BillLine.bulkCreate(await linesOf(tx, bill.id, billed, given));
  await post(tx, {
    ...{ entryKey: `bill/${bill.billNumber}`, kind: 'REGULAR_BILL', accountId: account.id, caseId: null },
    lines: given.lines.flatMap(({ serviceCode, amountCents, taxCents }) => [
      { ledgerAccount: 'RECEIVABLE' as const, serviceCode, amountCents: amountCents + taxCents },
      { ledgerAccount: 'REVENUE' as const, serviceCode, amountCents: 0 - amountCents },
      { ledgerAccount: 'TAX_PAYABLE' as const, serviceCode, amountCents: 0 - taxCents },
    ]),
  });
  return bill;
}

/** The open move-out of the account whose final bill is drafted, or null. */
async function caseOfDraft(tx: Tx, accountId: number): Promise<string | null> {
  const moveOut = await openCaseOf(tx, occurrenceKey.moveOut(accountId));
  if (!moveOut) return null;
  const { caseId } = moveOut;
  const drafts = await tx.db.BillRevision.count({ where: { caseId, status: ['DRAFT', 'SENT_BACK'] } });
  return drafts > 0 ? caseId : null;
}

/**
 * The next bill of a metered service begins with the read of this one's last day: it must be there. Returns what the
 * service was billed through before.
 */
async function moveBilled(
  tx: Tx,
  agreement: ServiceAgreement,
  through: CivilDate,
): Promise<Pick<BilledService, 'serviceAgreementId' | 'beforeThrough' | 'beforeReadId' | 'readId'>> {
  const meter = await meterOn(tx, agreement.servicePointId, through);
  const read =
    meter &&
    (await tx.db.MeterRead.findOne({
      where: { meterId: meter.id, readOn: through, supersededById: null },
      order: [['id', 'DESC']],
    }));
  const message = `There is no read of ${meter?.serial} on ${through}`;
  ensure(!meter || read, 'BILL_READ_MISSING', message, { pointer: '#/billedThrough' });
  const { id: serviceAgreementId, lastBilledThrough: beforeThrough, lastBilledReadId: beforeReadId } = agreement;
  const readId = read?.id ?? null;
  await agreement.update({ lastBilledThrough: through, lastBilledReadId: readId });
  return { serviceAgreementId, beforeThrough, beforeReadId, readId };
}

async function linesOf(tx: Tx, billId: number, billed: ServiceAgreement[], { lines }: NewRegularBill) {
  const services = await tx.db.Service.findAll({ where: { code: lines.map(({ serviceCode }) => serviceCode) } });
  const nameOf = new Map(services.map(({ code, name }) => [code, name]));
  const rows = lines.flatMap(({ serviceCode, amountCents, taxCents }) => {
    const name = nameOf.get(serviceCode) ?? serviceCode;
    const tax = { serviceCode, kind: 'TAX', code: 'TAX', name: `Tax on ${name}`, amountCents: taxCents };
    return [{ serviceCode, kind: 'SERVICE', code: 'SERVICE', name, amountCents }, ...(taxCents === 0 ? [] : [tax])];
  });
  return rows.map((row, i) => ({
    ...{ ...row, billId, lineNo: i + 1, quantity: null, unit: null, steps: canonicalJson([]) },
    serviceAgreementId: billed.find((each) => each.serviceCode === row.serviceCode)?.id ?? null,
  }));
}
