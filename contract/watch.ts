import type { FindingKind } from '../domain/stuck/findings';

/** What one look of the detector is given. */
export interface Look {
  /** How long a difference may be a moment's, in seconds. */
  graceSeconds: number;
  /** The case up to which the last look came, when it had to stop. */
  after: string | null;
  /** Since when the database could not be used, in real time, when the last look found that. */
  outageSince: string | null;
}

/** What a look found: ids and codes only. */
export interface Looked {
  /** How many cases are open or run. */
  cases: number;
  isDatabaseAway: boolean;
  repaired: number;
  /** Incidents and findings that are open, the first of them. */
  listed: { kind: FindingKind | 'INCIDENT'; caseId: string | null; detail: string }[];
  more: number;
  next: string | null;
}
