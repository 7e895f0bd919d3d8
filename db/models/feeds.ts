import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import type { FeedChangeKind, FeedKind, RequestKind } from '../../domain/states';
import { cents, date, id, instant, int, json, key, optional, ref, text } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** A row that was not taken: its place in the chunk, the rule's code and what it says. */
export interface BadRow {
  pointer: string;
  code: string;
  detail: string;
}

/** Rows that another system sent at once, as they came; all of them are taken, or none. */
export interface FeedChunk extends Row<FeedChunk> {
  id: string;
  kind: FeedKind;
  content: unknown[];
  status: 'RECORDED' | 'APPLIED' | 'REFUSED';
  taken: number | null;
  unchanged: number | null;
  badRows: BadRow[] | null;
  createdBy: number;
  createdAt: Date;
  closedAt: Date | null;
}

/** A row that was taken, under its id in the sending system; `recordId` is the bill, read or payment that it became. */
export interface FeedRow extends Row<FeedRow> {
  kind: FeedKind;
  sourceId: string;
  contentHash: string;
  chunkId: string;
  recordId: number | null;
}

/** What other systems are told, in the order of commits; it never changes and names nobody. */
export interface FeedChange extends Row<FeedChange> {
  seq: number;
  kind: FeedChangeKind;
  accountId: number;
  onDate: CivilDate;
  data: Record<string, unknown>;
  createdAt: Date;
}

/** A write of case records that somebody asked for outside a lifecycle, kept as it came (contract/field-work). */
export interface FieldWorkRequest extends Row<FieldWorkRequest> {
  id: string;
  kind: RequestKind;
  content: Record<string, unknown>;
  status: 'RECORDED' | 'APPLIED' | 'REFUSED';
  /** What it has brought; numbers and ids only. */
  result: Record<string, unknown> | null;
  /** What stood against it: each rule with its field, and the records that it names. */
  refusal: { errors: BadRow[]; details: Record<string, string> } | null;
  createdBy: number;
  createdAt: Date;
  closedAt: Date | null;
}

/** One refund as it stands in a file: the named account holder and the address of that day. */
export interface RefundLine {
  refundNumber: string;
  accountNumber: string;
  payee: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
  amountCents: number;
  /** ISO 3166-1 alpha-2; files from before it was kept lack it. */
  country?: string;
}

/** Issued refunds handed to whoever pays them out; frozen, so that it reads the same for ever. */
export interface RefundFile extends Row<RefundFile> {
  id: CreationOptional<number>;
  madeOn: CivilDate;
  refundCount: number;
  totalCents: number;
  content: RefundLine[];
  createdBy: number;
  createdAt: Date;
}

/** The tables of what other systems send and fetch. */
export function defineFeeds(s: Sequelize) {
  return {
    FeedChunk: s.define<FeedChunk>('feed_chunk', {
      id: key(48),
      kind: text(8),
      content: json(),
      status: text(10),
      taken: optional(int()),
      unchanged: optional(int()),
      badRows: optional(json()),
      createdBy: ref(),
      createdAt: instant(),
      closedAt: optional(instant()),
    }),
    FeedRow: s.define<FeedRow>('feed_row', {
      kind: key(8),
      sourceId: key(64),
      contentHash: text(64),
      chunkId: text(48),
      recordId: optional(ref()),
    }),
    FeedChange: s.define<FeedChange>('feed_change', {
      seq: { ...cents(), primaryKey: true },
      kind: text(16),
      accountId: ref(),
      onDate: date(),
      data: json(),
      createdAt: instant(),
    }),
    FieldWorkRequest: s.define<FieldWorkRequest>('field_work_request', {
      id: key(48),
      kind: text(20),
      content: json(),
      status: text(10),
      result: optional(json()),
      refusal: optional(json()),
      createdBy: ref(),
      createdAt: instant(),
      closedAt: optional(instant()),
    }),
    RefundFile: s.define<RefundFile>('refund_file', {
      id: id(),
      madeOn: date(),
      refundCount: int(),
      totalCents: cents(),
      content: json(),
      createdBy: ref(),
      createdAt: instant(),
    }),
  };
}
