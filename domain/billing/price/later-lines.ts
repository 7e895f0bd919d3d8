import { sum } from '../../rational';
import type { FinalBillFacts, FinalBillService } from '../final-bill';
import type { PercentCharge } from '../rate/charges';
import type { OpenLine } from './open-lines';
import { percentLine, type AskedPercent } from './percents';
import { limitLine, openLine } from './price-service';
import type { LimitOfCharges, PartCharges } from './service-charges';

/**
 * The lines with those that fall on other lines: service by service in the order of the version's list, each on what is
 * there before it (domain.md rules 9 and 28).
 */
export function withLaterLines(lines: OpenLine[], parts: PartCharges[][], facts: FinalBillFacts): OpenLine[] {
  const asked = parts.flatMap((of, service) => askedOf(of, service));
  return asked.reduce((all, each) => {
    const line =
      'percent' in each.charge ? percentLine(each as AskedPercent, all, facts) : lateLimit(each, all, parts, facts);
    return line ? insert(all, line) : all;
  }, lines);
}

interface Asked extends Omit<AskedPercent, 'charge'> {
  charge: PercentCharge | LimitOfCharges;
}

/** What is the same in all parts of the period falls on the lines of all of them, once; a limit always does. */
function askedOf(parts: PartCharges[], service: number): Asked[] {
  const divided = parts.filter(({ isWhole }) => !isWhole);
  const inAll = (charge: PercentCharge) =>
    divided.every(({ later }) =>
      later.some((other) => 'percent' in other && JSON.stringify(other) === JSON.stringify(charge)),
    );
  return parts.flatMap((partCharges, part) =>
    partCharges.later.flatMap((charge): Asked[] => {
      const whole = { charge, service, part: null, partCharges };
      if (partCharges.isWhole || parts.length === 1) return [whole];
      if (!('percent' in charge)) return isLast(charge, parts, part) ? [whole] : [];
      if (!inAll(charge)) return [{ ...whole, part }];
      return partCharges === divided.at(-1) ? [whole] : [];
    }),
  );
}

const isSame = (a: LimitOfCharges, b: PercentCharge | LimitOfCharges): b is LimitOfCharges =>
  !('percent' in b) && a.kind === b.kind && a.charge.code === b.charge.code;

const isLast = (limit: LimitOfCharges, parts: PartCharges[], part: number): boolean =>
  !parts.slice(part + 1).some(({ later }) => later.some((other) => isSame(limit, other)));

/** The limit of all parts together, on the lines of the services that it names. */
function lateLimit(
  asked: Asked,
  lines: OpenLine[],
  parts: PartCharges[][],
  { services }: FinalBillFacts,
): OpenLine | null {
  const limit = asked.charge as LimitOfCharges;
  const each = (parts[asked.service] ?? []).flatMap(({ later }) => later.filter((other) => isSame(limit, other)));
  const exactCents = sum(each.map(({ charge }) => charge.exactCents));
  const service = services[asked.service] as FinalBillService;
  const at = { service: asked.service, part: null };
  const open = openLine({ ...limit.charge, exactCents }, service, asked.partCharges, at, false);
  const named = limit.services;
  const limited = lines.filter(({ line, service: of }) => {
    if (line.kind === 'FEE') return false;
    return named ? named.includes('*') || named.includes(line.serviceType ?? '') : of === asked.service;
  });
  return limitLine(limit, open, limited);
}

/** A line belongs behind the last one of its service. */
function insert(lines: OpenLine[], line: OpenLine): OpenLine[] {
  const last = lines.findLastIndex(({ service, line: { kind } }) => service === line.service && kind !== 'FEE');
  const at =
    last >= 0
      ? last + 1
      : lines.filter(({ service, line: { kind } }) => service < line.service && kind !== 'FEE').length;
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}
