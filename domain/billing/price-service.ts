import { roundToCents, sumCents } from '../money';
import { toDecimalString } from '../rational';
import type { FinalBillService } from './final-bill';
import type { ExactCharge, PartCharges } from './service-charges';
import type { TaxableLine, UnnumberedLine } from './tax';

/**
 * The lines of a service, each rounded once; service is its index. A part below its minimum gets a top-up line
 * (domain.md rules 9 and 19).
 */
export function linesOf(service: FinalBillService, index: number, parts: PartCharges[]): TaxableLine[] {
  return parts.flatMap((part) => {
    const { version } = part.part;
    const lines = part.charges.map((charge) => roundedLine(charge, service, part, parts.length > 1));
    const topUp = part.minimum && topUpLine(roundedLine(part.minimum, service, part, parts.length > 1), lines);
    return [...lines, ...(topUp ? [topUp] : [])].map((line) => ({
      line,
      service: index,
      taxes: version.taxes,
      mode: version.rounding.mode,
    }));
  });
}

function roundedLine(
  charge: ExactCharge,
  service: FinalBillService,
  { part }: PartCharges,
  isSplit: boolean,
): UnnumberedLine {
  const { exactCents, steps, name, ...rest } = charge;
  const { mode } = part.version.rounding;
  const amountCents = roundToCents(exactCents, mode);
  const values = { exactCents: toDecimalString(exactCents, 10), mode, cents: `${amountCents}` };
  return {
    ...rest,
    agreementId: service.agreementId,
    serviceType: service.serviceType,
    name: isSplit ? `${name} ${part.from} to ${part.through}` : name,
    from: part.from,
    through: part.through,
    amountCents,
    steps: [...steps, { rule: 'rule 19', text: `Rounded once, ${mode}`, values }],
  };
}

/** What the lines lack to reach the minimum, so that together they are exactly the minimum; null when they reach it. */
function topUpLine(minimum: UnnumberedLine, lines: UnnumberedLine[]): UnnumberedLine | null {
  const charged = sumCents(lines.map(({ amountCents }) => amountCents));
  const amountCents = minimum.amountCents - charged;
  if (amountCents <= 0) return null;
  const values = { minimumCents: `${minimum.amountCents}`, chargedCents: `${charged}`, cents: `${amountCents}` };
  return {
    ...minimum,
    amountCents,
    steps: [...minimum.steps, { rule: 'rule 9', text: 'Added to reach the minimum', values }],
  };
}
