import { approvals } from './approvals';
import { audit } from './audit';
import { cases } from './cases';
import { feeds } from './feeds';
import type { Invariant } from './invariant';
import { money } from './money';
import { occupancy } from './occupancy';

/** Everything that must always hold in the database (design.md section 7). */
export const INVARIANTS: readonly Invariant[] = [...occupancy, ...money, ...approvals, ...cases, ...feeds, ...audit];
