import type { Cents } from '../../money';
import type { RoundingMode } from '../../rational';
import type { Figure } from './figures';

/** Why a bill is made: rule 7 of domain.md prorates each in its own way; REGULAR is a whole cycle's. */
export type BillEvent = 'REGULAR' | 'NEW_CONNECT' | 'TEMP_DISCONNECT' | 'FINAL_DISCONNECT';

/** How one line is rounded: the version's mode, and to one cent, unless given. */
export interface LineRounding {
  mode?: RoundingMode;
  toCents?: number;
}

/** What every charge may say: what it is called, and when it applies. */
export interface AnyCharge {
  /** Code and name of the bill's line; the kind and its English name unless given. */
  code?: string;
  name?: string;
  /** Only on days of these seasons of the version. */
  seasons?: string[];
  /** Only on bills of these events. */
  events?: BillEvent[];
  /** Only where each of these attributes has one of the texts; '' is that of an agreement without the attribute. */
  when?: Record<string, string[]>;
  /** The line is rounded in its own way, before the version rounds its totals (domain.md rule 21). */
  rounding?: LineRounding;
  /** The line is a tax: it is owed to somebody else and is posted to tax payable. */
  isTax?: boolean;
  /** False: neither the version's taxes nor percents that are taxes fall on it, unless they name it. */
  taxed?: boolean;
}

/** An amount of money: whole cents, or a figure in dollars, negative for a credit; multiplied by each of times. */
export interface Amount {
  amountCents?: Cents;
  amount?: Figure;
  times?: Figure[];
  /**
   * PERIOD (unless given): the amount is for a bill, prorated by the version's method. MONTH: for each month of the cycle
   * (a bimonthly bill has two), prorated. DAY: for each day billed. YEAR: for 365 days, by the days billed.
   */
  per?: 'PERIOD' | 'MONTH' | 'DAY' | 'YEAR';
  /** False: the whole amount, however few days are billed. */
  prorated?: boolean;
}

/** Floor and ceiling of one line, in dollars. */
export interface Limits {
  atLeast?: Figure;
  atMost?: Figure;
}

/** A fixed amount beside usage (domain.md rules 9 and 24). */
export interface BaseCharge extends AnyCharge, Amount, Limits {
  kind: 'BASE';
}
/** An amount without usage, for each of the agreement's units and quantity (domain.md rules 9 and 12). */
export interface FlatCharge extends AnyCharge, Amount, Limits {
  kind: 'FLAT';
}
/** The floor of the service's charges, or of those with the codes in `of` (domain.md rule 9). */
export interface MinimumCharge extends AnyCharge, Amount {
  kind: 'MINIMUM';
  of?: string[];
  /** The services whose lines it is of, '*' for all; its own unless given. */
  services?: string[];
}
/** The ceiling of the service's charges, or of those with the codes in `of` (domain.md rule 9). */
export interface MaximumCharge extends AnyCharge, Amount {
  kind: 'MAXIMUM';
  of?: string[];
  /** The services whose lines it is of, '*' for all; its own unless given. */
  services?: string[];
}

/**
 * Quantities up to and including upTo (null: without end) and above the tier before, in dollars per `per` units; amount:
 * dollars beside, where the quantity reaches this tier.
 */
export interface Tier {
  upTo: Figure | null;
  rate: Figure;
  amount?: Figure;
  code?: string;
  name?: string;
}

/** A quantity priced in tiers (domain.md rules 10 and 23). */
export interface TiersCharge extends AnyCharge, Limits {
  kind: 'TIERS';
  per: string;
  /** SCALED bounds follow the days billed, WHOLE ones do not. */
  tierProration: 'WHOLE' | 'SCALED';
  tiers: Tier[];
  /**
   * What is priced: a measured quantity of that code, such as ON_PEAK, or a figure with its unit; the service's usage
   * unless given.
   */
  measure?: string;
  quantity?: Figure;
  unit?: string;
  /** What the bounds are for: a bill, a month of the cycle, a day billed or 365 days; the last two follow the days. */
  boundsPer?: 'PERIOD' | 'MONTH' | 'DAY' | 'YEAR';
  /** Each bound is multiplied by these: an allowance of so many units for each person, acre or budget. */
  boundsTimes?: Figure[];
  /** False: the agreement's units do not multiply the bounds. */
  boundsTimesUnits?: boolean;
  /** From fromDays to toDays billed, both included, bounds are those of a whole period. */
  unscaledDays?: { fromDays: number; toDays: number };
  /**
   * Usage that costs nothing here because the fixed charge has paid for it; it follows the days and units as bounds do.
   * IN_TIERS: it uses up the lowest tiers; BEFORE_TIERS: the first tier begins above it.
   */
  included?: { quantity: Figure; from: 'IN_TIERS' | 'BEFORE_TIERS' };
  /** MARGINAL (unless given): each tier's rate for what lies in it. REACHED: the whole quantity at the rate of the tier it reaches. */
  pricing?: 'MARGINAL' | 'REACHED';
  /**
   * The quantity of an average day or month (rounded to quantityPlaces) is priced in the tiers as they stand, that price
   * in dollars rounded to amountPlaces, and multiplied by the days or months.
   */
  averaged?: { per: 'DAY' | 'MONTH'; quantityPlaces?: number; amountPlaces?: number };
  /** Each rate is multiplied by these: loss, power factor, cost adjustment. */
  times?: Figure[];
  /** EACH_TIER: a line for each tier that is touched, each rounded. */
  lines?: 'ONE' | 'EACH_TIER';
}

/**
 * A measured demand, such as kW, in tiers of whole bounds; its quantity is never prorated, its price is (domain.md rules
 * 10 and 27). Billed is the largest of the measure (or the quantity worked out from it), `ratchet.share` of
 * `ratchet.measure`, and `least`.
 */
export interface DemandCharge extends AnyCharge, Limits {
  kind: 'DEMAND';
  measure?: string;
  unit?: string;
  /** otherwise: the earlier peak of who has none yet. */
  ratchet?: { measure: string; share: Figure; otherwise?: string };
  least?: Figure;
  /** The measured quantity corrected by a power factor, or rounded. */
  quantity?: Figure;
  tiers: Tier[];
  times?: Figure[];
  prorated?: boolean;
}

/**
 * Makes the quantity of this version's tiers a share ('0.80'; all of it unless given) of another service's final usage, or of a fixed average
 * such as the winter's (domain.md rules 12 and 27). Adds no line.
 */
export interface ShareOfUsage extends AnyCharge {
  kind: 'SHARE_OF_USAGE';
  ofService: string;
  share?: Figure;
  /**
   * VOLUME: the service's averageUsage is billed instead of the usage; CAP: at most it. per: what the average is for.
   * otherwise: the average of who has none; without it VOLUME bills, and CAP does not limit, the other service's usage.
   */
  average?: {
    as: 'VOLUME' | 'CAP';
    per?: 'PERIOD' | 'MONTH' | 'DAY';
    otherwise?: Figure;
    /** The average follows the factor of the days, as the base does. */
    prorated?: boolean;
    /** What a cap is the most of: the other service's usage (unless given), or the share of it. */
    caps?: 'USAGE' | 'SHARE';
  };
  /** The quantity is at least and at most this. */
  atLeast?: Figure;
  atMost?: Figure;
}

/**
 * A percent of other lines, worked out after them in the order of the version's list (domain.md rule 28): percent '5.25'
 * is 5.25 %, a negative one is a discount.
 */
export interface PercentCharge extends AnyCharge, Limits {
  kind: 'PERCENT';
  percent: Figure;
  /** The codes it falls on; unless given all lines of its services that are neither taxes, fees nor PERCENT. */
  of?: string[];
  except?: string[];
  /** The codes of fees that it falls on too, '*' for all. */
  fees?: string[];
  /** The services whose lines it falls on, '*' for all; its own unless given. */
  services?: string[];
  /** It falls on what is past due and not paid, if that is above 0: a penalty. */
  ofBalance?: boolean;
  /** The tax is also on itself: t / (1 - t). */
  grossUp?: boolean;
  /** Only what lies above this many dollars, and only the first onFirst dollars. */
  above?: Figure;
  onFirst?: Figure;
  /** No line unless what it falls on is above this many dollars. */
  onlyAbove?: Figure;
}

/** What a rate version charges for; a new kind of charge is a new member of this list. */
export type Charge =
  BaseCharge | FlatCharge | MinimumCharge | MaximumCharge | TiersCharge | DemandCharge | ShareOfUsage | PercentCharge;

/** The demand before ratchet and least. */
export const demandOf = ({ quantity, measure = '' }: DemandCharge): Figure => quantity ?? { measure };

/** The quantity that tiers price beside the usage of their service; undefined where they price the usage. */
export const ownQuantity = ({ quantity, measure }: TiersCharge): Figure | undefined =>
  quantity ?? (measure === undefined ? undefined : { measure });
