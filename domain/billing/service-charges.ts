import { maxDate } from '../dates';
import {
  ONE,
  compare,
  mul,
  parseRational,
  rational,
  toDecimalString,
  toFractionString,
  ZERO,
  type Rational,
} from '../rational';
import type { Step } from '../step';
import { quantityOf, type Quantity } from './billed-quantity';
import type { Charge } from './charges';
import type { BillLineKind, FinalBillFacts, FinalBillService } from './final-bill';
import { billedDays, billedThrough, prorationFactor, type ProrationFactors } from './proration';
import { rateParts, type BilledPeriod, type RatePart } from './rate-parts';
import { usageCharge } from './tiers';

/** A charge before rounding, in exact cents. */
export interface ExactCharge {
  kind: BillLineKind;
  code: string;
  name: string;
  quantity: string | null;
  unit: string | null;
  exactCents: Rational;
  steps: Step[];
}

/**
 * The charges of one part of the period, usage in billing units (null without any) and the floor under their sum (null
 * without a minimum).
 */
export interface PartCharges {
  part: RatePart;
  usage: Rational | null;
  charges: ExactCharge[];
  minimum: ExactCharge | null;
}

/** The days to bill of a service; never before the holder's own first day (domain.md rule 5). */
export function periodOf(
  { startOn, stopOn, lastBilledThrough }: FinalBillService,
  { stopOn: accountStopOn, handoverDayTo }: FinalBillFacts,
): BilledPeriod {
  const beforeFirstDay = billedThrough(startOn, handoverDayTo);
  return {
    lastBilledThrough: lastBilledThrough === null ? beforeFirstDay : maxDate(lastBilledThrough, beforeFirstDay),
    through: billedThrough(stopOn ?? accountStopOn, handoverDayTo),
  };
}

/**
 * All charges of a service, one calculation per rate version in its period (domain.md rules 5 to 12). Needs facts that
 * refuseFinalBill does not refuse.
 */
export function chargesOf(service: FinalBillService, facts: FinalBillFacts): PartCharges[] {
  const period = periodOf(service, facts);
  const days = billedDays(period.lastBilledThrough, period.through);
  const parts = rateParts(service.rateVersions, period);
  return parts.map((part) => {
    const { version, share } = part;
    const factors = prorationFactor({ ...service, days, proration: version.proration, event: 'FINAL_DISCONNECT' });
    const billed = quantityOf(service, version, facts.services);
    const quantity = billed && { total: mul(billed.total, share), steps: [...billed.steps, ...partSteps(part, days)] };
    const priced = version.charges.map((charge) => exactCharge(charge, { service, part, days, factors, quantity }));
    const charges = priced.filter((charge) => charge !== null);
    return {
      part,
      usage: quantity && quantity.total,
      charges: charges.filter(({ kind }) => kind !== 'MINIMUM'),
      minimum: charges.find(({ kind }) => kind === 'MINIMUM') ?? null,
    };
  });
}

interface Context {
  service: FinalBillService;
  part: RatePart;
  days: number;
  factors: ProrationFactors;
  quantity: Quantity | null;
}

function exactCharge(charge: Charge, context: Context): ExactCharge | null {
  const { units } = context.service;
  switch (charge.kind) {
    case 'BASE':
      return fixedCharge(charge, context.factors.base, '1', context);
    case 'FLAT':
      return { ...fixedCharge(charge, context.factors.base, units, context), quantity: units };
    case 'MINIMUM':
      return fixedCharge(charge, context.factors.minimum, units, context);
    case 'TIERS':
      return tieredCharge(charge, context);
    case 'SHARE_OF_USAGE':
      return null;
  }
}

const NAMES = { BASE: 'Base charge', FLAT: 'Flat charge', MINIMUM: 'Minimum charge', TIERS: 'Usage' } as const;

function fixedCharge(
  charge: Extract<Charge, { amountCents: number }>,
  methodFactor: Rational,
  units: string,
  context: Context,
): ExactCharge {
  const { part, days, factors } = context;
  const factor = mul(methodFactor, part.share);
  const exactCents = mul(mul(rational(charge.amountCents), parseRational(units)), factor);
  const name = charge.name ?? NAMES[charge.kind];
  const values = {
    amountCents: `${charge.amountCents}`,
    units,
    factor: toFractionString(factor),
    exactCents: decimal(exactCents),
  };
  const scaled: Step = { rule: 'rule 7', text: `${name} times units times the factor`, values };
  return {
    kind: charge.kind,
    code: charge.code ?? charge.kind,
    name,
    quantity: null,
    unit: null,
    exactCents,
    steps: [daysStep(days, part), factors.step, ...partSteps(part, days), scaled],
  };
}

/**
 * The bounds' g is 1 or the period's f; a period without a day keeps whole bounds, or all its usage would fall in the
 * top tier.
 */
function tieredCharge(
  charge: Extract<Charge, { kind: 'TIERS' }>,
  { service, part, days, factors, quantity }: Context,
): ExactCharge {
  const { total, steps } = quantity ?? { total: ZERO, steps: [] };
  const g = charge.tierProration === 'SCALED' && days > 0 ? factors.factor : ONE;
  const scale = mul(mul(g, parseRational(service.units)), part.share);
  const { exactCents, steps: tierSteps } = usageCharge(total, charge, scale);
  const values = {
    tierProration: charge.tierProration,
    g: toFractionString(g),
    units: service.units,
    scale: toFractionString(scale),
  };
  const scaling: Step = { rule: 'rule 10', text: 'Tier bounds are multiplied by the scale', values };
  const isScaled = compare(scale, ONE) !== 0;
  return {
    kind: 'USAGE',
    code: charge.code ?? 'USAGE',
    name: charge.name ?? NAMES.TIERS,
    quantity: toDecimalString(total, 6),
    unit: part.version.unit,
    exactCents,
    steps: [...steps, ...(isScaled ? [scaling] : []), ...tierSteps],
  };
}

const daysStep = (days: number, part: RatePart): Step => ({
  rule: 'rule 5',
  text: `${part.days} days are billed here, ${days} in all`,
  values: { from: part.from, through: part.through, days: `${part.days}`, totalDays: `${days}` },
});

function partSteps({ version, days, share }: RatePart, totalDays: number): Step[] {
  if (compare(share, ONE) === 0) return [];
  const values = {
    effectiveFrom: version.effectiveFrom,
    days: `${days}`,
    totalDays: `${totalDays}`,
    share: toFractionString(share),
  };
  return [{ rule: 'rule 11', text: `The rate changed: this part has ${days} of the ${totalDays} days`, values }];
}

const decimal = (value: Rational): string => toDecimalString(value, 10);
