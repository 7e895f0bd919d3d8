import {
  priceFinalBill,
  refuseFinalBill,
  type FinalBillFacts,
  type FinalBillFee,
  type PricedBill,
} from '../../domain/billing/price-final-bill';
import { billedThrough } from '../../domain/billing/price/proration';
import { billPostings } from '../../domain/corrections/bill-postings';
import { addDays } from '../../domain/dates';
import type { Settlement } from '../../domain/deposits/settle';
import { canonicalJson, sha256 } from '../canonical';
import { rejectIf } from '../errors';
import type { Account } from '../models/occupancy';
import type { Bill, BillRevision } from '../models/money';
import type { Tx } from '../transaction';
import { finalBillFacts } from './billing-facts';
import { cosignerIdOf } from './cosigners';
import { balanceOf, post } from './journal';
import { beforePosting, freezeBillFacts } from './bill-facts';
import { nextNumber } from './numbers';
import { contentOf, type ReplacedBill, type RevisionContent } from './revision-content';
import { settlementEntries, settlementOf } from './settlement-sums';

const sum = (cents: number[]) => cents.reduce((total, each) => total + each, 0);

/** A priced bill; `replaced` is in force: what it charged, and its penalty, goes. */
interface PricedAnew {
  bill: PricedBill;
  replaced: (ReplacedBill & { bill: PricedBill; penaltyCents: number }) | null;
}

/** A final bill as the account stands, with how its deposits then settle; nothing is written. */
export interface WorkedOut {
  content: RevisionContent;
  settlement: Settlement;
}

/** Works out a final bill from its facts. Refused: the reasons of domain/billing refuseFinalBill. */
export async function workOutFinalBill(tx: Tx, account: Account, facts: FinalBillFacts): Promise<WorkedOut> {
  rejectIf(refuseFinalBill(facts));
  return settled(tx, account, facts, { bill: priceFinalBill(facts), replaced: null });
}

async function settled(
  tx: Tx,
  account: Account,
  { stopOn: interestStop }: FinalBillFacts,
  { bill, replaced }: PricedAnew,
): Promise<WorkedOut> {
  const gone = replaced ? [...chargesOf(replaced.bill), { serviceCode: null, cents: replaced.penaltyCents }] : [];
  const taken = gone.map((charge) => ({ ...charge, cents: 0 - charge.cents }));
  const settlement = await settlementOf(tx, account, { charges: [...chargesOf(bill), ...taken], interestStop });
  const balanceBeforeCents = await balanceOf(tx, account.id);
  const depositAppliedCents = sum(settlement.applied.map(({ cents }) => cents));
  const heldAfterCents = sum(settlement.remaining.map(({ cents }) => cents));
  const newCents = bill.totalCents - (replaced ? replaced.totalCents + replaced.penaltyCents : 0);
  const preview = {
    balanceBeforeCents,
    interestCents: sum(settlement.interest.map(({ cents }) => cents)),
    depositAppliedCents,
    netCents: balanceBeforeCents + newCents - depositAppliedCents - heldAfterCents,
  };
  const replaces = replaced && { billNumber: replaced.billNumber, totalCents: replaced.totalCents };
  return { content: { bill, ...(replaces && { replaces }), preview }, settlement };
}

/**
 * Works the final bill out anew and stores it as the next revision, a DRAFT; `draftedBy` is whose act made it. `fees` are
 * amounts that were added to it by hand.
 */
export async function addRevision(
  tx: Tx,
  caseId: string,
  account: Account,
  { draftedBy, fees }: { draftedBy: number; fees: FinalBillFee[] },
): Promise<BillRevision> {
  const facts = { ...(await finalBillFacts(tx, account)), fees };
  rejectIf(refuseFinalBill(facts));
  return storeRevision(tx, { caseId, account, draftedBy, facts, bill: priceFinalBill(facts), replaced: null });
}

/** A draft of a bill with the facts that it was worked out from. */
export interface NewRevision extends PricedAnew {
  caseId: string;
  account: Account;
  draftedBy: number;
  facts: FinalBillFacts;
}

/** Stores a bill as the next revision of its case, a DRAFT under a hash of what its approver sees. */
export async function storeRevision(tx: Tx, given: NewRevision): Promise<BillRevision> {
  const { caseId, account, draftedBy, facts, bill } = given;
  const { content } = await settled(tx, account, facts, given);
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

/**
 * Whether a draft was worked out from the reads that are on record now. Another bill's correction may have moved the read
 * that this one begins with: what it leaves out or has twice nobody would pay, or somebody twice (domain.md rule 4).
 */
export async function hasItsReads(tx: Tx, account: Account, { facts }: BillRevision): Promise<boolean> {
  const readsOf = ({ services }: FinalBillFacts) =>
    canonicalJson(services.map(({ agreementId, segments }) => ({ agreementId, segments })));
  return readsOf(JSON.parse(facts) as FinalBillFacts) === readsOf(await finalBillFacts(tx, account));
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
  const { bill: priced } = contentOf(revision);
  const posting = await beforePosting(tx, account.id);
  const bill = await issueBill(tx, revision, decisionId, await cosignerIdOf(tx, account.id));
  const entry = { accountId: account.id, caseId: revision.caseId };
  await post(tx, { ...entry, entryKey: `bill/${bill.billNumber}`, kind: 'FINAL_BILL', lines: billPostings(priced) });
  const settled = await settleDeposits(tx, account, bill, revision.caseId);
  await freezeBillFacts(tx, account, bill, posting);
  await tx.db.Deposit.update(
    { stoppedOn: account.stopOn, lastInterestOn: account.stopOn },
    { where: { accountId: account.id } },
  );
  await markBilled(tx, account);
  await account.update({ status: 'FINAL_BILLED', finalBillOn: tx.today });
  const { billNumber, periodThrough, totalCents } = bill;
  const data = { billNumber, periodThrough, totalCents };
  tx.change({ kind: 'FINAL_BILLED', accountId: account.id, onDate: tx.today, data });
  return { bill, ...settled };
}

/** Makes an approved revision a bill in force with its lines; what it moves is for the caller to post. */
export async function issueBill(
  tx: Tx,
  revision: BillRevision,
  decisionId: string,
  cosignerId: number | null,
): Promise<Bill> {
  const { bill: priced } = contentOf(revision);
  await revision.update({ status: 'APPROVED', decisionId });
  const bill = await tx.db.Bill.create({
    billNumber: await nextNumber(tx, 'bill'),
    accountId: revision.accountId,
    kind: 'FINAL',
    status: 'POSTED',
    billRevisionId: revision.id,
    periodFrom: priced.from,
    periodThrough: priced.through,
    totalCents: priced.totalCents,
    cosignerId,
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
  return bill;
}

/** Sets credits against debts, adds the interest of the deposits and applies them (domain.md rule 15 b to d), each its own entry. */
export async function settleDeposits(
  tx: Tx,
  account: Account,
  { billNumber }: Pick<Bill, 'billNumber'>,
  caseId: string,
): Promise<Omit<PostedBill, 'bill'>> {
  const entry = { accountId: account.id, caseId };
  const settlement = await settlementOf(tx, account);
  const lines = await settlementEntries(tx, settlement);
  await post(tx, { ...entry, entryKey: `offset/${billNumber}`, kind: 'CREDIT_OFFSET', lines: lines.offsets });
  await post(tx, { ...entry, entryKey: `interest/${billNumber}`, kind: 'DEPOSIT_INTEREST', lines: lines.interest });
  await post(tx, { ...entry, entryKey: `deposit/${billNumber}`, kind: 'DEPOSIT_APPLIED', lines: lines.applied });
  return {
    interestCents: sum(settlement.interest.map(({ cents }) => cents)),
    depositAppliedCents: sum(settlement.applied.map(({ cents }) => cents)),
  };
}

async function markBilled(tx: Tx, account: Account): Promise<void> {
  const stopped = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: 'STOPPED' } });
  for (const agreement of stopped) {
    if (!agreement.endOn) continue;
    const lastBilledThrough = billedThrough(agreement.endOn, tx.settings.handoverDayTo);
    await agreement.update({ lastBilledThrough, lastBilledReadId: agreement.stopReadId });
  }
}
