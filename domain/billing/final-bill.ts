import type { CivilDate } from '../dates';
import type { Cents } from '../money';
import type { Step } from '../step';
import type { HandoverDayTo } from './proration';
import type { RateVersion } from './rate-version';
import type { MeterSegment } from './usage';

/** One service agreement to bill to its end. */
export interface FinalBillService {
  agreementId: number;
  serviceType: string;
  /** Unit of the segments' usage after the multiplier; that of the rate versions. */
  unit: string | null;
  /**
   * Quantity or units/shares, a decimal above 0: multiplies flat charges, the minimum and tier bounds (domain.md rule
   * 9).
   */
  units: string;
  startOn: CivilDate;
  /** When this service stopped earlier than the account. */
  stopOn?: CivilDate;
  /**
   * Null for a first bill; earlier than startOn allows is corrected to it, so that no day of the holder before is
   * billed.
   */
  lastBilledThrough: CivilDate | null;
  /** Days of the cycle, for the divisor ACTUAL (domain.md rule 8). */
  periodDays: number;
  /** Days between the reads, for PRORATE_BY_READ_DATE (domain.md rule 7); the days billed unless given. */
  readDays?: number;
  /** Sorted by effectiveFrom; those that overlap the period. */
  rateVersions: RateVersion[];
  metered: boolean;
  segments: MeterSegment[];
  estimated: boolean;
}

/** A one-time fee, never prorated; a taxable one bears the taxes of the service it names (domain.md rule 13). */
export interface FinalBillFee {
  code: string;
  name: string;
  serviceType: string | null;
  amountCents: Cents;
  taxable: boolean;
}

/** Everything a final bill is worked out from. */
export interface FinalBillFacts {
  stopOn: CivilDate;
  handoverDayTo: HandoverDayTo;
  taxRounding: 'PER_LINE' | 'PER_BILL';
  services: FinalBillService[];
  fees: FinalBillFee[];
}

export type BillLineKind = 'BASE' | 'USAGE' | 'FLAT' | 'MINIMUM' | 'TAX' | 'FEE';

/**
 * One amount of the bill with its working. from and through: the days of a service charge. A tax worked out per bill
 * belongs to no agreement.
 */
export interface BillLine {
  lineNo: number;
  agreementId: number | null;
  serviceType: string | null;
  kind: BillLineKind;
  code: string;
  name: string;
  quantity: string | null;
  unit: string | null;
  from?: CivilDate;
  through?: CivilDate;
  amountCents: Cents;
  steps: Step[];
}

/**
 * The bill: totalCents is the sum of the lines, and also of all chargesCents, taxCents and fee lines. usage is in
 * billing units, null without any. taxCents includes the tax on fees of that service, and its share of taxes worked out
 * per bill. days is 0, and from after through, when nothing was left.
 */
export interface PricedBill {
  from: CivilDate;
  through: CivilDate;
  days: number;
  estimated: boolean;
  totalCents: Cents;
  lines: BillLine[];
  services: { serviceType: string; agreementId: number; usage: string | null; chargesCents: Cents; taxCents: Cents }[];
}
