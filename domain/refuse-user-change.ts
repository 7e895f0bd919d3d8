import type { Refusal } from './refusal';
import type { Role } from './roles';

/** A user before and after a change, as far as it says what they may do. */
export interface UserChange {
  actorId: number;
  userId: number;
  before: WhatTheyMay;
  after: WhatTheyMay;
  /** How many other users are administrators and not disabled. */
  otherAdmins: number;
}

export interface WhatTheyMay {
  roles: readonly Role[];
  disabled: boolean;
  approvalLimit: { cents: number | null } | null;
}

/** Why a user's roles, limit or disabled state cannot be changed like this, or null. */
export function refuseUserChange({ actorId, userId, before, after, otherAdmins }: UserChange): Refusal | null {
  if (actorId === userId && !isSame(before, after)) {
    return { code: 'OWN_WORK', message: 'Nobody changes their own roles, limit or disabled state' };
  }
  if (isAdmin(before) && !isAdmin(after) && otherAdmins === 0) {
    return { code: 'LAST_ADMIN', message: 'The office needs an administrator who is not disabled' };
  }
  return null;
}

const isAdmin = ({ roles, disabled }: WhatTheyMay): boolean => !disabled && roles.includes('admin');

function isSame(a: WhatTheyMay, b: WhatTheyMay): boolean {
  const limit = ({ approvalLimit }: WhatTheyMay) => (approvalLimit ? approvalLimit.cents : undefined);
  const roles = (each: WhatTheyMay) => [...each.roles].sort().join();
  return a.disabled === b.disabled && roles(a) === roles(b) && limit(a) === limit(b);
}
