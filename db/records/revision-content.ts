import type { PricedBill } from '../../domain/billing/price-final-bill';
import { sha256 } from '../canonical';
import { ensure } from '../errors';
import type { BillRevision } from '../models/money';

/** What an approver sees: the bill, and what will then be left to pay or to refund. */
export interface RevisionContent {
  bill: PricedBill;
  /** The bill in whose place this one is to come, where it corrects one. */
  replaces?: ReplacedBill;
  preview: { balanceBeforeCents: number; interestCents: number; depositAppliedCents: number; netCents: number };
}

/** A bill that is corrected: its number, and what it came to. */
export interface ReplacedBill {
  billNumber: string;
  totalCents: number;
}

/** What a revision says. Refused: REVISION_CHANGED when it is not what was hashed. */
export function contentOf({ content, contentHash }: BillRevision): RevisionContent {
  ensure(sha256(content) === contentHash, 'REVISION_CHANGED', 'The draft is not the one that was hashed');
  return JSON.parse(content) as RevisionContent;
}
