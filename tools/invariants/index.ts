import { approvals } from './approvals';
import { audit } from './audit';
import { cases } from './cases';
import { debts } from './debts';
import { feeds } from './feeds';
import { customers } from './customers';
import type { Invariant } from './invariant';
import { money } from './money';
import { occupancy } from './occupancy';
import { people } from './people';

/** Everything that must always hold in the database (design.md section 7). */
export const INVARIANTS: readonly Invariant[] = [
  ...occupancy,
  ...customers,
  ...people,
  ...money,
  ...debts,
  ...approvals,
  ...cases,
  ...feeds,
  ...audit,
];
