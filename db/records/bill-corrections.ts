import { priceFinalBill, refuseFinalBill, type FinalBillFacts } from '../../domain/billing/price-final-bill';
import { postingDifference } from '../../domain/corrections/bill-postings';
import { refuseCorrection } from '../../domain/corrections/refuse-correction';
import { canonicalJson } from '../canonical';
import { ensure, RefusedError, rejectIf } from '../errors';
import type { Bill, BillRevision } from '../models/money';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { beforePosting, freezeBillFacts } from './bill-facts';
import { issueBill, settleDeposits, storeRevision } from './bills';
import { post } from './journal';
import { penaltyOf, undoPenalty } from './penalties';
import { contentOf, type RevisionContent } from './revision-content';
import { knownBetter, writeBetter, type KnownBetter, type SaidBetter } from './known-better';

/** A final bill that is to be corrected, with what it was made of. */
export interface BillToCorrect {
  bill: Bill;
  facts: FinalBillFacts;
  content: RevisionContent;
}

/** The final bill of an account that somebody asks to correct, locked. Refused: NOT_FOUND and as refuseCorrection. */
export async function lockBillToCorrect(tx: Tx, account: Account, billNumber: string): Promise<BillToCorrect> {
  const bill = await tx.db.Bill.findOne({ where: { billNumber, accountId: account.id }, lock: true });
  ensure(bill, 'NOT_FOUND', 'There is no such bill');
  rejectIf(refuseCorrection(bill));
  const revision = await tx.db.BillRevision.findByPk(bill.billRevisionId ?? 0, { rejectOnEmpty: true });
  return { bill, facts: JSON.parse(revision.facts) as FinalBillFacts, content: contentOf(revision) };
}

/**
 * What a bill would come to, worked out from what is known better now; nothing is written. Null: as it was. Refused: as
 * knownBetter and refuseFinalBill.
 */
export async function differenceOf(
  tx: Tx,
  account: Account,
  { bill, facts, content }: BillToCorrect,
  said: SaidBetter,
): Promise<number | null> {
  const better = await knownBetter(tx, account, facts, said);
  refuseUnpriceable(better.facts);
  const corrected = priceFinalBill(better.facts);
  const isSame = canonicalJson(corrected) === canonicalJson(content.bill);
  return isSame ? null : corrected.totalCents - bill.totalCents;
}

/**
 * Works the bill out from what is known better now and stores it as the draft that is to take its place; nothing else is
 * written. Refused: as knownBetter and refuseFinalBill, and NOTHING_TO_CORRECT when it comes out as it was.
 */
export async function draftCorrection(
  tx: Tx,
  account: Account,
  { bill, facts, content }: BillToCorrect,
  said: SaidBetter,
  { caseId, draftedBy }: { caseId: string; draftedBy: number },
): Promise<{ revision: BillRevision; better: KnownBetter }> {
  const better = await knownBetter(tx, account, facts, said);
  refuseUnpriceable(better.facts);
  const corrected = priceFinalBill(better.facts);
  const isSame = canonicalJson(corrected) === canonicalJson(content.bill);
  ensure(!isSame, 'NOTHING_TO_CORRECT', 'Worked out again, the bill is what it was');
  const { billNumber, totalCents } = bill;
  const revision = await storeRevision(tx, {
    ...{ caseId, account, draftedBy, facts: better.facts, bill: corrected },
    replaced: { billNumber, totalCents, bill: content.bill, penaltyCents: await penaltyOf(tx, bill) },
  });
  return { revision, better };
}

/**
 * Cancels a final bill and posts the approved one in its place: the journal keeps what was posted and gets the difference
 * alone (domain.md rule 20); credits, debts and deposits are then set against each other again (rule 15 b to d). Refused:
 * CORRECTION_STALE when what it was worked out from has changed meanwhile, and as knownBetter.
 */
export async function postCorrection(
  tx: Tx,
  account: Account,
  { bill: old, facts, content }: BillToCorrect,
  said: SaidBetter,
  given: { revision: BillRevision; reason: string; requestedBy: number; decisionId: string },
): Promise<{ bill: Bill; differenceCents: number }> {
  const { revision, reason, requestedBy, decisionId } = given;
  const approved = contentOf(revision);
  const better = await knownBetter(tx, account, facts, said);
  const isAsApproved = canonicalJson(priceFinalBill(better.facts)) === canonicalJson(approved.bill);
  const stale = 'Something that the bill was worked out from has changed: reject it and ask anew';
  ensure(isAsApproved && approved.replaces?.billNumber === old.billNumber, 'CORRECTION_STALE', stale);
  await writeBetter(tx, better, revision.caseId);
  await old.update({ status: 'CANCELED' });
  const posting = await beforePosting(tx, account.id);
  // What is owed keeps its debtors.
  const bill = await issueBill(tx, revision, decisionId, old.cosignerId);
  const differenceCents = bill.totalCents - old.totalCents;
  await tx.db.BillCorrection.create({
    ...{ canceledBillId: old.id, replacementBillId: bill.id, caseId: revision.caseId, reason, differenceCents },
    ...{ requestedBy, approvedBy: tx.actorId, decisionId, correctedOn: tx.today },
  });
  await post(tx, {
    ...{ entryKey: `bill/${bill.billNumber}`, kind: 'BILL_CORRECTION' },
    ...{ accountId: account.id, caseId: revision.caseId, lines: postingDifference(content.bill, approved.bill) },
  });
  await undoPenalty(tx, account, old, revision.caseId);
  await settleDeposits(tx, account, bill, revision.caseId);
  await freezeBillFacts(tx, account, bill, posting);
  const { billNumber, periodThrough, totalCents } = bill;
  const data = { billNumber, periodThrough, totalCents, replaces: old.billNumber };
  tx.change({ kind: 'FINAL_BILLED', accountId: account.id, onDate: tx.today, data });
  const about = { canceled: old.billNumber, replacement: billNumber, differenceCents };
  tx.audit({
    ...{ action: 'bill.corrected', entity: 'bill', entityId: billNumber, caseId: revision.caseId },
    data: about,
  });
  return { bill, differenceCents };
}

/** Takes back a draft that was not approved. */
export async function dropCorrectionDraft(tx: Tx, caseId: string): Promise<void> {
  await tx.db.BillRevision.update({ status: 'CANCELED' }, { where: { caseId, status: 'DRAFT' } });
}

/** The pointers of refuseFinalBill are into the facts, which whoever asks does not see. */
function refuseUnpriceable(facts: FinalBillFacts): void {
  const refusal = refuseFinalBill(facts);
  if (refusal) throw new RefusedError({ code: refusal.code, message: refusal.message });
}
