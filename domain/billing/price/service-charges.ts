import { addDays } from '../../dates';
import { ONE, type Rational } from '../../rational';
import type { FinalBillFacts, FinalBillService } from '../final-bill';
import type { Charge, MaximumCharge, MinimumCharge, PercentCharge } from '../rate/charges';
import type { Given } from '../rate/figures';
import { codeOf } from '../rate/line-codes';
import type { RateVersion } from '../rate/rate-version';
import { type ChargeContext, type ExactCharge } from './charge-context';
import { chargesIn, contextsOf, periodOf, wholeQuantity } from './charge-contexts';
import { demandCharge } from './demand-charge';
import { baseCharge, flatCharge, limitCharge } from './fixed-charges';
import { billedDays } from './proration';
import { rateParts, type BilledPeriod, type RatePart } from './rate-parts';
import { undividedIn } from './undivided';
import { tieredCharges } from './usage-charges';

/** A floor or ceiling of the lines with the codes in `of`, of all unless given, of those services, its own unless given. */
export interface LimitOfCharges {
  kind: 'MINIMUM' | 'MAXIMUM';
  of: string[] | null;
  services: string[] | null;
  charge: ExactCharge;
}

/**
 * The charges of one part of the period, or, where isWhole, those that no change inside it divides; usage in billing
 * units, null without any.
 */
export interface PartCharges {
  part: RatePart;
  given: Given;
  isWhole: boolean;
  usage: Rational | null;
  charges: ExactCharge[];
  limits: LimitOfCharges[];
  /** What falls on lines that are there already, in the order of the version's list. */
  later: (PercentCharge | LimitOfCharges)[];
}

/**
 * All charges of a service, one calculation per version and season in its period (domain.md rules 5 to 12 and 21 to 28).
 * Needs facts that refuseFinalBill does not refuse.
 */
export function chargesOf(service: FinalBillService, facts: FinalBillFacts): PartCharges[] {
  const period = periodOf(service, facts);
  const parts = rateParts(service.rateVersions, period);
  const wanted = parts.map((part) => chargesIn(part, service, facts));
  const undivided = undividedIn(parts, wanted);
  const contexts = contextsOf(service, facts, { period, parts, wanted });
  const priced = parts.map((part, i) => {
    const mine = (wanted[i] ?? []).filter((charge) => !undivided.has(JSON.stringify(charge)));
    return pricePart(part, mine, contexts[i] as ChargeContext, contexts[i]?.quantity?.total ?? null);
  });
  const last = parts.at(-1);
  if (undivided.size === 0 || !last) return priced;
  const whole = { ...last, ...wholeOf(period), share: ONE };
  const quantity = wholeQuantity(contexts);
  const [context] = contextsOf(service, facts, { period, parts: [whole], wanted: [wanted.at(-1) ?? []] });
  const same = (wanted.at(-1) ?? []).filter((charge) => undivided.has(JSON.stringify(charge)));
  return [{ ...pricePart(whole, same, { ...(context as ChargeContext), quantity }, null), isWhole: true }, ...priced];
}

const wholeOf = ({ lastBilledThrough, through }: BilledPeriod) => ({
  from: addDays(lastBilledThrough, 1),
  through,
  days: billedDays(lastBilledThrough, through),
});

function pricePart(part: RatePart, charges: Charge[], context: ChargeContext, usage: Rational | null): PartCharges {
  const limits = charges.filter(isLimit);
  return {
    part,
    given: context.given,
    isWhole: false,
    usage,
    charges: charges.flatMap((charge) =>
      exactCharges(charge, context).map((exact) => ({
        ...exact,
        ...(charge.rounding && { rounding: charge.rounding }),
      })),
    ),
    limits: limits.filter((charge) => !isLater(charge, part.version)).map((charge) => limitOf(charge, context)),
    later: charges.flatMap((charge): (PercentCharge | LimitOfCharges)[] => {
      if (charge.kind === 'PERCENT') return [charge];
      return isLimit(charge) && isLater(charge, part.version) ? [limitOf(charge, context)] : [];
    }),
  };
}

const isLimit = (charge: Charge): charge is MinimumCharge | MaximumCharge =>
  charge.kind === 'MINIMUM' || charge.kind === 'MAXIMUM';

/** A limit of percents, or of other services, waits for their lines. */
const isLater = ({ of = [], services }: MinimumCharge | MaximumCharge, { charges }: RateVersion): boolean =>
  services !== undefined || charges.some((charge) => charge.kind === 'PERCENT' && of.includes(codeOf(charge)));

const limitOf = (charge: MinimumCharge | MaximumCharge, context: ChargeContext): LimitOfCharges => ({
  kind: charge.kind,
  of: charge.of ?? null,
  services: charge.services ?? null,
  charge: limitCharge(charge, context),
});

function exactCharges(charge: Charge, context: ChargeContext): ExactCharge[] {
  switch (charge.kind) {
    case 'BASE':
      return [baseCharge(charge, context)];
    case 'FLAT':
      return [flatCharge(charge, context)];
    case 'TIERS':
      return tieredCharges(charge, context);
    case 'DEMAND':
      return [demandCharge(charge, context)];
    case 'MINIMUM':
    case 'MAXIMUM':
    case 'SHARE_OF_USAGE':
    case 'PERCENT':
      return [];
  }
}
