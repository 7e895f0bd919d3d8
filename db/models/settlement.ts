import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import type { CollectionsLineKind, MoneyFileKind } from '../../domain/states';
import { cents, date, id, instant, int, json, optional, ref, text } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** A debt that somebody asks to take off the books, and what became of that. */
export interface WriteOff extends Row<WriteOff> {
  id: CreationOptional<number>;
  accountId: number;
  caseId: string;
  amountCents: number;
  status: 'REQUESTED' | 'WRITTEN_OFF' | 'REJECTED' | 'CANCELED';
  reason: string;
  requestedBy: number;
  requestedOn: CivilDate;
  approvedBy: CreationOptional<number | null>;
  decisionId: CreationOptional<string | null>;
  decidedOn: CreationOptional<CivilDate | null>;
}

/** What collections are told of an account: that it is handed over, or what is owed on it now. */
export interface CollectionsLine extends Row<CollectionsLine> {
  id: CreationOptional<number>;
  accountId: number;
  caseId: string;
  kind: CollectionsLineKind;
  balanceCents: number;
  toldOn: CivilDate;
  toldBy: number;
  /** The file that it went out with. */
  moneyFileId: CreationOptional<number | null>;
}

/** Lines handed to collections or to the state; frozen, so that it reads the same for ever. */
export interface MoneyFile extends Row<MoneyFile> {
  id: CreationOptional<number>;
  kind: MoneyFileKind;
  madeOn: CivilDate;
  lineCount: number;
  totalCents: number;
  content: Record<string, string | number>[];
  createdBy: number;
  createdAt: Date;
}

/** The tables of debts that stay unpaid and money that nobody claims. */
export function defineSettlement(s: Sequelize) {
  return {
    WriteOff: s.define<WriteOff>('write_off', {
      id: id(),
      accountId: ref(),
      caseId: text(48),
      amountCents: cents(),
      status: text(12),
      reason: text(500),
      requestedBy: ref(),
      requestedOn: date(),
      approvedBy: optional(ref()),
      decisionId: optional(text(40)),
      decidedOn: optional(date()),
    }),
    CollectionsLine: s.define<CollectionsLine>('collections_line', {
      id: id(),
      accountId: ref(),
      caseId: text(48),
      kind: text(12),
      balanceCents: cents(),
      toldOn: date(),
      toldBy: ref(),
      moneyFileId: optional(ref()),
    }),
    MoneyFile: s.define<MoneyFile>('money_file', {
      id: id(),
      kind: text(12),
      madeOn: date(),
      lineCount: int(),
      totalCents: cents(),
      content: json(),
      createdBy: ref(),
      createdAt: instant(),
    }),
  };
}
