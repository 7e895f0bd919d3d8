import type { MeterSegment } from '../billing/usage/usage';
import { hasReadException } from '../billing/usage/usage';
import { SYSTEM_USER_ID } from '../roles';
import type { Settings } from '../settings';
import type { ReadSource } from '../states';
import { inSample } from './in-sample';

/** Why a person, not the system itself, decides on a final bill. */
const PERSON_REASONS = [
  'SYSTEM_DRAFTED',
  'NOT_FIRST_REVISION',
  'AMENDED',
  'BILLS_REVERSED',
  'ABOVE_MAXIMUM',
  'ESTIMATED_READ',
  'PRORATED_READ',
  'CUSTOMER_READ',
  'CORRECTED_READ',
  'READ_EXCEPTION',
  'SAMPLE',
] as const;
export type PersonReason = (typeof PERSON_REASONS)[number];

/** A drafted final bill as the policy looks at it. */
export interface DraftedBill {
  revision: number;
  totalCents: number;
  contentHash: string;
  /** Whoever started the case or had a hand in the bill: user ids. */
  hands: readonly number[];
  /** One of its rates was amended after an incident. */
  isRateAmended: boolean;
  /** Periodic bills were reversed for it. */
  hasReversedBills?: boolean;
  /** Every read that the bill is worked out from, those it begins with too. */
  reads: readonly { source: ReadSource; corrects: boolean }[];
  segments: readonly MeterSegment[];
}

/** Null when the system itself may approve the bill (design.md decision 6), else all reasons why a person decides. */
export function whyAPersonDecides(
  bill: DraftedBill,
  {
    finalBillPolicy: { maxTotalCents, samplePercent },
    reads: { highUsageLimit },
  }: Pick<Settings, 'finalBillPolicy' | 'reads'>,
): PersonReason[] | null {
  const holds: Record<PersonReason, boolean> = {
    // Its approval would be that of its drafter or starter.
    SYSTEM_DRAFTED: bill.hands.includes(SYSTEM_USER_ID),
    NOT_FIRST_REVISION: bill.revision !== 1,
    AMENDED: bill.isRateAmended,
    BILLS_REVERSED: bill.hasReversedBills === true,
    ABOVE_MAXIMUM: Math.abs(bill.totalCents) > maxTotalCents,
    ESTIMATED_READ: bill.reads.some(({ source }) => source === 'ESTIMATED'),
    PRORATED_READ: bill.reads.some(({ source }) => source === 'SYSTEM_PRORATED'),
    CUSTOMER_READ: bill.reads.some(({ source }) => source === 'CUSTOMER'),
    CORRECTED_READ: bill.reads.some(({ corrects }) => corrects),
    READ_EXCEPTION: bill.segments.some((segment) => hasReadException(segment, highUsageLimit)),
    SAMPLE: inSample(bill.contentHash, samplePercent),
  };
  const reasons = PERSON_REASONS.filter((reason) => holds[reason]);
  return reasons.length === 0 ? null : reasons;
}
