import { approvalLimit, limitFrom, type LimitFrom, type OwnLimit } from '../../domain/approval/approval-limit';
import type { CivilDate } from '../../domain/dates';
import type { Role } from '../../domain/roles';
import type { Settings } from '../../domain/settings';
import type { OfficePerson } from '../../domain/tasks/assignment';
import type { Db } from '../create-db';
import { ensure } from '../errors';
import { officePerson } from '../reads/office-people';

/** Somebody who decides, as they stand now: roles, limits and disabled users are read when they act (decision 10). */
export interface Approver extends OfficePerson {
  ownLimit: OwnLimit | null;
}

/** A user as they stand now, on this office day. Refused: ROLE when there is no such user. */
export async function approverNow(db: Db, userId: number, today: CivilDate): Promise<Approver> {
  const person = await officePerson(db, { id: userId }, today);
  ensure(person, 'ROLE', 'There is no such user');
  const own = await db.ApprovalLimit.findByPk(userId);
  return { ...person, ownLimit: own && { cents: own.limitCents } };
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
    actorRoles: [...roles],
    limitFrom: limitFrom(roles, limits, ownLimit),
    limitCents: approvalLimit(roles, limits, ownLimit) ?? null,
  };
}
