import { approvalLimit, limitFrom, type LimitFrom, type OwnLimit } from '../../domain/approval/approval-limit';
import type { Role } from '../../domain/roles';
import type { Settings } from '../../domain/settings';
import type { Db } from '../create-db';
import { rolesOfUser } from './users';

/** Somebody who decides, as they stand now: roles, limits and disabled users are read when they act (decision 10). */
export interface Approver {
  id: number;
  disabled: boolean;
  roles: Role[];
  ownLimit: OwnLimit | null;
}

/** A user as they stand now. */
export async function approverNow(db: Db, userId: number): Promise<Approver> {
  const user = await db.AppUser.findByPk(userId, { rejectOnEmpty: true });
  const own = await db.ApprovalLimit.findByPk(userId);
  return {
    id: userId,
    disabled: user.disabledAt !== null,
    roles: await rolesOfUser(db, userId),
    ownLimit: own && { cents: own.limitCents },
  };
}

/** What a decision keeps of who made it: an auditor sees it when roles and limits have long changed. */
export interface ActorThen {
  actorRoles: Role[];
  limitFrom: LimitFrom;
  limitCents: number | null;
}

/** The roles and the limit of an approver under these settings, to be kept with their decision. */
export function actorThen({ roles, ownLimit }: Approver, { approvalLimitsCents: limits }: Settings): ActorThen {
  return {
    actorRoles: roles,
    limitFrom: limitFrom(roles, limits, ownLimit),
    limitCents: approvalLimit(roles, limits, ownLimit) ?? null,
  };
}
