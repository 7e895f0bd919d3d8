import type { CivilDate } from '../dates';
import type { Cents } from '../money';
import type { Step } from '../step';
import type { HandoverDayTo } from './price/proration';
import type { BillEvent, RateVersion } from './rate/rate-version';
import type { MeterSegment } from './usage/usage';

/** One service agreement to bill to its end. */
export interface FinalBillService {
  agreementId: number;
  serviceType: string;
  /** Unit of the segments' usage after the multiplier; that of the rate versions. */
  unit: string | null;
  /**
   * How many of the service, as two refuse cans, a decimal above 0: multiplies flat charges. Facts of before it was told
   * from the units lack it, which is one.
   */
  quantity?: string;
  /** Units or shares, a decimal above 0: multiply the minimum, tier bounds and flat charges (domain.md rule 9). */
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
  /** Months of the cycle, 2 for a bimonthly one, a decimal above 0; one unless given (domain.md rules 8, 23 and 24). */
  months?: string;
  /** What the figures of a rate look up: meterSize '3/4', amperes '100' (domain.md rule 24). */
  attributes?: Record<string, string>;
  /** Decimal quantities measured beside the usage, by code: KW '12.5', ON_PEAK '120' (domain.md rule 27). */
  measures?: Record<string, string>;
  /** What is past due of this service alone, where that is known: its penalty falls on it (domain.md rule 28). */
  pastDueCents?: Cents;
  /** A fixed average, such as the winter's, a decimal in the unit of the rate (domain.md rule 27). */
  averageUsage?: string;
}

/** A one-time fee, or below 0 a credit, never prorated; a taxable one bears the taxes of the service it names (domain.md rule 13). */
export interface FinalBillFee {
  code: string;
  name: string;
  serviceType: string | null;
  amountCents: Cents;
  taxable: boolean;
}

/** The code of a fee or credit that a person added to one bill. */
export const MANUAL_ADJUSTMENT = 'MANUAL_ADJUSTMENT';

/** Everything a final bill is worked out from. */
export interface FinalBillFacts {
  stopOn: CivilDate;
  handoverDayTo: HandoverDayTo;
  taxRounding: 'PER_LINE' | 'PER_BILL';
  services: FinalBillService[];
  fees: FinalBillFee[];
  /** The account bears no tax (domain.md row S4). Bills from before this was kept lack it: they bore their taxes. */
  taxExempt?: boolean;
  /** Why the bill is made; a final bill unless given (domain.md rule 7). */
  event?: BillEvent;
  /** What was due before this bill and is not paid, in cents; penalties fall on it (domain.md rule 28). */
  pastDueCents?: Cents;
}

/** DEMAND, MAXIMUM and PERCENT are lines of those charges, ROUNDING is what a total is rounded by to a coin; every line that is owed to a tax office is a TAX. */
export type BillLineKind =
  'BASE' | 'USAGE' | 'FLAT' | 'DEMAND' | 'MINIMUM' | 'MAXIMUM' | 'PERCENT' | 'ROUNDING' | 'TAX' | 'FEE';

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
