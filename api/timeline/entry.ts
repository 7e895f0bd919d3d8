import type { Person } from '../../db/reads/people';

/** Every kind of entry of a timeline; at one instant they stand in this order. */
export const ENTRY_KINDS = [
  'COMMAND',
  'COMMAND_REFUSED',
  'DECISION',
  'DECISION_APPLIED',
  'DECISION_REFUSED',
  'FIELD_REPORT',
  'SERVICE_ORDER',
  'EVENT',
  'TASK',
  'MONEY',
  'NOTICE',
  'COMMENT',
  'ATTACHMENT',
  'INCIDENT_OPENED',
  'INCIDENT_RESOLVED',
  'STEP_DONE',
  'STEP_TRIED',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of a timeline. */
export interface Entry {
  /** On the office's clock. */
  at: Date;
  kind: EntryKind;
  /** Unique within its kind. */
  id: string;
  /** One sentence, without names of customers, addresses or what somebody typed. */
  text: string;
  actor: Person;
  data: Record<string, unknown>;
  /** What only people see who may see customers: what was typed, and documents. */
  forPeople?: Record<string, unknown>;
}

/** The person out of a row that has joined one. */
export const actorOf = ({ username, displayName }: Person): Person => ({ username, displayName });
