import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import { bytes, date, flag, id, instant, int, longText, optional, ref, text, withDefault } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** What a bill on paper says, frozen with the posting: canonical JSON under its hash. */
export interface BillFactsRow extends Row<BillFactsRow> {
  billId: number;
  facts: string;
  factsHash: string;
  frozenAt: Date;
}

/** A kind of document; its subject is the number of the bill or of the batch. */
export type DocumentKind = 'BILL_PDF' | 'BILL_HTML' | 'BATCH_PDF';

/** A document as it was made the first time: it is never made anew. */
export interface StoredDocument extends Row<StoredDocument> {
  id: CreationOptional<number>;
  kind: DocumentKind;
  subject: string;
  sha256: string;
  byteCount: number;
  bytes: Buffer;
  madeAt: Date;
}

/** Copies of notices that were printed together. */
export interface NoticeBatch extends Row<NoticeBatch> {
  id: CreationOptional<number>;
  madeOn: CivilDate;
  copyCount: number;
  createdBy: number;
  createdAt: Date;
}

/** A notice for one recipient over one channel, with the letter as it was addressed. */
export interface NoticeCopy extends Row<NoticeCopy> {
  id: CreationOptional<number>;
  noticeId: number;
  recipient: 'HOLDER' | 'COSIGNER' | 'LANDLORD';
  customerId: number;
  channel: 'EMAIL' | 'PRINT';
  email: string | null;
  letter: string;
  /** REFUSED: the mail server does not take it for this address, and it is printed. */
  status: 'QUEUED' | 'SENDING' | 'SENT' | 'REFUSED' | 'CANCELED';
  attempts: CreationOptional<number>;
  nextTryAt: Date;
  lastError: CreationOptional<string | null>;
  /** The same at each attempt, so that whoever gets it twice can tell. */
  messageId: string | null;
  sentAt: CreationOptional<Date | null>;
  batchId: CreationOptional<number | null>;
  /** On paper since the e-mail was refused. */
  fellBack: CreationOptional<boolean>;
  createdAt: Date;
}

/** The tables of paper and mail. */
export function defineDocuments(s: Sequelize) {
  return {
    BillFactsRow: s.define<BillFactsRow>('bill_facts', {
      billId: { ...ref(), primaryKey: true },
      facts: longText(),
      factsHash: text(64),
      frozenAt: instant(),
    }),
    StoredDocument: s.define<StoredDocument>('document', {
      id: id(),
      kind: text(16),
      subject: text(40),
      sha256: text(64),
      byteCount: int(),
      bytes: bytes(),
      madeAt: instant(),
    }),
    NoticeBatch: s.define<NoticeBatch>('notice_batch', {
      id: id(),
      madeOn: date(),
      copyCount: int(),
      createdBy: ref(),
      createdAt: instant(),
    }),
    NoticeCopy: s.define<NoticeCopy>('notice_copy', {
      id: id(),
      noticeId: ref(),
      recipient: text(12),
      customerId: ref(),
      channel: text(8),
      email: optional(text(254)),
      letter: longText(),
      status: text(12),
      attempts: withDefault(int(), 0),
      nextTryAt: instant(),
      lastError: optional(text(300)),
      messageId: optional(text(200)),
      sentAt: optional(instant()),
      batchId: optional(ref()),
      fellBack: withDefault(flag(), false),
      createdAt: instant(),
    }),
  };
}
