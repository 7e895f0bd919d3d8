import { addDays, compareDates, maxDate, type CivilDate } from '../dates';

/** A read in force of a meter while it was at the point; `installation` numbers the meters there in their order. */
export interface PointRead {
  id: number;
  installation: number;
  readOn: CivilDate;
  value: string;
  rollover: boolean;
  dials: number;
  multiplier: string;
}

/** Who has, or had, the service of a point: an agreement that has begun. */
export interface PointHolder {
  agreementId: number;
  startOn: CivilDate;
  endOn: CivilDate | null;
  startReadId: number | null;
  stopReadId: number | null;
  hasLeft: boolean;
}

/** Days between holders, both included, that are nobody's, and what ran through the meter in them. */
export interface UnassignedDays {
  /** Whoever left before them. */
  afterAgreementId: number;
  from: CivilDate;
  through: CivilDate;
  /** Nobody has begun since. */
  isOpen: boolean;
  /** In the unit of the meter; null where no read tells. */
  usage: string | null;
  /** What ran after the supply had been turned off; null where it was not, or no read tells. */
  usageAfterShutOff: string | null;
}

/** One service point: its reads in their order, its holders in that of their chain, and when its supply was turned off. */
export interface PointHistory {
  reads: readonly PointRead[];
  holders: readonly PointHolder[];
  shutOffOn: readonly CivilDate[];
  handoverDayTo: 'OUTGOING' | 'INCOMING';
  today: CivilDate;
}

/** The scale of exact sums: three decimals of a read times six of a multiplier. */
const SCALE = 1_000_000_000n;

/** The days between holders that are nobody's, with their usage (design.md decision 11). */
export function unassignedDays(history: PointHistory): UnassignedDays[] {
  const at = positionsOf(history.reads);
  const { holders, handoverDayTo, today } = history;
  return holders.flatMap((leaver, i) => {
    if (!leaver.hasLeft || leaver.endOn === null) return [];
    const next = holders[i + 1] ?? null;
    const from = handoverDayTo === 'OUTGOING' ? addDays(leaver.endOn, 1) : leaver.endOn;
    const through = next ? addDays(next.startOn, -1) : today;
    if (compareDates(from, through) > 0) return [];
    const last = next ? next.startReadId : (history.reads.at(-1)?.id ?? null);
    const [begin, end] = [positionAt(at, leaver.stopReadId), positionAt(at, last)];
    const off = history.shutOffOn.filter((day) => day >= (leaver.endOn ?? day) && day <= through).at(0);
    const atOff = off === undefined ? null : positionOn(history.reads, at, maxDate(off, leaver.endOn));
    const days = { afterAgreementId: leaver.agreementId, from, through, isOpen: next === null };
    return [{ ...days, usage: between(begin, end), usageAfterShutOff: between(atOff, end) }];
  });
}

/**
 * What ran through the meters of a point since its first holder began, less what its holders and the days between them
 * have: null where it adds up, or the reads do not tell.
 */
export function lostUsage(history: PointHistory): string | null {
  const at = positionsOf(history.reads);
  const { holders, reads } = history;
  const last = reads.at(-1)?.id ?? null;
  const [first] = holders;
  const whole = difference(positionAt(at, first?.startReadId ?? null), positionAt(at, last));
  const parts = holders.map((holder) =>
    difference(positionAt(at, holder.startReadId), positionAt(at, holder.hasLeft ? holder.stopReadId : last)),
  );
  const gaps = holders.map((holder, i) => {
    const next = holders[i + 1];
    if (!holder.hasLeft || (next && next.startOn === holder.endOn)) return 0n;
    return difference(positionAt(at, holder.stopReadId), positionAt(at, next ? next.startReadId : last));
  });
  const all = [...parts, ...gaps];
  if (whole === null || all.some((part) => part === null)) return null;
  const lost = all.reduce<bigint>((sum, part) => sum - (part ?? 0n), whole);
  return lost === 0n ? null : decimalOf(lost);
}

/** How much had run through the point at each read, since its first. */
function positionsOf(reads: readonly PointRead[]): Map<number, bigint> {
  const positions = new Map<number, bigint>();
  let position = 0n;
  for (const [i, read] of reads.entries()) {
    const before = reads[i - 1];
    if (before?.installation === read.installation) {
      const turned = read.rollover ? 10n ** BigInt(read.dials) * 1000n : 0n;
      position += (scaled(read.value, 3) - scaled(before.value, 3) + turned) * scaled(read.multiplier, 6);
    }
    positions.set(read.id, position);
  }
  return positions;
}

const positionAt = (at: Map<number, bigint>, readId: number | null): bigint | null =>
  readId === null ? null : (at.get(readId) ?? null);

/** What had run by a day: that of the last read up to it. */
function positionOn(reads: readonly PointRead[], at: Map<number, bigint>, day: CivilDate): bigint | null {
  const last = reads.filter(({ readOn }) => readOn <= day).at(-1);
  return positionAt(at, last?.id ?? null);
}

const difference = (from: bigint | null, to: bigint | null): bigint | null =>
  from === null || to === null ? null : to - from;

function between(from: bigint | null, to: bigint | null): string | null {
  const used = difference(from, to);
  return used === null ? null : decimalOf(used);
}

function scaled(decimal: string, places: number): bigint {
  const [whole = '0', part = ''] = decimal.split('.');
  return BigInt(whole + part.padEnd(places, '0').slice(0, places));
}

function decimalOf(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const part = String(size % SCALE)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${size / SCALE}${part ? `.${part}` : ''}`;
}
