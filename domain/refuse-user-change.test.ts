import { refuseUserChange, type UserChange, type WhatTheyMay } from './refuse-user-change';

const clerk: WhatTheyMay = { roles: ['clerk'], disabled: false, approvalLimit: null };
const admin: WhatTheyMay = { ...clerk, roles: ['admin', 'clerk'] };
const change: UserChange = { actorId: 10, userId: 11, before: clerk, after: clerk, otherAdmins: 1 };
const codeOf = (more: Partial<UserChange>) => refuseUserChange({ ...change, ...more })?.code ?? null;

describe('refuseUserChange', () => {
  it('lets an administrator change what others may', () => {
    expect(codeOf({ after: admin })).toBeNull();
    expect(codeOf({ before: admin, after: { ...clerk, disabled: true } })).toBeNull();
  });

  it('lets nobody change what they may themselves, in any of the three', () => {
    const own = { actorId: 10, userId: 10, before: admin };
    expect(codeOf({ ...own, after: clerk })).toBe('OWN_WORK');
    expect(codeOf({ ...own, after: { ...admin, disabled: true } })).toBe('OWN_WORK');
    expect(codeOf({ ...own, after: { ...admin, approvalLimit: { cents: null } } })).toBe('OWN_WORK');
    expect(codeOf({ ...own, after: { ...admin, roles: ['clerk', 'admin'] } })).toBeNull();
  });

  it('keeps the last administrator who is not disabled', () => {
    const last = { before: admin, otherAdmins: 0 };
    expect(codeOf({ ...last, after: clerk })).toBe('LAST_ADMIN');
    expect(codeOf({ ...last, after: { ...admin, disabled: true } })).toBe('LAST_ADMIN');
    expect(codeOf({ ...last, after: { ...admin, approvalLimit: { cents: 1 } } })).toBeNull();
    expect(codeOf({ ...last, before: { ...admin, disabled: true }, after: { ...clerk, disabled: true } })).toBeNull();
  });
});
