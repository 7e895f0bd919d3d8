import { addDays, type CivilDate } from '../../domain/dates';
import type { Caller } from './http';
import { today, type MeterShown, type People } from './office';

/** A rented place with its tenant: what a clerk looks up before a move-out. */
export interface Flat {
  locationNumber: string;
  accountNumber: string;
}

/** A place that nobody holds, with the one who had all of it last. */
export interface EmptyPlace extends Flat {
  customerNumber: string;
}

interface AgreementShown {
  accountNumber: string;
  accountRole: string;
  customerNumber: string;
  holds: boolean;
  status: string;
  startOn: CivilDate;
  endOn: CivilDate | null;
}

interface LocationShown {
  locationNumber: string;
  landlord: { lines: { decision: string }[] } | null;
  servicePoints: { serviceCode: string; meter: MeterShown | null; agreements: AgreementShown[] }[];
}

/** Whoever came later than this many days ago was set up by an earlier run. */
const SETTLED_DAYS = 30;

/** The next tenant who can leave; the demo town has some for each run. */
export async function nextFlat(people: People): Promise<Flat> {
  const before = addDays(await today(people), -SETTLED_DAYS);
  const flat = await firstPlace(people.cora, (place) => {
    const takenBack = place.landlord?.lines.some(({ decision }) => decision !== 'NEVER');
    return takenBack ? heldBy(place, 'TENANT', before) : null;
  });
  if (!flat) throw new Error('No tenant is left who could move out: start again with an empty data folder');
  return flat;
}

/** The next owner who can leave without anybody to take the services back. */
export async function nextHouse(people: People): Promise<Flat> {
  const before = addDays(await today(people), -SETTLED_DAYS);
  const house = await firstPlace(people.cora, (place) => (place.landlord ? null : heldBy(place, 'OWNER', before)));
  if (!house) throw new Error('No owner is left who could move out: start again with an empty data folder');
  return house;
}

/** The first place that nobody holds since before today, all of it left by one customer; null where there is none. */
export async function emptyPlace(people: People): Promise<EmptyPlace | null> {
  const now = await today(people);
  return firstPlace(people.cora, ({ locationNumber, servicePoints }) => {
    const last = servicePoints.map(({ agreements }) => agreements.find(({ status }) => status !== 'CANCELED'));
    const [leaver] = last;
    const left = last.every((each) => each && !each.holds && each.endOn !== null && each.endOn < now);
    if (!leaver || !left || last.some((each) => each?.accountNumber !== leaver.accountNumber)) return null;
    return { locationNumber, accountNumber: leaver.accountNumber, customerNumber: leaver.customerNumber };
  });
}

/** The place as the API shows it. */
export async function placeAt(clerk: Caller, locationNumber: string): Promise<LocationShown> {
  return (await clerk.get<LocationShown>(`/locations/${locationNumber}`)).body;
}

/** The first that is picked, in the order of the locations. */
async function firstPlace<T>(clerk: Caller, pick: (place: LocationShown) => T | null): Promise<T | null> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/locations?limit=25${cursor && `&cursor=${cursor}`}`;
    const { body } = await clerk.get<{ data: { locationNumber: string }[]; nextCursor: string | null }>(path);
    for (const { locationNumber } of body.data) {
      const picked = pick(await placeAt(clerk, locationNumber));
      if (picked) return picked;
    }
    cursor = body.nextCursor;
  }
  return null;
}

/** The one who has every service of the place since before this day. */
function heldBy({ locationNumber, servicePoints }: LocationShown, role: string, before: CivilDate): Flat | null {
  const holders = servicePoints.map((point) => point.agreements.find(({ holds }) => holds));
  const leaves = holders.every((each) => each?.accountRole === role && each.status === 'ACTIVE');
  const [holder] = holders;
  if (!leaves || !holder || holder.startOn >= before) return null;
  if (!servicePoints.every(({ meter }) => isPlain(meter))) return null;
  return { locationNumber, accountNumber: holder.accountNumber };
}

/** Near the end of its register a low read is a rollover, not a mistake, and so it is near its beginning. */
function isPlain(meter: MeterShown | null): boolean {
  const value = Number(meter?.lastRead?.value ?? 0);
  return !meter || (value > 100 && value < 0.8 * 10 ** meter.dials);
}
