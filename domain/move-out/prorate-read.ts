import { daysBetween, type CivilDate } from '../dates';
import { add, compare, div, mul, parseRational, rational, sub, toDecimalString, roundTo } from '../rational';

/** A read at a date; the value in register units, a decimal string of up to 3 places. */
export interface DatedRead {
  readOn: CivilDate;
  value: string;
}

/**
 * The read of a day between two reads, along a straight line, to 3 places: r(d) = r0 + (r1 - r0) * (d - d0) / (d1 - d0)
 * (domain.md rule 4; its source is SYSTEM_PRORATED). Needs d0 <= d < d1; a rolled-over register adds 10^dials to r1.
 */
export function prorateRead(before: DatedRead, after: DatedRead, day: CivilDate, dials: number): string {
  const modulus = rational(10n ** BigInt(dials));
  const r0 = parseRational(before.value);
  const read = parseRational(after.value);
  const r1 = compare(read, r0) < 0 ? add(read, modulus) : read;
  const share = div(rational(daysBetween(before.readOn, day)), rational(daysBetween(before.readOn, after.readOn)));
  const exact = add(r0, mul(sub(r1, r0), share));
  const onRegister = compare(exact, modulus) >= 0 ? sub(exact, modulus) : exact;
  return toDecimalString(roundTo(onRegister, 3, 'HALF_UP'), 3);
}
