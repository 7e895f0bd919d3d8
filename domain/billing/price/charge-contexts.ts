import { maxDate } from '../../dates';
import { add, mul, roundTo, sub, sum, ZERO, type Rational } from '../../rational';
import type { FinalBillFacts, FinalBillService } from '../final-bill';
import type { BillEvent, Charge, ShareOfUsage } from '../rate/charges';
import type { Rounding } from '../rate/rate-version';
import { quantityOf, sourcesOf, type Quantity } from '../usage/billed-quantity';
import { usageShares } from '../usage/spread-by-day';
import { applies, givenBy, type ChargeContext } from './charge-context';
import { partSteps } from './part-steps';
import { billedDays, billedThrough, prorationFactor } from './proration';
import { changeOf, type BilledPeriod, type RatePart } from './rate-parts';

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

/** Why the bill is made; facts of before it was told are of final bills. */
export const eventOf = ({ event = 'FINAL_DISCONNECT' }: FinalBillFacts): BillEvent => event;

/** The charges of a version that apply to this bill in this season. */
export const chargesIn = (
  { version, season }: Pick<RatePart, 'version' | 'season'>,
  service: FinalBillService,
  facts: FinalBillFacts,
): Charge[] => version.charges.filter((charge) => applies(charge, { event: eventOf(facts), season, service }));

/** Which part of the period is priced by what. */
interface Parts {
  period: BilledPeriod;
  parts: RatePart[];
  wanted: Charge[][];
}

/** What the charges of each part are worked out from. */
export function contextsOf(
  service: FinalBillService,
  facts: FinalBillFacts,
  { period, parts, wanted }: Parts,
): ChargeContext[] {
  const days = billedDays(period.lastBilledThrough, period.through);
  const event = eventOf(facts);
  let before = ZERO;
  return parts.map((part, i) => {
    const { version } = part;
    const { factorPlaces: places, mode } = version.rounding;
    const factors = prorationFactor({
      ...{ ...service, days, proration: version.proration, event, period },
      ...(places !== undefined && { factorRounding: { places, mode } }),
    });
    const follows = (wanted[i] ?? []).find((charge) => charge.kind === 'SHARE_OF_USAGE') ?? null;
    const given = givenBy(service, { days, usage: null });
    const billed = quantityOf({
      service,
      services: facts.services,
      version,
      follows,
      given,
      event,
      days,
      base: factors.base,
    });
    const share = usageShares(segmentsFor(service, follows, facts), parts)[i] ?? part.share;
    const total = billed ? partQuantity(billed.total, { share, before }, version.rounding) : ZERO;
    before = add(before, share);
    const quantity = billed && { total, steps: [...billed.steps, ...partSteps(part, days)] };
    const known = givenBy(service, { days, usage: billed?.total ?? null });
    return { service, part, days, factors, quantity, given: known, change: changeOf(parts) };
  });
}

/** A part's quantity; where quantities are rounded, so are the parts, and the last has the rest (domain.md rule 21). */
function partQuantity(
  total: Rational,
  { share, before }: { share: Rational; before: Rational },
  { quantityPlaces, mode }: Rounding,
): Rational {
  if (quantityPlaces === undefined) return mul(total, share);
  const through = (part: Rational) => roundTo(mul(total, part), quantityPlaces, mode);
  return sub(through(add(before, share)), through(before));
}

/** The meters whose dates say when the usage was; an average has none. */
function segmentsFor(service: FinalBillService, follows: ShareOfUsage | null, { services }: FinalBillFacts) {
  if (!follows) return service.segments;
  return follows.average?.as === 'VOLUME' ? [] : sourcesOf(follows, services).flatMap(({ segments }) => segments);
}

/** The quantity of all parts, for what none of them divides. */
export function wholeQuantity(contexts: ChargeContext[]): Quantity | null {
  const quantities = contexts.flatMap(({ quantity }) => (quantity ? [quantity] : []));
  const [first] = quantities;
  return first ? { total: sum(quantities.map(({ total }) => total)), steps: first.steps } : null;
}
