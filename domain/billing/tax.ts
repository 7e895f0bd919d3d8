import { largestRemainder } from '../allocation';
import { roundToCents, sumCents, type Cents } from '../money';
import { div, mul, parseRational, rational, RoundingMode, sum, toDecimalString, type Rational } from '../rational';
import type { BillLine } from './final-bill';
import type { Tax } from './rate-version';

/** A bill line before the lines are put in order and numbered. */
export type UnnumberedLine = Omit<BillLine, 'lineNo'>;

/**
 * A line with the taxes it bears and the rounding mode of their rate version; service is its index among the bill's
 * services.
 */
export interface TaxableLine {
  line: UnnumberedLine;
  service: number;
  taxes: Tax[];
  mode: RoundingMode;
}

/** Tax lines, and what each service (by index) bears of them, in cents: the two add up to the same. */
export interface TaxResult {
  lines: UnnumberedLine[];
  byService: Map<number, Cents>;
}

/**
 * Taxes on prorated, rounded lines (domain.md rule 13): a tax line per line and tax, or one per tax code of the bill.
 * Taxes that come to 0 have no line.
 */
export function taxOn(taxable: TaxableLine[], taxRounding: 'PER_LINE' | 'PER_BILL'): TaxResult {
  const levies = taxable.flatMap(({ taxes, ...rest }) =>
    taxes.map((tax) => ({ ...rest, tax, exactCents: exactTax(rest.line.amountCents, tax) })),
  );
  const taxed = taxRounding === 'PER_LINE' ? levies.map((levy) => [levy]) : groupByCode(levies);
  const result: TaxResult = { lines: [], byService: new Map() };
  for (const group of taxed) {
    const cents = roundToCents(sum(group.map(({ exactCents }) => exactCents)), modeOf(group));
    if (cents === 0) continue;
    result.lines.push(taxLine(group, cents, taxRounding));
    const shares = largestRemainder(
      cents,
      group.map(({ exactCents }) => exactCents),
    );
    group.forEach(({ service }, i) =>
      result.byService.set(service, sumCents([result.byService.get(service) ?? 0, shares[i] ?? 0])),
    );
  }
  return result;
}

interface Levy {
  line: UnnumberedLine;
  service: number;
  mode: RoundingMode;
  tax: Tax;
  exactCents: Rational;
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
