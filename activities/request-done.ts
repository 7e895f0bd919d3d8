import type { SiblingStart, Wake } from '../contract/activities';

/** What a request has brought: the records that it made, by number or id, and whom to wake. */
export interface RequestDone {
  result: Record<string, unknown>;
  wakes: Wake[];
  /** Settlements whose rows it has written. */
  settlementCaseIds?: string[];
  /** Other cases whose rows it has written. */
  starts?: SiblingStart[];
}
