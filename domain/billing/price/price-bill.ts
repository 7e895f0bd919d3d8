import { addDays, daysBetween, minDate } from '../../dates';
import { sumCents, type Cents } from '../../money';
import { rational, sum, toDecimalString } from '../../rational';
import { MANUAL_ADJUSTMENT, type FinalBillFacts, type FinalBillFee, type PricedBill } from '../final-bill';
import { roundTotals, type OpenLine } from './open-lines';
import { withLaterLines } from './later-lines';
import { linesOf } from './price-service';
import { billedThrough } from './proration';
import { periodOf } from './charge-contexts';
import { chargesOf, type PartCharges } from './service-charges';
import { exemptFromTax, exemptTax, taxOn } from './tax';

/**
 * Works out a bill: charges service by service, then fees, then taxes; the total is the sum of the rounded
 * lines (domain.md rules 1 to 13, 19 and 21 to 28). An exempt account bears no tax. Needs a null refuseFinalBill.
 */
export function priceBill(facts: FinalBillFacts): PricedBill {
  const parts = facts.services.map((service) => chargesOf(service, facts));
  const priced = facts.services.flatMap((service, i) => linesOf(service, i, parts[i] ?? []));
  const charges = facts.taxExempt ? priced.map(exemptTax) : priced;
  const fees = facts.fees.map((fee) => feeLine(fee, facts, parts));
  const exact = withLaterLines([...charges, ...fees], parts, facts);
  const open = roundTotals(exact).map((line) => (facts.taxExempt ? exemptFromTax(line) : line));
  const tax = taxOn(open, facts.taxRounding);
  const lines = [...open.map(({ line }) => line), ...tax.lines];
  const services = facts.services.map(({ serviceType, agreementId }, i) => {
    const usages = (parts[i] ?? []).flatMap(({ usage }) => (usage ? [usage] : []));
    const own = open.filter(({ service, line }) => service === i && line.kind !== 'FEE').map(({ line }) => line);
    const centsOf = (isTax: boolean) =>
      sumCents(own.filter(({ kind }) => (kind === 'TAX') === isTax).map(({ amountCents }) => amountCents));
    return {
      serviceType,
      agreementId,
      usage: usages.length > 0 ? toDecimalString(sum(usages), 12) : null,
      chargesCents: centsOf(false),
      taxCents: sumCents([centsOf(true), tax.byService.get(i) ?? 0]),
    };
  });
  return {
    ...daysOf(facts),
    estimated: facts.services.some(({ estimated }) => estimated),
    totalCents: sumCents(lines.map(({ amountCents }): Cents => amountCents)),
    lines: lines.map((line, i) => ({ lineNo: i + 1, ...line })),
    services,
  };
}

/** The stretch from the first day any service is billed for to the last. */
function daysOf(facts: FinalBillFacts): Pick<PricedBill, 'from' | 'through' | 'days'> {
  const through = billedThrough(facts.stopOn, facts.handoverDayTo);
  const lastBilled = minDate(through, ...facts.services.map((service) => periodOf(service, facts).lastBilledThrough));
  return { from: addDays(lastBilled, 1), through, days: daysBetween(lastBilled, through) };
}

/** A fee bears the taxes its service has at the end of the period, when the fee arises (domain.md rule 13). */
function feeLine(
  { code, name, serviceType, amountCents, taxable }: FinalBillFee,
  { services }: FinalBillFacts,
  parts: PartCharges[][],
): OpenLine {
  const service = services.findIndex((each) => each.serviceType === serviceType);
  const version = parts[service]?.at(-1)?.part.version;
  const steps = [
    {
      rule: 'rule 13',
      text:
        code === MANUAL_ADJUSTMENT ? 'An amount that was added by hand, and approved' : 'A one-time fee, not prorated',
      values: { cents: `${amountCents}`, taxable: taxable ? 'yes' : 'no' },
    },
  ];
  return {
    line: { agreementId: null, serviceType, kind: 'FEE', code, name, quantity: null, unit: null, amountCents, steps },
    service,
    part: null,
    // A fee is whole cents: no total has anything of it to round.
    rounding: { mode: version?.rounding.mode ?? 'HALF_UP', place: 'LINE' },
    exactCents: rational(amountCents),
    taxed: taxable,
    codes: [code],
    taxes: taxable ? (version?.taxes ?? []) : [],
  };
}
