import type { Home } from './homes';
import { chance, pick, type Random } from './random';
import { CITY, ELSEWHERE, FIRMS, FIRST_NAMES, LAST_NAMES, PURPOSES, SOUTH, STREETS } from './words';

/** A row of customers.csv. */
export type Customer = Record<string, string>;

/** The customers in the order of their numbers. */
export interface People {
  rows: Customer[];
  /** Adds a customer and returns the number. */
  add(customer: Customer): string;
}

/** Nobody yet. */
export function nobody(): People {
  const rows: Customer[] = [];
  return {
    rows,
    add(customer) {
      const number = `C${String(rows.length + 1).padStart(6, '0')}`;
      rows.push({ customer_number: number, ...customer });
      return number;
    },
  };
}

/** A landlord: every third is a firm, some live far away. */
export function landlord(random: Random, i: number): Customer {
  const firm = FIRMS[i] ?? (i % 3 === 0 ? `${pick(random, LAST_NAMES)} Rentals No. ${i} LLC` : null);
  const home = { line1: `${random(1, 99)} ${pick(random, STREETS)}`, ...CITY };
  const far = i > 8 && chance(random, 20) ? pick(random, ELSEWHERE) : home;
  return { ...(firm ? organization(random, firm) : person(random)), type: 'LANDLORD', ...mail(far) };
}

/** Who lives in a home, or the shop that is in it: mail goes there, to a box, or in winter somewhere warm. */
export function resident(random: Random, home: Home): Customer {
  if (home.shop) return { ...organization(random, home.shop), type: 'COMMERCIAL', ...mail({ ...home, ...CITY }) };
  const senior = !home.rented && chance(random, 20);
  const boxed = chance(random, 8);
  const address = boxed ? { line1: `PO Box ${random(100, 899)}`, line2: null, ...CITY } : { ...home, ...CITY };
  const winter = !home.rented && chance(random, 7);
  return {
    ...{ ...person(random), type: senior ? 'SENIOR' : 'RESIDENTIAL', ...mail(address) },
    ...(winter ? away(random) : {}),
  };
}

function person(random: Random): Customer {
  const [first, last] = [pick(random, FIRST_NAMES), pick(random, LAST_NAMES)];
  const address = `${first}.${last}${random(1, 99)}@example.com`.toLowerCase();
  return {
    ...{ kind: 'PERSON', first_name: first, last_name: last },
    ...(chance(random, 30) ? { middle_name: `${pick(random, FIRST_NAMES).slice(0, 1)}.` } : {}),
    ...(chance(random, 4) ? { name_prefix: 'Dr.' } : {}),
    ...(chance(random, 3) ? { name_suffix: 'Jr.' } : {}),
    phones: chance(random, 25) ? `${phone(random)}; ${phone(random)}` : phone(random),
    ...(chance(random, 80) ? { emails: address } : {}),
  };
}

function organization(random: Random, name: string): Customer {
  const at = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  return {
    kind: 'ORGANIZATION',
    organization_name: name,
    phones: phone(random, ['office']),
    emails: `${at}@example.com`,
  };
}

/** Numbers that are kept for fiction. */
function phone(random: Random, purposes = PURPOSES): string {
  const number = `${pick(random, ['970', '303', '719', '720'])}-555-01${String(random(0, 99)).padStart(2, '0')}`;
  return chance(random, 40) ? `${number} [${pick(random, purposes)}]` : number;
}

interface Address {
  line1: string;
  line2?: string | null;
  city: string;
  state: string;
  postalCode: string;
}

const mail = (address: Address): Customer => addressCells('mail', address);

/** The columns of an address under a prefix. */
export function addressCells(prefix: string, { line1, line2, city, state, postalCode }: Address): Customer {
  return {
    ...{ [`${prefix}_line1`]: line1, ...(line2 ? { [`${prefix}_line2`]: line2 } : {}) },
    ...{ [`${prefix}_city`]: city, [`${prefix}_state`]: state, [`${prefix}_postal_code`]: postalCode },
  };
}

const away = (random: Random): Customer => ({
  ...addressCells('alt', pick(random, SOUTH)),
  ...{ alt_season_start: pick(random, ['10-15', '11-01', '12-01']), alt_season_end: pick(random, ['03-31', '04-15']) },
});
