import type { LandlordName } from './landlords';
import type { ServiceCode } from './services';

/** Days since the last read and bill of each bill cycle. */
export const CYCLE_READ_DAYS_AGO = { C1: 12, C2: 19, C3: 27, C4: 36 } as const;

export type Cycle = keyof typeof CYCLE_READ_DAYS_AGO;

/** Who lives in a home, since how many bill cycles, and what stands on the account, in cents. */
export interface Household {
  name: [first: string, last: string];
  heldMonths: number;
  gallonsPerDay: number;
  carts?: number;
  depositCents?: number;
  openingCents?: Partial<Record<ServiceCode, number>>;
  poBox?: string;
}

/** One place of the town. A rented one without a household stands empty on its landlord's account. */
export interface Home {
  line1: string;
  line2?: string;
  cycle: Cycle;
  landlord?: LandlordName;
  household?: Household;
  /** A small old register that is about to pass its maximum. */
  oldMeter?: boolean;
}

const tenant = (first: string, last: string, heldMonths: number, gallonsPerDay: number, depositCents: number) => ({
  ...{ name: [first, last] as [string, string], heldMonths, gallonsPerDay, depositCents },
});
const owner = (first: string, last: string, heldMonths: number, gallonsPerDay: number) => ({
  ...{ name: [first, last] as [string, string], heldMonths, gallonsPerDay },
});

const ALDER = { cycle: 'C1', landlord: 'JUNIPER' } as const;
const CANAL = { cycle: 'C2', landlord: 'OYELARAN' } as const;
const QUARRY = { cycle: 'C2', landlord: 'HENDERSHOTT' } as const;

/** The twenty places: ten rented, ten lived in by their owners. */
export const HOMES: readonly Home[] = [
  {
    ...{ line1: '214 Alder Street', line2: 'Apt 1', ...ALDER },
    household: { ...tenant('Priya', 'Raman', 26, 95, 10_000), openingCents: { WATER: 3_284, REFUSE: 1_425 } },
  },
  { line1: '214 Alder Street', line2: 'Apt 2', ...ALDER, household: tenant('Tobias', 'Lindqvist', 17, 70, 6_000) },
  {
    ...{ line1: '214 Alder Street', line2: 'Apt 3', ...ALDER, oldMeter: true },
    household: tenant('Guadalupe', 'Serrano', 15, 18, 6_000),
  },
  {
    ...{ line1: '218 Alder Street', line2: 'Unit A', ...ALDER },
    household: { ...tenant('Wendell', 'Okafor', 33, 140, 12_000), carts: 2 },
  },
  { line1: '218 Alder Street', line2: 'Unit B', ...ALDER },
  { line1: '87 Canal Row', ...CANAL, household: tenant('Mei-Lin', 'Zhao', 21, 110, 10_000) },
  {
    ...{ line1: '91 Canal Row', ...CANAL },
    household: { ...tenant('Darnell', 'Whitcomb', 7, 185, 15_000), openingCents: { WATER: 14_950, SEWER: 9_120 } },
  },
  { line1: '95 Canal Row', ...CANAL, household: tenant('Saoirse', 'Gallagher', 4, 85, 10_000) },
  {
    ...{ line1: '1402 Quarry Road', ...QUARRY },
    household: { ...tenant('Ivan', 'Petrosyan', 18, 125, 8_000), openingCents: { WATER: -1_840 } },
  },
  {
    ...{ line1: '1406 Quarry Road', ...QUARRY },
    household: { ...tenant('Nadia', 'Castellanos', 40, 150, 9_000), carts: 2 },
  },
  { line1: '5 Orchard Lane', cycle: 'C3', household: owner('Eleanor', 'Vasquez', 48, 120) },
  {
    ...{ line1: '9 Orchard Lane', cycle: 'C3' },
    household: { ...owner('Harold', 'Nakamura', 37, 105), poBox: 'PO Box 118' },
  },
  {
    ...{ line1: '12 Orchard Lane', cycle: 'C3' },
    household: { ...owner('Beatriz', 'Amaral', 24, 165), openingCents: { WATER: 4_110, SEWER: 2_675, REFUSE: 1_425 } },
  },
  { line1: '33 Mill Pond Drive', cycle: 'C3', household: { ...owner('Josephine', 'Tran', 44, 200), carts: 2 } },
  { line1: '41 Mill Pond Drive', cycle: 'C3', household: owner('Amos', 'Kettleby', 29, 60) },
  { line1: '60 Mill Pond Drive', cycle: 'C3', household: owner('Fatima', 'Haddad', 19, 145) },
  { line1: '310 Schoolhouse Road', cycle: 'C4', household: owner('Lars', 'Gunderson', 46, 90) },
  {
    ...{ line1: '322 Schoolhouse Road', cycle: 'C4' },
    household: { ...owner('Odessa', 'Merriweather', 31, 130), openingCents: { REFUSE: 2_850 } },
  },
  { line1: '7 Bell Tower Court', cycle: 'C4', household: owner('Kenji', 'Morimoto', 16, 115) },
  {
    ...{ line1: '11 Bell Tower Court', cycle: 'C4' },
    household: { ...owner('Abigail', 'Stonebridge', 9, 175), carts: 2 },
  },
];

/** Who lived in the empty home until the landlord took it back: bill cycles ago, and what a closed account leaves. */
export const FORMER_TENANT = {
  ...{ name: ['Rosalind', 'Acheampong'] as [string, string], heldMonths: 28, leftMonths: 2, gallonsPerDay: 80 },
  forward: { line1: '77 Harbor Street', city: 'Port Callis', state: 'OR', postalCode: '97000' },
};

/** Everybody and everything of the town is in one city. */
export const CITY = { city: 'Millbrook', state: 'CO', postalCode: '80000' } as const;
