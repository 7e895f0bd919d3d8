import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import type { LedgerAccount } from '../../domain/ledger';
import type { ApplyTo, PaymentMethod, RefundOutcome } from '../../domain/states';
import { cents, date, flag, id, instant, int, longText, optional, ref, text, withDefault } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** An advance payment held as security; what is left of it is the sum of its postings. */
export interface Deposit extends Row<Deposit> {
  id: CreationOptional<number>;
  accountId: number;
  serviceCode: string;
  amountCents: number;
  paidOn: CivilDate;
  lastInterestOn: CivilDate | null;
  stoppedOn: CivilDate | null;
  /** What it was received for and by which payment; null for one that was brought forward. */
  requestId: CreationOptional<number | null>;
  paymentId: CreationOptional<number | null>;
  /** Of one that was moved from another account: which one it was, and since when it is held. */
  transferredFromId: CreationOptional<number | null>;
  heldSince: CreationOptional<CivilDate | null>;
}

export interface JournalEntry extends Row<JournalEntry> {
  id: CreationOptional<number>;
  entryKey: string;
  kind: string;
  entryOn: CivilDate;
  accountId: number;
  caseId: string | null;
  createdAt: Date;
}

/** One side of a journal entry: debit positive, credit negative, in cents. */
export interface Posting extends Row<Posting> {
  id: CreationOptional<number>;
  entryId: number;
  ledgerAccount: LedgerAccount;
  accountId: number;
  serviceCode: string | null;
  depositId: number | null;
  amountCents: number;
}

/** One draft of a final bill; its facts and content are frozen JSON under a hash. */
export interface BillRevision extends Row<BillRevision> {
  id: CreationOptional<number>;
  caseId: string;
  accountId: number;
  revision: number;
  status: 'DRAFT' | 'SENT_BACK' | 'APPROVED' | 'CANCELED';
  periodFrom: CivilDate;
  periodThrough: CivilDate;
  totalCents: number;
  estimated: boolean;
  facts: string;
  content: string;
  contentHash: string;
  draftedBy: number;
  draftedAt: Date;
  decisionId: string | null;
}

/** An issued bill: it never changes but for its status, which a correction cancels (design.md decision 8). */
export interface Bill extends Row<Bill> {
  id: CreationOptional<number>;
  billNumber: string;
  accountId: number;
  kind: 'FINAL' | 'REGULAR';
  status: 'POSTED' | 'CANCELED';
  /** Null for a bill that the city's billing made. */
  billRevisionId: number | null;
  periodFrom: CivilDate;
  periodThrough: CivilDate;
  totalCents: number;
  /** Who shared the responsibility when it was posted (domain.md row S13). */
  cosignerId: CreationOptional<number | null>;
  postedOn: CivilDate;
  dueOn: CivilDate;
}

export interface BillLine extends Row<BillLine> {
  billId: number;
  lineNo: number;
  serviceAgreementId: number | null;
  serviceCode: string | null;
  kind: string;
  code: string;
  name: string;
  quantity: string | null;
  unit: string | null;
  amountCents: number;
  steps: string;
}

/** Which bill took the place of a final bill that was wrong, and who asked for that and approved it. */
export interface BillCorrection extends Row<BillCorrection> {
  canceledBillId: number;
  replacementBillId: number;
  caseId: string;
  reason: string;
  requestedBy: number;
  approvedBy: number;
  decisionId: string;
  /** What the new bill is above the old one. */
  differenceCents: number;
  correctedOn: CivilDate;
}

/** What a periodic bill billed a service from: through which day and with which read it was billed before. */
export interface BilledService extends Row<BilledService> {
  billId: number;
  serviceAgreementId: number;
  beforeThrough: CivilDate | null;
  beforeReadId: number | null;
  /** The read of its own last day. */
  readId: number | null;
}

/** A periodic bill that was reversed because somebody moved out before its end; restored when they did not. */
export interface BillReversal extends Row<BillReversal> {
  billId: number;
  caseId: string;
  reversedBy: number;
  reversedOn: CivilDate;
  restoredOn: CivilDate | null;
}

export interface Payment extends Row<Payment> {
  id: CreationOptional<number>;
  receiptNumber: string;
  accountId: number;
  caseId: string;
  amountCents: number;
  receivedOn: CivilDate;
  method: PaymentMethod;
  applyTo: CreationOptional<ApplyTo>;
  recordedBy: number;
  createdAt: Date;
  /** When the bank gave it back, by whom that was recorded and why. */
  reversedOn: CreationOptional<CivilDate | null>;
  reversedBy: CreationOptional<number | null>;
  reversalReason: CreationOptional<string | null>;
}

export interface Refund extends Row<Refund> {
  id: CreationOptional<number>;
  refundNumber: string;
  accountId: number;
  caseId: string;
  amountCents: number;
  status: 'REQUESTED' | 'ISSUED' | 'REJECTED' | 'CANCELED';
  requestedBy: number;
  decisionId: string | null;
  requestedOn: CivilDate;
  issuedOn: CivilDate | null;
  /** The first of two approvals, where the amount was above what one person approves. */
  firstDecisionId: CreationOptional<string | null>;
  /** Above what amount two people had to approve when the first did; null where no amount was set. */
  secondAboveCents: CreationOptional<number | null>;
  /** The file that it was paid out with. */
  refundFileId: CreationOptional<number | null>;
  /** By when it is to be paid out; null of those from before it was kept. */
  dueOn: CreationOptional<CivilDate | null>;
  /** What became of it after it was issued, and the file that it went to the state with. */
  outcome: CreationOptional<RefundOutcome | null>;
  outcomeOn: CreationOptional<CivilDate | null>;
  moneyFileId: CreationOptional<number | null>;
}

/** The tables of the money. */
export function defineMoney(s: Sequelize) {
  return {
    Deposit: s.define<Deposit>('deposit', {
      id: id(),
      accountId: ref(),
      serviceCode: text(16),
      amountCents: cents(),
      paidOn: date(),
      lastInterestOn: optional(date()),
      stoppedOn: optional(date()),
      requestId: optional(ref()),
      paymentId: optional(ref()),
      transferredFromId: optional(ref()),
      heldSince: optional(date()),
    }),
    JournalEntry: s.define<JournalEntry>('journal_entry', {
      id: id(),
      entryKey: text(160),
      kind: text(32),
      entryOn: date(),
      accountId: ref(),
      caseId: optional(text(48)),
      createdAt: instant(),
    }),
    Posting: s.define<Posting>('posting', {
      id: id(),
      entryId: ref(),
      ledgerAccount: text(24),
      accountId: ref(),
      serviceCode: optional(text(16)),
      depositId: optional(ref()),
      amountCents: cents(),
    }),
    BillRevision: s.define<BillRevision>('bill_revision', {
      id: id(),
      caseId: text(48),
      accountId: ref(),
      revision: int(),
      status: text(16),
      periodFrom: date(),
      periodThrough: date(),
      totalCents: cents(),
      estimated: flag(),
      facts: longText(),
      content: longText(),
      contentHash: text(64),
      draftedBy: ref(),
      draftedAt: instant(),
      decisionId: optional(text(40)),
    }),
    Bill: s.define<Bill>('bill', {
      id: id(),
      billNumber: text(20),
      accountId: ref(),
      kind: text(8),
      status: text(10),
      billRevisionId: optional(ref()),
      periodFrom: date(),
      periodThrough: date(),
      totalCents: cents(),
      cosignerId: optional(ref()),
      postedOn: date(),
      dueOn: date(),
    }),
    BillLine: s.define<BillLine>('bill_line', {
      billId: { ...ref(), primaryKey: true },
      lineNo: { ...int(), primaryKey: true },
      serviceAgreementId: optional(ref()),
      serviceCode: optional(text(16)),
      kind: text(8),
      code: text(32),
      name: text(120),
      quantity: optional(text(32)),
      unit: optional(text(16)),
      amountCents: cents(),
      steps: longText(),
    }),
    BillCorrection: s.define<BillCorrection>('bill_correction', {
      canceledBillId: { ...ref(), primaryKey: true },
      replacementBillId: ref(),
      caseId: text(48),
      reason: text(500),
      requestedBy: ref(),
      approvedBy: ref(),
      decisionId: text(40),
      differenceCents: cents(),
      correctedOn: date(),
    }),
    BilledService: s.define<BilledService>('billed_service', {
      billId: { ...ref(), primaryKey: true },
      serviceAgreementId: { ...ref(), primaryKey: true },
      beforeThrough: optional(date()),
      beforeReadId: optional(ref()),
      readId: optional(ref()),
    }),
    BillReversal: s.define<BillReversal>('bill_reversal', {
      billId: { ...ref(), primaryKey: true },
      caseId: { ...text(48), primaryKey: true },
      reversedBy: ref(),
      reversedOn: date(),
      restoredOn: optional(date()),
    }),
    Payment: s.define<Payment>('payment', {
      id: id(),
      receiptNumber: text(40),
      accountId: ref(),
      caseId: text(48),
      amountCents: cents(),
      receivedOn: date(),
      method: text(16),
      applyTo: withDefault(text(8), 'ACCOUNT'),
      recordedBy: ref(),
      createdAt: instant(),
      reversedOn: optional(date()),
      reversedBy: optional(ref()),
      reversalReason: optional(text(200)),
    }),
    Refund: s.define<Refund>('refund', {
      id: id(),
      refundNumber: text(20),
      accountId: ref(),
      caseId: text(48),
      amountCents: cents(),
      status: text(16),
      requestedBy: ref(),
      decisionId: optional(text(40)),
      requestedOn: date(),
      issuedOn: optional(date()),
      firstDecisionId: optional(text(40)),
      secondAboveCents: optional(cents()),
      refundFileId: optional(ref()),
      dueOn: optional(date()),
      outcome: optional(text(12)),
      outcomeOn: optional(date()),
      moneyFileId: optional(ref()),
    }),
  };
}
