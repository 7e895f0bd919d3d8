import type { Caller } from './http';
import type { MeterShown, People } from './office';

/** A rented place with its tenant: what a clerk looks up before a move-out. */
export interface Flat {
  locationNumber: string;
  accountNumber: string;
}

interface LocationShown {
  locationNumber: string;
  landlord: { lines: { decision: string }[] } | null;
  servicePoints: {
    meter: MeterShown | null;
    agreements: { accountNumber: string; accountRole: string; holds: boolean; status: string }[];
  }[];
}

/** The next tenant who can leave; the demo town has some for each run. */
export async function nextFlat(people: People): Promise<Flat> {
  const flat = await flatToLeave(people.cora);
  if (!flat) throw new Error('No tenant is left who could move out: start again with an empty data folder');
  return flat;
}

/** The first tenant, in the order of the locations, whose landlord takes services back and who has not moved out. */
export async function flatToLeave(clerk: Caller): Promise<Flat | null> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/locations?limit=25${cursor && `&cursor=${cursor}`}`;
    const { body } = await clerk.get<{ data: { locationNumber: string }[]; nextCursor: string | null }>(path);
    for (const { locationNumber } of body.data) {
      const flat = flatOf((await clerk.get<LocationShown>(`/locations/${locationNumber}`)).body);
      if (flat) return flat;
    }
    cursor = body.nextCursor;
  }
  return null;
}

function flatOf({ locationNumber, landlord, servicePoints }: LocationShown): Flat | null {
  const holders = servicePoints.map((point) => point.agreements.find(({ holds }) => holds));
  const takenBack = landlord?.lines.some(({ decision }) => decision !== 'NEVER');
  const leaves = holders.every((each) => each?.accountRole === 'TENANT' && each.status === 'ACTIVE');
  const [holder] = holders;
  if (!takenBack || !leaves || !holder || !servicePoints.every(({ meter }) => isPlain(meter))) return null;
  return { locationNumber, accountNumber: holder.accountNumber };
}

/** Near the end of its register a low read is a rollover, not a mistake, and so it is near its beginning. */
function isPlain(meter: MeterShown | null): boolean {
  const value = Number(meter?.lastRead?.value ?? 0);
  return !meter || (value > 100 && value < 0.8 * 10 ** meter.dials);
}
