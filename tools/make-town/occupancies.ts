import { addDays, type CivilDate } from '../../domain/dates';
import { dayOfCycle, lastReadOn } from './calendar';
import type { Home } from './homes';
import { resident, type People } from './people';
import { chance, pick, type Random } from './random';
import { ALL, type ServiceCode } from './services';

/** One account's time at a home; endOn null: it goes on. */
export interface Occupancy {
  home: Home;
  customer: string;
  role: 'OWNER' | 'TENANT' | 'LANDLORD';
  startOn: CivilDate;
  endOn: CivilDate | null;
  services: readonly ServiceCode[];
  gallonsPerDay: number;
  kwhPerDay: number;
  carts: number;
}

/** Where the tenants of the block have no cart of their own: the landlord pays for refuse. */
const PAYS_REFUSE = 2;

/** Who holds or held the services of a home, the earlier first. */
export function occupanciesOf(random: Random, home: Home, people: People, landlords: string[]): Occupancy[] {
  const landlord = home.landlord === null ? null : (landlords[home.landlord] ?? null);
  // The demo begins in the first block: everybody there lives there.
  const settled = home.index < 6;
  const fate = settled ? 100 : random(1, 100);
  if (!home.rented) return lived(random, home, people, 'OWNER', fate <= 7);
  if (landlord && home.landlord === PAYS_REFUSE) return sharedWithLandlord(random, home, people, landlord);
  if (fate <= 6 && landlord) return emptied(random, home, people, landlord);
  if (fate <= 9) return emptied(random, home, people, null);
  if (fate <= 18 && landlord) return betweenTenants(random, home, people, landlord);
  return lived(random, home, people, 'TENANT', fate <= 28);
}

/** Whether a home that stands empty is held by nobody: its landlord agreement says never. */
export const isAbandoned = (here: Occupancy[]): boolean => here.every(({ endOn }) => endOn !== null);

function holder(random: Random, home: Home, people: People, role: 'OWNER' | 'TENANT') {
  const [gallons, kwh] = home.kind === 'SHOP' ? [random(200, 800), random(60, 220)] : [random(55, 210), random(9, 34)];
  const carts = home.kind === 'SHOP' ? random(2, 4) : chance(random, 15) ? 2 : 1;
  const customer = people.add(resident(random, home));
  return { ...{ home, customer, role, services: ALL, gallonsPerDay: gallons, kwhPerDay: kwh, carts } };
}

function lived(random: Random, home: Home, people: People, role: 'OWNER' | 'TENANT', after: boolean): Occupancy[] {
  // A few have moved in since the last bill: their next bill is their first.
  const since = after && chance(random, 25) ? 0 : random(after ? 1 : 2, role === 'OWNER' ? 58 : 46);
  const startOn = since === 0 ? addDays(lastReadOn(home.cycle), 4) : dayOfCycle(home.cycle, since, random(9, 17));
  const now = (): Occupancy => ({ ...holder(random, home, people, role), startOn, endOn: null });
  if (!after) return [now()];
  const began = dayOfCycle(home.cycle, since + random(7, 30), random(9, 17));
  const before = { ...holder(random, home, people, role), startOn: began, endOn: startOn };
  return [before, now()];
}

const held = { role: 'LANDLORD', services: ALL, gallonsPerDay: 3, kwhPerDay: 2, carts: 1 } as const;

/** Gone a while ago: the landlord holds the services since, or nobody does. */
function emptied(random: Random, home: Home, people: People, landlord: string | null): Occupancy[] {
  const left = random(1, 6);
  const endOn = dayOfCycle(home.cycle, left, random(9, 17));
  const startOn = dayOfCycle(home.cycle, left + random(5, 30), random(9, 17));
  const gone = { ...holder(random, home, people, 'TENANT'), startOn, endOn };
  return landlord ? [gone, { ...held, home, customer: landlord, startOn: endOn, endOn: null }] : [gone];
}

/** A tenant left, the landlord held the services for a month or more, a tenant came. */
function betweenTenants(random: Random, home: Home, people: People, landlord: string): Occupancy[] {
  const came = random(1, 20);
  const left = came + random(1, 3);
  const [start, end] = [dayOfCycle(home.cycle, left, random(9, 17)), dayOfCycle(home.cycle, came, random(9, 17))];
  const began = dayOfCycle(home.cycle, left + random(5, 24), random(9, 17));
  return [
    { ...holder(random, home, people, 'TENANT'), startOn: began, endOn: start },
    { ...held, home, customer: landlord, startOn: start, endOn: end },
    { ...holder(random, home, people, 'TENANT'), startOn: end, endOn: null },
  ];
}

function sharedWithLandlord(random: Random, home: Home, people: People, landlord: string): Occupancy[] {
  const [tenant] = lived(random, home, people, 'TENANT', false) as [Occupancy];
  const refuse = ['REFUSE'] as const;
  const since = dayOfCycle(home.cycle, 60, pick(random, [9, 12, 15]));
  return [
    { ...held, home, customer: landlord, startOn: since, endOn: null, services: refuse },
    { ...tenant, services: ALL.filter((code) => code !== 'REFUSE') },
  ];
}
