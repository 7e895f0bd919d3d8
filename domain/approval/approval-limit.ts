import type { Role } from '../roles';
import type { Settings } from '../settings';

/** What one user may approve, in the place of the limits of their roles; null cents is without limit. */
export interface OwnLimit {
  cents: number | null;
}

/** Where a limit comes from: the user's own, their roles', none of both, or the policy of the system itself. */
export type LimitFrom = 'OWN' | 'ROLES' | 'NONE' | 'POLICY';

/**
 * The highest amount in cents that this user may approve: the user's own limit where one is set, higher or lower, else
 * the highest of the roles. Null is without limit, undefined is nothing at all.
 */
export function approvalLimit(
  roles: readonly Role[],
  limits: Settings['approvalLimitsCents'],
  own: OwnLimit | null,
): number | null | undefined {
  if (own) return own.cents;
  const held = roles.map((role) => limits[role]).filter((limit) => limit !== undefined);
  if (held.length === 0) return undefined;
  return held.includes(null) ? null : Math.max(...held.map(Number));
}

/** Where the limit of approvalLimit comes from. */
export function limitFrom(
  roles: readonly Role[],
  limits: Settings['approvalLimitsCents'],
  own: OwnLimit | null,
): LimitFrom {
  if (own) return 'OWN';
  return approvalLimit(roles, limits, null) === undefined ? 'NONE' : 'ROLES';
}

/** Whether an amount is above a limit of approvalLimit. A refund is as large as a charge of the same number of cents. */
export function isOverLimit(amountCents: number | null, limit: number | null | undefined): boolean {
  return limit === undefined || (limit !== null && Math.abs(amountCents ?? 0) > limit);
}
