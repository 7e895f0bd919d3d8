import { addMonths, daysBetween, type CivilDate } from '../../domain/dates';
import { dayOfCycle, lastReadOn, MONTHS_READ } from './calendar';
import type { Home } from './homes';
import type { Occupancy } from './occupancies';
import { chance, pick, type Random } from './random';
import type { Metered } from './services';

type Cells = Record<string, string>;

/** The rows of meters.csv and reads.csv. */
export interface Metering {
  meters: Cells[];
  reads: Cells[];
}

interface Register {
  dials: number;
  multiplier: number;
  unit: string;
  /** What a holder uses in a day, in register units. */
  perDay: (holder: Occupancy) => number;
  /** Months since it was exchanged for a new meter; 0 is the cycle that runs now. */
  exchangedMonthsAgo: number | null;
  /** The month in which it passed its maximum, or is about to. */
  turns: 'NEVER' | 'SOON' | number;
}

/** Exchanges lie on a day on which nobody moves. */
const EXCHANGE_DAY = 20;
const RECENT = 0;

/** The meters of a home with two years of reads, and one on each day that somebody moved. */
export function meterHome(random: Random, home: Home, here: Occupancy[], into: Metering): void {
  for (const service of ['WATER', 'ELECTRIC'] as const) {
    const register = service === 'WATER' ? water(home) : electric(home);
    meterPoint(
      random,
      { home, service, here: here.filter(({ services }) => services.includes(service)) },
      register,
      into,
    );
  }
}

// Which home has what is by its place, so that every town of some size has one of each.
function water({ index }: Home): Register {
  // A small old register that is about to pass its maximum.
  const old = index === 2;
  return {
    ...{ dials: old ? 4 : 6, multiplier: old ? 10 : 1, unit: 'gal' },
    perDay: ({ gallonsPerDay }) => (old ? 2 : gallonsPerDay),
    exchangedMonthsAgo: old ? null : exchange(index, 5),
    turns: old ? 'SOON' : 'NEVER',
  };
}

function electric({ index, kind }: Home): Register {
  const multiplier = kind === 'SHOP' ? 10 : 1;
  return {
    ...{ dials: 5, multiplier, unit: 'kWh', perDay: ({ kwhPerDay }) => kwhPerDay / multiplier },
    ...{ exchangedMonthsAgo: exchange(index, 17), turns: index % 61 === 11 ? 1 + (index % 9) : 'NEVER' },
  };
}

/** One home in 40 got a new meter; some of them since the last bill, where the cycle leaves time for it. */
function exchange(index: number, at: number): number | null {
  if (index % 40 !== at) return null;
  return index % 3 === 0 ? RECENT : 1 + (index % (MONTHS_READ - 4));
}

interface Point {
  home: Home;
  service: Metered;
  here: Occupancy[];
}

function meterPoint(random: Random, { home, service, here }: Point, register: Register, into: Metering): void {
  const place = { location_number: locationNumber(home), service };
  const { dials, multiplier, unit } = register;
  const kept = { dials: `${dials}`, multiplier: `${multiplier}`, unit };
  const number = home.index * 2 + (service === 'WATER' ? 1 : 2);
  const serial = `${service.slice(0, 1)}-${100_000 + number}`;
  const cycles = Array.from({ length: MONTHS_READ }, (_, monthsAgo) => addMonths(lastReadOn(home.cycle), -monthsAgo));
  const days = [...new Set([...cycles, ...here.flatMap(({ startOn, endOn }) => [startOn, ...(endOn ? [endOn] : [])])])];
  const exchangedOn = exchangeDay(home, register);
  days.sort();
  const [firstDay = ''] = days;
  const installed = addMonths(firstDay, -random(6, 110));
  const before = exchangedOn ? [...days.filter((day) => day < exchangedOn), exchangedOn] : days;
  into.meters.push({
    serial,
    ...kept,
    ...place,
    installed_on: installed,
    ...(exchangedOn && { removed_on: exchangedOn }),
  });
  read(serial, before, startOf(before));
  if (!exchangedOn) return;
  const next = `${service.slice(0, 1)}-${700_000 + number}`;
  into.meters.push({ serial: next, ...kept, ...place, installed_on: exchangedOn });
  read(next, [exchangedOn, ...days.filter((day) => day > exchangedOn)], () => pick(random, [12, 40, 115]));

  function startOf(list: CivilDate[]): (used: number[]) => number {
    return (used) => firstValue(random, register, used, list.length - 1);
  }

  function read(meter: string, list: CivilDate[], first: (used: number[]) => number): void {
    const used = list.map((day, i) => (i === 0 ? 0 : usedBetween(random, here, register, list[i - 1] ?? day, day)));
    let value = first(used);
    for (const [i, day] of list.entries()) {
      const sum = value + (used[i] ?? 0);
      const rolled = sum >= 10 ** dials;
      value = rolled ? sum - 10 ** dials : sum;
      const source = cycles.includes(day) && chance(random, 2) ? pick(random, ['ESTIMATED', 'CUSTOMER']) : 'ACTUAL';
      into.reads.push({ meter, read_on: day, value: `${value}`, source, ...(rolled && { rollover: 'true' }) });
    }
  }
}

/** The location number of a home. */
export const locationNumber = ({ index }: Home): string => `L${String(index + 1).padStart(6, '0')}`;

function exchangeDay({ cycle }: Home, { exchangedMonthsAgo: months }: Register): CivilDate | null {
  if (months === null) return null;
  // Of the cycle that runs now not enough days are gone in the others.
  const recent = months === RECENT && (cycle === 'C3' || cycle === 'C4');
  return dayOfCycle(cycle, recent ? 0 : Math.max(months, 1), EXCHANGE_DAY);
}

/** What a register shows on its first day, so that it turns when it is to turn, and not before. */
function firstValue(random: Random, { dials, turns }: Register, used: number[], last: number): number {
  const size = 10 ** dials;
  const usedTo = (i: number) => used.slice(0, i + 1).reduce((sum, each) => sum + each, 0);
  if (turns === 'SOON') return Math.max(0, size - 15 - usedTo(last));
  if (turns !== 'NEVER') return Math.max(0, size - 30 - usedTo(last - turns));
  return random(Math.round(size / 50), Math.max(Math.round(size / 40), Math.round(size * 0.6) - usedTo(last)));
}

/** A day's use varies by 15 percent. */
function usedBetween(random: Random, here: Occupancy[], register: Register, from: CivilDate, to: CivilDate): number {
  const known = here.find(({ startOn, endOn }) => startOn <= from && (endOn === null || from < endOn));
  // Whoever lived there before the records begin lived like the first on record.
  const holder = known ?? here.find(({ startOn }) => from < startOn && here[0]?.startOn === startOn);
  return holder ? Math.round((daysBetween(from, to) * register.perDay(holder) * random(85, 115)) / 100) : 0;
}
