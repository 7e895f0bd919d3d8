import { addDays, daysBetween, minDate } from '../dates';
import { sumCents, type Cents } from '../money';
import { sum, toDecimalString } from '../rational';
import type { FinalBillFacts, FinalBillFee, PricedBill } from './final-bill';
import { linesOf } from './price-service';
import { billedThrough } from './proration';
import { chargesOf, periodOf, type PartCharges } from './service-charges';
import { taxOn, type TaxableLine } from './tax';

export type { BillLine, FinalBillFacts, FinalBillFee, FinalBillService, PricedBill } from './final-bill';
export type { Step } from '../step';
export { refuseFinalBill } from './refuse-final-bill';

/**
 * Works out the final bill: charges service by service, then fees, then taxes; the total is the sum of the rounded
 * lines (domain.md rules 1 to 13 and 19). Needs a null refuseFinalBill.
 */
export function priceFinalBill(facts: FinalBillFacts): PricedBill {
  const parts = facts.services.map((service) => chargesOf(service, facts));
  const charges = facts.services.flatMap((service, i) => linesOf(service, i, parts[i] ?? []));
  const fees = facts.fees.map((fee) => feeLine(fee, facts, parts));
  const tax = taxOn([...charges, ...fees], facts.taxRounding);
  const lines = [...charges.map(({ line }) => line), ...fees.map(({ line }) => line), ...tax.lines];
  const services = facts.services.map(({ serviceType, agreementId }, i) => {
    const usages = (parts[i] ?? []).flatMap(({ usage }) => (usage ? [usage] : []));
    return {
      serviceType,
      agreementId,
      usage: usages.length > 0 ? toDecimalString(sum(usages), 12) : null,
      chargesCents: sumCents(charges.filter(({ service }) => service === i).map(({ line }) => line.amountCents)),
      taxCents: tax.byService.get(i) ?? 0,
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
): TaxableLine {
  const service = services.findIndex((each) => each.serviceType === serviceType);
  const version = parts[service]?.at(-1)?.part.version;
  const steps = [
    {
      rule: 'rule 13',
      text: 'A one-time fee, not prorated',
      values: { cents: `${amountCents}`, taxable: taxable ? 'yes' : 'no' },
    },
  ];
  return {
    line: { agreementId: null, serviceType, kind: 'FEE', code, name, quantity: null, unit: null, amountCents, steps },
    service,
    taxes: taxable ? (version?.taxes ?? []) : [],
    mode: version?.rounding.mode ?? 'HALF_UP',
  };
}
