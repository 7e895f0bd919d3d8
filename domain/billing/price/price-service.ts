import { compare, sub, sum, ZERO } from '../../rational';
import { decimal } from '../../step';
import type { FinalBillService } from '../final-bill';
import type { ExactCharge } from './charge-context';
import { amountOf, roundedAt, type OpenLine } from './open-lines';
import type { LimitOfCharges, PartCharges } from './service-charges';

/**
 * The lines of a service before percents and taxes; service is its index. Charges below their minimum get a top-up line,
 * those above their maximum a line that takes the rest off (domain.md rules 9 and 19).
 */
export function linesOf(service: FinalBillService, index: number, parts: PartCharges[]): OpenLine[] {
  const isSplit = parts.filter(({ isWhole }) => !isWhole).length > 1;
  const lines = parts.map((part, i) => {
    const at = { service: index, part: part.isWhole ? null : i };
    const own = part.charges.map((charge) => openLine(charge, service, part, at, isSplit && !part.isWhole));
    return part.isWhole ? own : withLimits(own, part, (limit) => openLine(limit, service, part, at, isSplit));
  });
  const whole = parts.find(({ isWhole }) => isWhole);
  if (!whole) return lines.flat();
  return withLimits(lines.flat(), whole, (limit) =>
    openLine(limit, service, whole, { service: index, part: null }, false),
  );
}

/** An exact charge as a line, rounded where its version rounds each. */
export function openLine(
  { exactCents, steps, name, taxed, rounding: own, chargeCode, ...rest }: ExactCharge,
  service: FinalBillService,
  { part }: PartCharges,
  at: Pick<OpenLine, 'service' | 'part'>,
  isSplit: boolean,
): OpenLine {
  const { rounding, taxes } = part.version;
  const { cents, steps: rounded } = roundedAt(exactCents, rounding, own);
  return {
    ...at,
    rounding,
    exactCents: cents,
    taxed,
    codes: [rest.code, ...(chargeCode === undefined ? [] : [chargeCode])],
    taxes: taxed && rest.kind !== 'TAX' ? taxes : [],
    line: {
      ...rest,
      agreementId: service.agreementId,
      serviceType: service.serviceType,
      name: isSplit ? `${name} ${part.from} to ${part.through}` : name,
      from: part.from,
      through: part.through,
      amountCents: amountOf(cents),
      steps: [...steps, ...rounded],
    },
  };
}

function withLimits(lines: OpenLine[], { limits }: PartCharges, open: (limit: ExactCharge) => OpenLine): OpenLine[] {
  return limits.reduce((all, limit) => {
    const line = limitLine(limit, open(limit.charge), all);
    return line ? [...all, line] : all;
  }, lines);
}

/** What the lines lack to reach the minimum, or have above the maximum, so that together they are exactly it. */
export function limitLine({ kind, of }: LimitOfCharges, limit: OpenLine, lines: OpenLine[]): OpenLine | null {
  const limited = lines.filter(({ line, codes }) =>
    of ? codes.some((code) => of.includes(code)) : line.kind !== 'TAX',
  );
  const charged = sum(limited.map(({ exactCents }) => exactCents));
  const exactCents = sub(limit.exactCents, charged);
  const direction = compare(exactCents, ZERO);
  if (direction !== (kind === 'MINIMUM' ? 1 : -1)) return null;
  const values = {
    [kind === 'MINIMUM' ? 'minimumCents' : 'maximumCents']: decimal(limit.exactCents),
    chargedCents: decimal(charged),
    cents: decimal(exactCents),
  };
  const text = kind === 'MINIMUM' ? 'Added to reach the minimum' : 'Taken off to keep to the maximum';
  const { line } = limit;
  return {
    ...limit,
    exactCents,
    line: { ...line, amountCents: amountOf(exactCents), steps: [...line.steps, { rule: 'rule 9', text, values }] },
  };
}
