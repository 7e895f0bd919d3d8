import type { FinalBillFacts, FinalBillService } from '../billing/price-final-bill';
import type { RateVersion } from '../billing/rate/rate-version';
import type { MeterSegment } from '../billing/usage/usage';
import { compare, parseRational } from '../rational';

/** What is known of a service now that its final bill was made without: null where the bill had it right. */
export interface ServiceCorrection {
  agreementId: number;
  /** The read that the first metered part begins with, and the one that the last ends with. */
  startValue: string | null;
  endValue: string | null;
  /** Whether the last read is an estimate. */
  estimated: boolean | null;
  rateVersions: RateVersion[] | null;
}

/**
 * The facts of a final bill with what is known better now; the rest stays as it was billed (domain.md rule 20). A part
 * that ends below its begin has rolled over: whether it may have is for the reads to say (rule 1).
 */
export function correctFacts(facts: FinalBillFacts, corrections: readonly ServiceCorrection[]): FinalBillFacts {
  const correct = (service: FinalBillService): FinalBillService => {
    const known = corrections.find(({ agreementId }) => agreementId === service.agreementId);
    if (!known) return service;
    return {
      ...service,
      segments: correctEnds(service.segments, known),
      estimated: known.estimated ?? service.estimated,
      rateVersions: known.rateVersions ?? service.rateVersions,
    };
  };
  return { ...facts, services: facts.services.map(correct) };
}

function correctEnds(segments: MeterSegment[], { startValue, endValue }: ServiceCorrection): MeterSegment[] {
  const last = segments.length - 1;
  return segments.map((segment, i) => {
    const start = i === 0 ? better(startValue, segment.startValue) : segment.startValue;
    const end = i === last ? better(endValue, segment.endValue) : segment.endValue;
    if (start === segment.startValue && end === segment.endValue) return segment;
    const rollover = isBelow(end, start) ? ('ACCEPTED' as const) : ('NONE' as const);
    return { ...segment, startValue: start, endValue: end, rollover };
  });
}

// The same value in other digits is no correction: what was billed keeps its text.
const better = (value: string | null, billed: string): string =>
  value === null || compare(parseRational(value), parseRational(billed)) === 0 ? billed : value;

const isBelow = (a: string, b: string): boolean => compare(parseRational(a), parseRational(b)) < 0;
