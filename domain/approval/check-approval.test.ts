import { checkApproval, type AuditedDecision } from './check-approval';

const approval: AuditedDecision = {
  ...{ isApproval: true, actorId: 20, handIn: [10, 11, null], candidateGroup: 'supervisor', amountCents: -500 },
  ...{ actorRoles: ['supervisor'], limitFrom: 'ROLES', limitCents: 500, policyMaximumCents: null },
};
const checks = (change: Partial<AuditedDecision>) => Object.values(checkApproval({ ...approval, ...change }));

describe('checkApproval', () => {
  it('finds nothing wrong with an approval of a second person within their limit', () => {
    expect(checkApproval(approval)).toEqual({ fourEyes: 'OK', limit: 'OK', role: 'OK' });
    expect(checks({ limitCents: null })).toEqual(['OK', 'OK', 'OK']);
  });

  it('sees each rule broken', () => {
    expect(checks({ actorId: 11 })).toEqual(['BROKEN', 'OK', 'OK']);
    expect(checks({ limitCents: 499 })).toEqual(['OK', 'BROKEN', 'OK']);
    expect(checks({ limitFrom: 'NONE', limitCents: null })).toEqual(['OK', 'BROKEN', 'OK']);
    expect(checks({ actorRoles: ['clerk'] })).toEqual(['OK', 'OK', 'BROKEN']);
  });

  it('says what nobody noted, and what a refusal does not need', () => {
    expect(checks({ actorRoles: null, limitFrom: null })).toEqual(['OK', 'UNKNOWN', 'UNKNOWN']);
    expect(checks({ isApproval: false, actorId: 10 })).toEqual(['NOT_NEEDED', 'NOT_NEEDED', 'OK']);
  });

  it('holds the system itself to the maximum of its policy', () => {
    const policy = { actorId: 1, actorRoles: [], limitFrom: 'POLICY' as const, limitCents: null };
    expect(checks({ ...policy, policyMaximumCents: 500 })).toEqual(['OK', 'OK', 'NOT_NEEDED']);
    expect(checks({ ...policy, policyMaximumCents: 499 })).toEqual(['OK', 'BROKEN', 'NOT_NEEDED']);
    expect(checks({ ...policy })).toEqual(['OK', 'BROKEN', 'NOT_NEEDED']);
  });
});
