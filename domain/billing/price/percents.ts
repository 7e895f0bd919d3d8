import { dollarsToCents } from '../../money';
import { compare, div, max, min, mul, ONE, rational, sub, sum, ZERO, type Rational } from '../../rational';
import { decimal, type Step } from '../../step';
import type { FinalBillFacts, FinalBillService } from '../final-bill';
import type { PercentCharge } from '../rate/charges';
import { valueOf, type Given } from '../rate/figures';
import { within } from './limits';
import { amountOf, roundedAt, type OpenLine } from './open-lines';
import { figureSteps } from './part-steps';
import type { PartCharges } from './service-charges';

/** A percent charge of a service: in one part of the period, or in all of it (part null). */
export interface AskedPercent {
  charge: PercentCharge;
  service: number;
  part: number | null;
  partCharges: PartCharges;
}

/**
 * The line of a percent charge on the lines that are there before it, null where it comes to nothing (domain.md rule 28).
 * An exempt account's tax is a line of 0 that says so.
 */
export function percentLine(asked: AskedPercent, lines: OpenLine[], facts: FinalBillFacts): OpenLine | null {
  const { charge, partCharges } = asked;
  const { version } = partCharges.part;
  const service = facts.services[asked.service] as FinalBillService;
  const { given } = partCharges;
  const base = baseOf(asked, lines, facts, service);
  // A penalty falls on nobody who owes nothing, whatever its least is.
  const { onlyAbove = charge.ofBalance ? '0' : undefined } = charge;
  if (onlyAbove !== undefined && compare(base.cents, dollarsToCents(valueOf(onlyAbove, given))) <= 0) return null;
  const portion = portionOf(charge, base.cents, given);
  const percent = valueOf(charge.percent, given);
  const rate = charge.grossUp ? div(percent, sub(rational(100n), percent)) : div(percent, rational(100n));
  const isExempt = charge.isTax === true && facts.taxExempt === true;
  const share = asked.part === null ? ONE : partCharges.part.share;
  const limited = within(mul(portion, rate), charge, given, share);
  const { cents, steps: rounded } = roundedAt(isExempt ? ZERO : limited.exactCents, version.rounding, charge.rounding);
  if (limited.exactCents.num === 0n) return null;
  const name = charge.name ?? 'Percent charge';
  const { part } = partCharges;
  const isSplit = asked.part !== null;
  const values = {
    percent: decimal(percent),
    on: base.codes.join(', '),
    baseCents: decimal(base.cents),
    portionCents: decimal(portion),
    ...(charge.grossUp && { grossUp: 'percent / (100 - percent)' }),
    exactCents: decimal(limited.exactCents),
  };
  const worked: Step = {
    rule: 'rule 28',
    text: `${decimal(percent)} percent of ${charge.ofBalance ? 'the balance past due' : 'these lines'}`,
    values,
  };
  const exempt: Step[] = isExempt ? [{ rule: 'rule 13', text: 'No tax: the account is tax exempt', values: {} }] : [];
  return {
    service: asked.service,
    part: asked.part,
    rounding: version.rounding,
    exactCents: cents,
    taxed: isTaxed(charge),
    codes: [charge.code ?? 'PERCENT'],
    taxes: charge.isTax || !isTaxed(charge) ? [] : version.taxes,
    line: {
      agreementId: service.agreementId,
      serviceType: service.serviceType,
      kind: charge.isTax ? 'TAX' : 'PERCENT',
      code: charge.code ?? 'PERCENT',
      name: isSplit ? `${name} ${part.from} to ${part.through}` : name,
      quantity: null,
      unit: null,
      amountCents: amountOf(cents),
      steps: [...figureSteps([charge.percent], given), worked, ...limited.steps, ...exempt, ...rounded],
    },
  };
}

/** No tax falls on a penalty unless the version says so. */
const isTaxed = ({ taxed, ofBalance = false }: PercentCharge): boolean => taxed ?? !ofBalance;

/** What the percent falls on, in cents, and the codes of those lines. */
function baseOf(
  { charge, service: index, part, partCharges }: AskedPercent,
  lines: OpenLine[],
  { pastDueCents = 0 }: FinalBillFacts,
  service: FinalBillService,
): { cents: Rational; codes: string[] } {
  const share = part === null ? ONE : partCharges.part.share;
  if (charge.ofBalance)
    return { cents: mul(rational(service.pastDueCents ?? pastDueCents), share), codes: ['PAST_DUE'] };
  const isOwn = (open: OpenLine) =>
    open.service === index || (open.line.kind === 'FEE' && open.line.serviceType === service.serviceType);
  const isOfService = (open: OpenLine) =>
    charge.services
      ? charge.services.includes('*') || charge.services.includes(open.line.serviceType ?? '')
      : isOwn(open);
  const isFee = ({ code }: OpenLine['line']) =>
    charge.fees?.includes('*') === true || charge.fees?.includes(code) === true;
  const isChosen = ({ line, codes, taxed }: OpenLine) => {
    if (line.kind === 'FEE') return isFee(line);
    if (charge.of) return codes.some((code) => charge.of?.includes(code));
    return !['TAX', 'PERCENT'].includes(line.kind) && (taxed || !charge.isTax);
  };
  const chosen = lines.filter(
    (open) => isOfService(open) && isChosen(open) && !open.codes.some((code) => charge.except?.includes(code)),
  );
  // A percent of one part falls on that part of what no part divides.
  const amounts = chosen.flatMap((open) => {
    if (part === null || (open.service === index && open.part === part)) return [open.exactCents];
    return open.service === index && open.part !== null ? [] : [mul(open.exactCents, share)];
  });
  return { cents: sum(amounts), codes: [...new Set(chosen.map(({ line }) => line.code))] };
}

/** The part of the base above one amount and up to another; all of it, also below zero, without either. */
function portionOf({ above, onFirst }: PercentCharge, base: Rational, given: Given): Rational {
  if (above === undefined && onFirst === undefined) return base;
  const upper = onFirst === undefined ? base : min(base, dollarsToCents(valueOf(onFirst, given)));
  return max(ZERO, sub(upper, above === undefined ? ZERO : dollarsToCents(valueOf(above, given))));
}
