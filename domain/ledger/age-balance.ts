import { compareCodes } from '../allocation';
import { daysBetween, type CivilDate } from '../dates';
import { sumCents, type Cents } from '../money';

/** What one journal entry moved on what an account owes for one service: a debt is positive, what pays it negative. */
export interface Movement {
  entryId: number;
  /** Null for money that is for no service. */
  serviceCode: string | null;
  amountCents: Cents;
  dueOn: CivilDate;
  /** The entry that this one takes back: the two are one debt, or one credit. */
  takesBackId: number | null;
}

/** How old a debt is: not yet past due, or past due for so many days. */
const AGES = [
  { name: 'currentCents', throughDays: 0 },
  { name: 'days1To30Cents', throughDays: 30 },
  { name: 'days31To60Cents', throughDays: 60 },
  { name: 'days61To90Cents', throughDays: 90 },
  { name: 'over90DaysCents', throughDays: Infinity },
] as const;

/** A balance by age. The ages less the credit that pays none of them are the balance. */
export type Aged = Record<(typeof AGES)[number]['name'] | 'unappliedCreditCents' | 'balanceCents', Cents>;

/** What an account owes by age, and for each service with anything open. */
export interface AgedBalance {
  services: (Aged & { serviceCode: string | null })[];
  total: Aged;
}

/**
 * Works out how old what an account owes is on a day. A payment is of the services that it was posted to; within a service
 * it pays what was due first. A credit of one service pays nothing of another: only an entry does that (domain.md rule 16).
 */
export function ageBalance(movements: readonly Movement[], on: CivilDate): AgedBalance {
  const codes = [...new Set(movements.map(({ serviceCode }) => serviceCode))];
  const services = codes
    .sort((a, b) => compareCodes(a ?? '', b ?? ''))
    .map((code) => ({
      serviceCode: code,
      ...ageService(
        movements.filter((each) => each.serviceCode === code),
        on,
      ),
    }))
    .filter((aged) => aged.balanceCents !== 0 || aged.unappliedCreditCents !== 0);
  return { services, total: sumAged(services) };
}

function ageService(movements: Movement[], on: CivilDate): Aged {
  const nets = netByEntry(movements);
  const debts = nets
    .filter(({ cents }) => cents > 0)
    .sort((a, b) => compareCodes(a.dueOn, b.dueOn) || a.entryId - b.entryId);
  let creditCents = sumCents(nets.filter(({ cents }) => cents < 0).map(({ cents }) => -cents));
  const aged = nothing();
  for (const { dueOn, cents } of debts) {
    const paidCents = Math.min(creditCents, cents);
    creditCents -= paidCents;
    aged[ageOf(dueOn, on)] += cents - paidCents;
  }
  aged.unappliedCreditCents = creditCents;
  aged.balanceCents = sumCents(movements.map(({ amountCents }) => amountCents));
  return aged;
}

/**
 * Each debt or credit with what was taken back of it; it is due when it was at first, and where only what takes it back is of
 * this service, when the earliest of that is.
 */
function netByEntry(movements: Movement[]): { entryId: number; dueOn: CivilDate; cents: Cents }[] {
  const nets = new Map<number, { entryId: number; dueOn: CivilDate; cents: Cents }>();
  const firstOnesFirst = [...movements].sort(
    (a, b) =>
      Number(a.takesBackId !== null) - Number(b.takesBackId !== null) ||
      compareCodes(a.dueOn, b.dueOn) ||
      a.entryId - b.entryId,
  );
  for (const { entryId: ownId, takesBackId, dueOn, amountCents } of firstOnesFirst) {
    const entryId = takesBackId ?? ownId;
    const net = nets.get(entryId) ?? { entryId, dueOn, cents: 0 };
    nets.set(entryId, { ...net, cents: sumCents([net.cents, amountCents]) });
  }
  return [...nets.values()];
}

function ageOf(dueOn: CivilDate, on: CivilDate): (typeof AGES)[number]['name'] {
  const pastDue = daysBetween(dueOn, on);
  return AGES.find(({ throughDays }) => pastDue <= throughDays)?.name ?? 'over90DaysCents';
}

const nothing = (): Aged => ({
  ...{ currentCents: 0, days1To30Cents: 0, days31To60Cents: 0, days61To90Cents: 0, over90DaysCents: 0 },
  ...{ unappliedCreditCents: 0, balanceCents: 0 },
});

function sumAged(all: readonly Aged[]): Aged {
  const total = nothing();
  for (const name of Object.keys(total) as (keyof Aged)[]) total[name] = sumCents(all.map((aged) => aged[name]));
  return total;
}
