import { approvalLimit, isOverLimit, limitFrom } from './approval-limit';

const limits = { clerk: 100, supervisor: 5000 };

describe('approvalLimit', () => {
  it('is the highest of the roles held', () => {
    expect(approvalLimit(['clerk', 'supervisor'], limits, null)).toBe(5000);
    expect(approvalLimit(['clerk', 'supervisor'], { ...limits, clerk: null }, null)).toBeNull();
    expect(approvalLimit(['field'], limits, null)).toBeUndefined();
  });

  it('is the user’s own where one is set, higher or lower or none at all', () => {
    expect(approvalLimit(['supervisor'], limits, { cents: 10 })).toBe(10);
    expect(approvalLimit(['supervisor'], limits, { cents: 9000 })).toBe(9000);
    expect(approvalLimit(['supervisor'], limits, { cents: null })).toBeNull();
    expect(approvalLimit([], {}, { cents: 10 })).toBe(10);
  });

  it('says where it comes from', () => {
    expect(limitFrom(['supervisor'], limits, { cents: null })).toBe('OWN');
    expect(limitFrom(['supervisor'], limits, null)).toBe('ROLES');
    expect(limitFrom(['field'], limits, null)).toBe('NONE');
  });
});

describe('isOverLimit', () => {
  it('counts a credit as large as a charge, and lets a limit be reached', () => {
    expect([100, -100].map((cents) => isOverLimit(cents, 100))).toEqual([false, false]);
    expect([101, -101].map((cents) => isOverLimit(cents, 100))).toEqual([true, true]);
    expect([null, undefined].map((limit) => isOverLimit(1_000_000, limit))).toEqual([false, true]);
    expect(isOverLimit(null, 0)).toBe(false);
  });
});
