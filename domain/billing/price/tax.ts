import { largestRemainder, roundTogether } from '../../allocation';
import { roundToCents, sumCents, type Cents } from '../../money';
import {
  div,
  mul,
  parseRational,
  rational,
  RoundingMode,
  sum,
  toDecimalString,
  ZERO,
  type Rational,
} from '../../rational';
import type { Tax } from '../rate/rate-version';
import type { OpenLine, UnnumberedLine } from './open-lines';

/** Tax lines, and what each service (by index) bears of them, in cents: the two add up to the same. */
export interface TaxResult {
  lines: UnnumberedLine[];
  byService: Map<number, Cents>;
}

/**
 * The taxes of the versions on prorated, rounded lines (domain.md rule 13): a tax line per line and tax, or one per tax
 * code of the bill. Taxes that come to 0 have no line.
 */
export function taxOn(taxable: OpenLine[], taxRounding: 'PER_LINE' | 'PER_BILL'): TaxResult {
  const levies = taxable.flatMap(({ taxes, line, service, rounding: { mode } }) =>
    taxes.map((tax) => ({ ...{ line, service, mode, tax }, exactCents: exactTax(line.amountCents, tax) })),
  );
  const taxed = taxRounding === 'PER_LINE' ? levies.map((levy) => [levy]) : groupByCode(levies);
  const result: TaxResult = { lines: [], byService: new Map() };
  for (const group of taxed) {
    const cents = roundToCents(sum(group.map(({ exactCents }) => exactCents)), modeOf(group));
    if (cents === 0) continue;
    result.lines.push(taxLine(group, cents, taxRounding));
    const shares = sharesOf(cents, group);
    group.forEach(({ service }, i) =>
      result.byService.set(service, sumCents([result.byService.get(service) ?? 0, shares[i] ?? 0])),
    );
  }
  return result;
}

/** The line of an account that bears no tax: its working names the taxes that it would have borne. */
export function exemptFromTax(open: OpenLine): OpenLine {
  const { line, taxes } = open;
  if (taxes.length === 0) return open;
  const step = {
    rule: 'rule 13',
    text: 'No tax: the account is tax exempt',
    values: Object.fromEntries(taxes.map(({ code, percent }) => [code, `${percent} percent not charged`])),
  };
  return { ...open, taxes: [], line: { ...line, steps: [...line.steps, step] } };
}

/** A charge that is a tax itself, as it stands on the bill of an account that bears none. */
export function exemptTax(open: OpenLine): OpenLine {
  const { line } = open;
  if (line.kind !== 'TAX') return open;
  const values = { notChargedCents: toDecimalString(open.exactCents, 10) };
  const step = { rule: 'rule 13', text: 'No tax: the account is tax exempt', values };
  return { ...open, exactCents: ZERO, line: { ...line, amountCents: 0, steps: [...line.steps, step] } };
}

interface Levy {
  line: UnnumberedLine;
  service: number;
  mode: RoundingMode;
  tax: Tax;
  exactCents: Rational;
}

/** What each line bears of a tax; lines below 0, which are credits, take their part off. */
function sharesOf(cents: Cents, group: Levy[]): Cents[] {
  const exact = group.map(({ exactCents }) => exactCents);
  return exact.some(({ num }) => num < 0n) ? roundTogether(cents, exact) : largestRemainder(cents, exact);
}

const exactTax = (amountCents: Cents, { percent }: Tax): Rational =>
  div(mul(rational(amountCents), parseRational(percent)), rational(100n));

/** By code in the order of first appearance. A rate change may give one code two percents; each line keeps its own. */
function groupByCode(levies: Levy[]): Levy[][] {
  const codes = [...new Set(levies.map(({ tax }) => tax.code))];
  return codes.map((code) => levies.filter(({ tax }) => tax.code === code));
}

/** The mode all rate versions of the tax agree on, else the default of domain.md rule 19. */
function modeOf(group: Levy[]): RoundingMode {
  const modes = new Set(group.map(({ mode }) => mode));
  const [mode] = modes;
  return modes.size === 1 && mode ? mode : RoundingMode.HALF_UP;
}

function taxLine(group: Levy[], amountCents: Cents, taxRounding: 'PER_LINE' | 'PER_BILL'): UnnumberedLine {
  const [first] = group as [Levy];
  const perLine = taxRounding === 'PER_LINE';
  const steps = group.map(({ line, tax, exactCents }) => ({
    rule: 'rule 13',
    text: `${tax.percent} percent of ${line.name}`,
    values: { taxableCents: `${line.amountCents}`, percent: tax.percent, exactCents: toDecimalString(exactCents, 10) },
  }));
  const mode = modeOf(group);
  return {
    agreementId: perLine ? first.line.agreementId : null,
    serviceType: perLine ? first.line.serviceType : null,
    kind: 'TAX',
    code: first.tax.code,
    name: perLine ? `${first.tax.name} on ${first.line.name}` : first.tax.name,
    quantity: null,
    unit: null,
    amountCents,
    steps: [...steps, { rule: 'rule 19', text: `Rounded once, ${mode}`, values: { mode, cents: `${amountCents}` } }],
  };
}
