import { toDecimalString, type Rational } from '../../rational';
import type { BillLineKind, FinalBillService } from '../final-bill';
import type { BillEvent, Charge, LineRounding } from '../rate/charges';
import type { Given } from '../rate/figures';
import type { Change } from '../rate/rate-version';
import type { Step } from '../../step';
import type { Quantity } from '../usage/billed-quantity';
import type { ProrationFactors } from './proration';
import type { RatePart } from './rate-parts';

/** What a charge of one part of the period is worked out from; days are the whole period's. */
export interface ChargeContext {
  service: FinalBillService;
  part: RatePart;
  days: number;
  factors: ProrationFactors;
  quantity: Quantity | null;
  given: Given;
  change: Required<Change>;
}

/** A charge before rounding, in exact cents. */
export interface ExactCharge {
  kind: BillLineKind;
  code: string;
  /** The code of the charge where each of its tiers has a line and code of its own. */
  chargeCode?: string;
  name: string;
  quantity: string | null;
  unit: string | null;
  exactCents: Rational;
  taxed: boolean;
  rounding?: LineRounding;
  steps: Step[];
}

/** What every service measures by itself. */
export const ALWAYS_MEASURED: readonly string[] = ['DAYS', 'MONTHS', 'UNITS', 'QUANTITY', 'USAGE'];

/** Attributes and measured quantities of a service, with those that every service has; usage null before it is known. */
export const givenBy = (
  { attributes = {}, measures = {}, months = '1', units, quantity = '1' }: FinalBillService,
  { days, usage }: { days: number; usage: Rational | null },
): Given => ({
  attributes,
  measures: {
    ...measures,
    ...{ DAYS: `${days}`, MONTHS: months, UNITS: units, QUANTITY: quantity },
    ...(usage && { USAGE: toDecimalString(usage, 10) }),
  },
});

/** Whether a charge applies to this bill, in this season, to this customer and place (domain.md rules 7 and 26). */
export function applies(
  { events, seasons, when = {} }: Pick<Charge, 'events' | 'seasons' | 'when'>,
  {
    event,
    season,
    service: { attributes = {} },
  }: { event: BillEvent; season: string | null; service: FinalBillService },
): boolean {
  if (events && !events.includes(event)) return false;
  if (seasons && (season === null || !seasons.includes(season))) return false;
  return Object.entries(when).every(([name, texts]) => {
    return texts.includes((Object.hasOwn(attributes, name) ? attributes[name] : undefined) ?? '');
  });
}
