import {
  add,
  max,
  min,
  mul,
  ONE,
  parseRational,
  rational,
  roundTo,
  roundToMultiple,
  sub,
  sum,
  ZERO,
  type Rational,
} from '../../rational';
import { decimal, type Step } from '../../step';
import type { FinalBillService } from '../final-bill';
import type { BillEvent, ShareOfUsage } from '../rate/charges';
import { valueOf, type Given } from '../rate/figures';
import type { Measuring, RateVersion } from '../rate/rate-version';
import { usageOf, type MeterSegment } from './usage';

/** A quantity in billing units with its working. */
export interface Quantity {
  total: Rational;
  steps: Step[];
}

/** What a quantity is worked out from: the service, all services of the bill, and which share of another it follows. */
export interface QuantityQuestion {
  service: FinalBillService;
  services: FinalBillService[];
  version: RateVersion;
  follows: ShareOfUsage | null;
  given: Given;
  event: BillEvent;
  /** The days billed, and what they make of the base. */
  days: number;
  base: Rational;
}

/**
 * The quantity of the whole period: the service's own usage, or a share of another's final usage or of an average
 * (domain.md rules 2, 3, 12, 22 and 27); null for neither.
 */
export function quantityOf(question: QuantityQuestion): Quantity | null {
  const { service, version, follows } = question;
  const quantity = follows ? followed(follows, question) : service.metered ? measured([service], question) : null;
  const places = version.rounding.quantityPlaces;
  if (!quantity || places === undefined) return quantity;
  const total = roundTo(quantity.total, places, version.rounding.mode);
  const values = { quantity: decimal(quantity.total), places: `${places}`, rounded: decimal(total) };
  return { total, steps: [...quantity.steps, { rule: 'rule 21', text: 'The quantity is rounded', values }] };
}

/** The services whose usage a share follows. */
export const sourcesOf = ({ ofService }: ShareOfUsage, services: FinalBillService[]): FinalBillService[] =>
  services.filter(({ serviceType }) => serviceType === ofService);

function followed(follows: ShareOfUsage, question: QuantityQuestion): Quantity {
  const { given } = question;
  const source = basisOf(follows, question);
  const cap = follows.average?.caps === 'SHARE' ? averageOf(follows, question) : null;
  const { share: printed = '1' } = follows;
  const uncapped = mul(source.total, valueOf(printed, given));
  const share = cap ? min(uncapped, cap.total) : uncapped;
  const raised = follows.atLeast === undefined ? share : max(share, valueOf(follows.atLeast, given));
  const total = follows.atMost === undefined ? raised : min(raised, valueOf(follows.atMost, given));
  const values = {
    ofService: follows.ofService,
    usage: decimal(source.total),
    share: typeof printed === 'string' ? printed : decimal(valueOf(printed, given)),
    quantity: decimal(total),
  };
  const steps: Step[] = [{ rule: 'rule 12', text: `A share of the final usage of ${follows.ofService}`, values }];
  return { total, steps: [...source.steps, ...(cap?.steps ?? []), ...steps] };
}

/** The other service's usage, or the fixed average as its volume or cap (domain.md rule 27). */
function basisOf(follows: ShareOfUsage, question: QuantityQuestion): Quantity {
  const average = averageOf(follows, question);
  if (average !== null && follows.average?.as === 'VOLUME') return average;
  const source = measured(sourcesOf(follows, question.services), question);
  if (average === null || follows.average?.caps === 'SHARE') return source;
  const total = min(source.total, average.total);
  const values = { usage: decimal(source.total), average: decimal(average.total), quantity: decimal(total) };
  const steps = [...source.steps, ...average.steps, { rule: 'rule 27', text: 'At most the average', values }];
  return { total, steps };
}

function averageOf({ average }: ShareOfUsage, { service, given, days, base }: QuantityQuestion): Quantity | null {
  const figure = average && (service.averageUsage ?? average.otherwise);
  if (!average || figure === undefined) return null;
  const { per = 'PERIOD', prorated = false } = average;
  const times = { PERIOD: ONE, MONTH: parseRational(service.months ?? '1'), DAY: rational(days) }[per];
  const once = valueOf(figure, given);
  const total = mul(mul(once, times), prorated ? base : ONE);
  const values = {
    average: decimal(once),
    per,
    times: decimal(times),
    ...(prorated && { factor: decimal(base) }),
    quantity: decimal(total),
  };
  return { total, steps: [{ rule: 'rule 27', text: 'The fixed average of this service', values }] };
}

/** The usage of these services as the version measures it, summed up. */
function measured(services: FinalBillService[], { version, given, event }: QuantityQuestion): Quantity {
  const { measuring } = version;
  const usages = services.map(({ segments }) => usageOf(segments));
  const total = sum(usages.map(({ usage }) => parseRational(usage)));
  const steps = usages.flatMap((usage) => usage.steps);
  if (!measuring) return { total, steps };
  const cut = services.map(({ segments }) => carried(segments, measuring, event));
  const carry = {
    total: add(total, sum(cut.map((each) => each.total))),
    steps: [...steps, ...cut.flatMap((each) => each.steps)],
  };
  return converted(carry, version, measuring, given);
}

/**
 * What cutting reads down to billing units adds to the usage: the rest of the first read, which an earlier bill left,
 * less that of the last, which the next bill gets (domain.md rules 3 and 22). A final bill has no next one: it bills the
 * rest or drops it.
 */
function carried(segments: MeterSegment[], { truncateReadsTo, finalFraction }: Measuring, event: BillEvent): Quantity {
  const [first, last] = [segments[0], segments.at(-1)];
  if (truncateReadsTo === undefined || !first || !last) return { total: ZERO, steps: [] };
  const brought = restOf(first.startValue, first.multiplier, truncateReadsTo);
  const billsAll = event === 'FINAL_DISCONNECT' && finalFraction === 'BILL';
  const rest = billsAll ? ZERO : restOf(last.endValue, last.multiplier, truncateReadsTo);
  // Of a meter that was put in meanwhile a final bill, which no other follows, leaves no more than it measured.
  const isNew = segments.length > 1 && event === 'FINAL_DISCONNECT';
  const left = isNew ? min(rest, parseRational(usageOf([last]).usage)) : rest;
  const values = { truncateReadsTo, brought: decimal(brought), left: decimal(left) };
  const text = billsAll
    ? 'The rest that an earlier bill left is billed'
    : 'The rest that an earlier bill left is billed, the rest of the last read is not';
  return { total: sub(brought, left), steps: [{ rule: 'rule 3', text, values }] };
}

function restOf(read: string, multiplier: string, unit: string): Rational {
  const value = mul(parseRational(read), parseRational(multiplier));
  return sub(value, roundToMultiple(value, unit, 'DOWN'));
}

/** Volume to therms and the like, each step with its own rounding (domain.md rule 22). */
function converted(
  from: Quantity,
  version: RateVersion,
  { meterUnit, conversions = [] }: Measuring,
  given: Given,
): Quantity {
  let { total } = from;
  const steps = [...from.steps];
  for (const { name, factor, roundTo: multiple, mode = version.rounding.mode } of conversions) {
    const before = total;
    const times = factor === undefined ? ONE : valueOf(factor, given);
    total = mul(total, times);
    if (multiple !== undefined) total = roundToMultiple(total, multiple, mode);
    const values = {
      quantity: decimal(before),
      factor: decimal(times),
      ...(multiple !== undefined && { roundTo: multiple, mode }),
      converted: decimal(total),
    };
    steps.push({
      rule: 'rule 22',
      text: name ?? `From ${meterUnit ?? version.unit ?? 'units'} to ${version.unit ?? 'units'}`,
      values,
    });
  }
  return { total, steps };
}
