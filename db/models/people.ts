import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import { id, instant, int, json, optional, ref, text, withDefault } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** One record of a person or business that links their customers; one that was merged has none and names where they went. */
export interface MasterContact extends Row<MasterContact> {
  id: CreationOptional<number>;
  kind: 'PERSON' | 'ORGANIZATION';
  displayName: string;
  mergedIntoId: CreationOptional<number | null>;
  createdBy: number;
  createdAt: Date;
  version: CreationOptional<number>;
}

/** A merge of one master contact into another, with the customers that it moved: what undoing it moves back. */
export interface MasterContactMerge extends Row<MasterContactMerge> {
  id: CreationOptional<number>;
  fromId: number;
  intoId: number;
  customerIds: number[];
  reason: string;
  mergedBy: number;
  mergedAt: Date;
  undoneBy: CreationOptional<number | null>;
  undoneAt: CreationOptional<Date | null>;
}

/** Who shares the responsibility for an account, from when; one at a time, and whoever was before stays on record. */
export interface AccountCosigner extends Row<AccountCosigner> {
  id: CreationOptional<number>;
  accountId: number;
  customerId: number;
  addedBy: number;
  addedAt: Date;
  endedBy: CreationOptional<number | null>;
  endedAt: CreationOptional<Date | null>;
}

/** The tables of who is who. */
export function definePeople(s: Sequelize) {
  return {
    MasterContact: s.define<MasterContact>(
      'master_contact',
      {
        id: id(),
        kind: text(16),
        displayName: text(160),
        mergedIntoId: optional(ref()),
        createdBy: ref(),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    MasterContactMerge: s.define<MasterContactMerge>('master_contact_merge', {
      id: id(),
      fromId: ref(),
      intoId: ref(),
      customerIds: json(),
      reason: text(200),
      mergedBy: ref(),
      mergedAt: instant(),
      undoneBy: optional(ref()),
      undoneAt: optional(instant()),
    }),
    AccountCosigner: s.define<AccountCosigner>('account_cosigner', {
      id: id(),
      accountId: ref(),
      customerId: ref(),
      addedBy: ref(),
      addedAt: instant(),
      endedBy: optional(ref()),
      endedAt: optional(instant()),
    }),
  };
}
