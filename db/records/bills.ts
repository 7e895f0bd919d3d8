import { priceFinalBill, refuseFinalBill, type PricedBill } from '../../domain/billing/price-final-bill';
import { billedThrough } from '../../domain/billing/proration';
import { addDays } from '../../domain/dates';
import type { PostingLine } from '../../domain/ledger';
import { canonicalJson, sha256 } from '../canonical';
import { ensure, rejectIf } from '../errors';
import type { Account } from '../models/occupancy';
import type { Bill, BillRevision } from '../models/money';
import type { Tx } from '../transaction';
import { finalBillFacts } from './billing-facts';
import { balanceOf, post } from './journal';
import { nextNumber } from './numbers';
import { settlementEntries, settlementOf } from './settlement-sums';

const sum = (cents: number[]) => cents.reduce((total, each) => total + each, 0);

/** What an approver sees: the bill, and what will then be left to pay or to refund. */
export interface RevisionContent {
  bill: PricedBill;
  preview: { balanceBeforeCents: number; interestCents: number; depositAppliedCents: number; netCents: number };
}

/** Works out the final bill anew and stores it as the next revision, a DRAFT; `draftedBy` is whose act made it. */
export async function addRevision(tx: Tx, caseId: string, account: Account, draftedBy: number): Promise<BillRevision> {
  const facts = await finalBillFacts(tx, account);
  rejectIf(refuseFinalBill(facts));
  const bill = priceFinalBill(facts);
  const settlement = await settlementOf(tx, account, chargesOf(bill));
  const balanceBeforeCents = await balanceOf(tx, account.id);
  const depositAppliedCents = sum(settlement.applied.map(({ cents }) => cents));
  const heldAfterCents = sum(settlement.remaining.map(({ cents }) => cents));
  const content: RevisionContent = {
    bill,
    preview: {
      balanceBeforeCents,
      interestCents: sum(settlement.interest.map(({ cents }) => cents)),
      depositAppliedCents,
      netCents: balanceBeforeCents + bill.totalCents - depositAppliedCents - heldAfterCents,
    },
  };
  const text = canonicalJson(content);
  const previous = await tx.db.BillRevision.count({ where: { caseId } });
  const row = await tx.db.BillRevision.create({
    caseId,
    accountId: account.id,
    revision: previous + 1,
    status: 'DRAFT',
    periodFrom: bill.from,
    periodThrough: bill.through,
    totalCents: bill.totalCents,
    estimated: bill.estimated,
    facts: canonicalJson(facts),
    content: text,
    contentHash: sha256(text),
    draftedBy,
    draftedAt: tx.now,
  });
  tx.audit({
    actorId: draftedBy,
    action: 'bill.drafted',
    entity: 'bill_revision',
    entityId: row.id,
    caseId,
    data: { revision: row.revision, totalCents: row.totalCents, contentHash: row.contentHash },
  });
  return row;
}

/** What a bill adds to each service's balance, in cents. */
function chargesOf(bill: PricedBill): { serviceCode: string | null; cents: number }[] {
  const services = bill.services.map((s) => ({ serviceCode: s.serviceType, cents: s.chargesCents + s.taxCents }));
  const fees = bill.lines.filter(({ kind }) => kind === 'FEE');
  return [...services, ...fees.map((line) => ({ serviceCode: line.serviceType, cents: line.amountCents }))];
}

/** The money of a posted final bill, in cents. */
export interface PostedBill {
  bill: Bill;
  interestCents: number;
  depositAppliedCents: number;
}

/** Issues an approved revision: bill, journal, deposits with interest, in the order of domain.md rule 15 a to d. */
export async function postFinalBill(
  tx: Tx,
  account: Account,
  revision: BillRevision,
  decisionId: string,
): Promise<PostedBill> {
  const { bill: priced } = JSON.parse(revision.content) as RevisionContent;
  ensure(
    sha256(revision.content) === revision.contentHash,
    'REVISION_CHANGED',
    'The draft is not the one that was hashed',
  );
  await revision.update({ status: 'APPROVED', decisionId });
  const bill = await tx.db.Bill.create({
    billNumber: await nextNumber(tx, 'bill'),
    accountId: account.id,
    kind: 'FINAL',
    status: 'POSTED',
    billRevisionId: revision.id,
    periodFrom: priced.from,
    periodThrough: priced.through,
    totalCents: priced.totalCents,
    postedOn: tx.today,
    dueOn: addDays(tx.today, tx.settings.finalBillDueDays),
  });
  await tx.db.BillLine.bulkCreate(
    priced.lines.map(({ agreementId, serviceType, steps, lineNo, kind, code, name, quantity, unit, amountCents }) => ({
      ...{ billId: bill.id, lineNo, kind, code, name, quantity, unit, amountCents },
      serviceAgreementId: agreementId,
      serviceCode: serviceType,
      steps: canonicalJson(steps),
    })),
  );
  const entry = { accountId: account.id, caseId: revision.caseId };
  await post(tx, { ...entry, entryKey: `bill/${bill.billNumber}`, kind: 'FINAL_BILL', lines: billPostings(priced) });
  const settlement = await settlementOf(tx, account);
  const lines = await settlementEntries(tx, settlement);
  await post(tx, { ...entry, entryKey: `offset/${bill.billNumber}`, kind: 'CREDIT_OFFSET', lines: lines.offsets });
  await post(tx, {
    ...entry,
    entryKey: `interest/${bill.billNumber}`,
    kind: 'DEPOSIT_INTEREST',
    lines: lines.interest,
  });
  await post(tx, { ...entry, entryKey: `deposit/${bill.billNumber}`, kind: 'DEPOSIT_APPLIED', lines: lines.applied });
  await tx.db.Deposit.update(
    { stoppedOn: account.stopOn, lastInterestOn: account.stopOn },
    { where: { accountId: account.id } },
  );
  await markBilled(tx, account);
  await account.update({ status: 'FINAL_BILLED', finalBillOn: tx.today });
  const { billNumber, periodThrough, totalCents } = bill;
  const data = { billNumber, periodThrough, totalCents };
  tx.change({ kind: 'FINAL_BILLED', accountId: account.id, onDate: tx.today, data });
  return {
    bill,
    interestCents: sum(settlement.interest.map(({ cents }) => cents)),
    depositAppliedCents: sum(settlement.applied.map(({ cents }) => cents)),
  };
}

function billPostings(bill: PricedBill): PostingLine[] {
  const services = bill.services.flatMap(({ serviceType, chargesCents, taxCents }) => [
    { ledgerAccount: 'RECEIVABLE' as const, serviceCode: serviceType, amountCents: chargesCents + taxCents },
    { ledgerAccount: 'REVENUE' as const, serviceCode: serviceType, amountCents: -chargesCents },
    { ledgerAccount: 'TAX_PAYABLE' as const, serviceCode: serviceType, amountCents: -taxCents },
  ]);
  const fees = bill.lines.filter(({ kind }) => kind === 'FEE');
  return [
    ...services,
    ...fees.flatMap(({ serviceType: serviceCode, amountCents }) => [
      { ledgerAccount: 'RECEIVABLE' as const, serviceCode, amountCents },
      { ledgerAccount: 'REVENUE' as const, serviceCode, amountCents: -amountCents },
    ]),
  ];
}

async function markBilled(tx: Tx, account: Account): Promise<void> {
  const stopped = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: 'STOPPED' } });
  for (const agreement of stopped) {
    if (!agreement.endOn) continue;
    const lastBilledThrough = billedThrough(agreement.endOn, tx.settings.handoverDayTo);
    await agreement.update({ lastBilledThrough, lastBilledReadId: agreement.stopReadId });
  }
}
