import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { FindingKind } from '../../domain/stuck/findings';
import { id, instant, optional, text } from './columns';

/** Something that the detector found; open while `clearedAt` is null. */
export interface FindingRecord extends Model<InferAttributes<FindingRecord>, InferCreationAttributes<FindingRecord>> {
  id: CreationOptional<number>;
  kind: FindingKind;
  subject: string;
  caseId: string | null;
  detail: string;
  foundAt: Date;
  clearedAt: Date | null;
  /** How it ended: it was not there any more, or the detector mended it. */
  clearing: 'GONE' | 'REPAIRED' | null;
}

/** The tables of those who keep the system running. */
export function defineOperations(s: Sequelize) {
  return {
    Finding: s.define<FindingRecord>('finding', {
      id: id(),
      kind: text(24),
      subject: text(64),
      caseId: optional(text(48)),
      detail: text(500),
      foundAt: instant(),
      clearedAt: optional(instant()),
      clearing: optional(text(12)),
    }),
  };
}
