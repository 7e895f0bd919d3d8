import { roundTogether } from '../../allocation';
import { roundToCents, type Cents } from '../../money';
import { rational, roundToMultiple, sum, type Rational } from '../../rational';
import { decimal, type Step } from '../../step';
import type { BillLine } from '../final-bill';
import type { LineRounding } from '../rate/charges';
import type { Rounding, Tax } from '../rate/rate-version';

/** A bill line before the lines are put in order and numbered. */
export type UnnumberedLine = Omit<BillLine, 'lineNo'>;

/**
 * A line while the bill is being worked out. service is its index among the bill's services, part that of its part of
 * the period, null where no part divides it; exactCents is rounded already where the version rounds each line. taxes are
 * those of its version that fall on it.
 */
export interface OpenLine {
  line: UnnumberedLine;
  service: number;
  part: number | null;
  rounding: Rounding;
  exactCents: Rational;
  /** What `of` and `except` of other charges may name it by. */
  codes: string[];
  /** False: no tax falls on it that does not name it. */
  taxed: boolean;
  taxes: Tax[];
}

/** An amount at the place where the version or the charge itself rounds (domain.md rules 19 and 21): here, or later. */
export function roundedAt(
  exactCents: Rational,
  rounding: Rounding,
  own?: LineRounding,
): { cents: Rational; steps: Step[] } {
  if (rounding.place !== 'LINE' && !own) return { cents: exactCents, steps: [] };
  const { mode, toCents = 1 } = own ? { mode: rounding.mode, ...own } : rounding;
  const cents = roundToMultiple(exactCents, `${toCents}`, mode);
  const values = {
    exactCents: decimal(exactCents),
    mode,
    ...(toCents !== 1 && { toCents: `${toCents}` }),
    cents: decimal(cents),
  };
  return { cents, steps: [{ rule: 'rule 19', text: `Rounded once, ${mode}`, values }] };
}

/** Cents of an exact amount, cut for a line whose rounding is still to come. */
export const amountOf = (exactCents: Rational): Cents => roundToCents(exactCents, 'HALF_UP');

/**
 * Rounds the lines of the versions that round their service's total or the bill's: the total once, its cents spread over
 * the lines so that they add up to it; where it is rounded to a coin of several cents, a line of its own has the
 * difference (domain.md rule 21).
 */
export function roundTotals(lines: OpenLine[]): OpenLine[] {
  const groups = new Map<string, OpenLine[]>();
  for (const open of lines) {
    const { place } = open.rounding;
    if (place === 'LINE') continue;
    const key = place === 'BILL' ? 'BILL' : `${open.service}`;
    groups.set(key, [...(groups.get(key) ?? []), open]);
  }
  const rounded = new Map<OpenLine, OpenLine[]>();
  for (const group of groups.values()) {
    const { lines: inCents, coin } = roundGroup(group);
    group.forEach((open, i) => rounded.set(open, [inCents[i] as OpenLine]));
    const last = group.at(-1) as OpenLine;
    if (coin) rounded.set(last, [...(rounded.get(last) ?? []), coin]);
  }
  return lines.flatMap((open) => rounded.get(open) ?? [open]);
}

function roundGroup(group: OpenLine[]): { lines: OpenLine[]; coin: OpenLine | null } {
  const last = group.at(-1) as OpenLine;
  const { mode, place, toCents = 1 } = last.rounding;
  const exact = sum(group.map(({ exactCents }) => exactCents));
  const total = amountOf(roundToMultiple(exact, `${toCents}`, mode));
  const inCents = toCents === 1 ? total : roundToCents(exact, mode);
  const shares = roundTogether(
    inCents,
    group.map(({ exactCents }) => exactCents),
  );
  const lines = group.map((open, i) => {
    const cents = shares[i] ?? 0;
    const values = { exactCents: decimal(open.exactCents), mode, place, totalCents: `${inCents}`, cents: `${cents}` };
    const step: Step = { rule: 'rule 21', text: `Rounded once at the ${place.toLowerCase()}, ${mode}`, values };
    const line = { ...open.line, amountCents: cents, steps: [...open.line.steps, step] };
    return { ...open, exactCents: rational(cents), line };
  });
  return { lines, coin: total === inCents ? null : coinLine(last, total - inCents, { exact, total }) };
}

function coinLine(last: OpenLine, cents: Cents, { exact, total }: { exact: Rational; total: Cents }): OpenLine {
  const { mode, place, toCents = 1 } = last.rounding;
  const values = { exactCents: decimal(exact), mode, toCents: `${toCents}`, totalCents: `${total}` };
  const { agreementId, serviceType } = last.line;
  return {
    ...last,
    ...{ part: null, exactCents: rational(cents), codes: ['ROUNDING'], taxed: false, taxes: [] },
    line: {
      ...{ agreementId, serviceType, kind: 'ROUNDING', code: 'ROUNDING', name: 'Rounding', quantity: null, unit: null },
      amountCents: cents,
      steps: [{ rule: 'rule 21', text: `The ${place.toLowerCase()} is rounded to ${toCents} cents`, values }],
    },
  };
}
