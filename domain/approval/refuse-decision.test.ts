import * as fc from 'fast-check';
import { refuseDecision, type ProposedDecision } from './refuse-decision';

const task: ProposedDecision['task'] = {
  status: 'OPEN',
  version: 2,
  candidateGroup: 'supervisor',
  assigneeId: null,
  draftedBy: 10,
  startedBy: 11,
  excludedUserIds: [12],
  amountCents: 9744,
  outcomes: { APPROVE: { reasonRequired: false }, SEND_BACK: { reasonRequired: true } },
};
const someone: ProposedDecision['actor'] = {
  id: 20,
  roles: ['supervisor'],
  disabled: false,
  standsInFor: [],
  ownLimit: null,
};
const approval: ProposedDecision = {
  task,
  actor: someone,
  limitsCents: { supervisor: null },
  version: 2,
  outcome: 'APPROVE',
  isApproval: true,
  comment: null,
};
const codeOf = (change: Partial<ProposedDecision>) => refuseDecision({ ...approval, ...change })?.code ?? null;
const onTask = (change: Partial<ProposedDecision['task']>) => codeOf({ task: { ...task, ...change } });

describe('refuseDecision', () => {
  it('lets a supervisor who neither drafted nor started it approve', () => {
    expect(codeOf({})).toBeNull();
  });

  it.each([10, 11, 12])('refuses the approval of user %i, who drafted, started or approved before', (id) => {
    expect(codeOf({ actor: { ...someone, id, roles: ['supervisor', 'admin'] } })).toBe('OWN_WORK');
  });

  it('lets the drafter send back, since that approves nothing', () => {
    const sendBack = { outcome: 'SEND_BACK', isApproval: false, comment: 'wrong read' };
    expect(codeOf({ ...sendBack, actor: { ...someone, id: 10 } })).toBeNull();
  });

  it('asks for the reason where one is required', () => {
    expect(codeOf({ outcome: 'SEND_BACK', isApproval: false })).toBe('REASON_REQUIRED');
    expect(codeOf({ outcome: 'SEND_BACK', isApproval: false, comment: '  ' })).toBe('REASON_REQUIRED');
  });

  it('refuses an outcome that this task does not know, also one that every object has', () => {
    expect(codeOf({ outcome: 'MAYBE' })).toBe('OUTCOME_UNKNOWN');
    expect(codeOf({ outcome: 'toString' })).toBe('OUTCOME_UNKNOWN');
  });

  it('refuses what was decided on an older version, or on a closed task', () => {
    expect(codeOf({ version: 1 })).toBe('STALE_TASK');
    expect(onTask({ status: 'COMPLETED' })).toBe('TASK_CLOSED');
  });

  it('refuses other groups, and a task that somebody else has claimed', () => {
    expect(codeOf({ actor: { ...someone, roles: ['clerk'] } })).toBe('ROLE');
    expect(onTask({ assigneeId: 21 })).toBe('TASK_CLAIMED');
    expect(onTask({ assigneeId: 20 })).toBeNull();
    expect(codeOf({ actor: { ...someone, disabled: true } })).toBe('ROLE');
  });

  it('lets a deputy decide what an absent person has claimed', () => {
    const claimed = { ...task, assigneeId: 21 };
    expect(codeOf({ task: claimed, actor: { ...someone, standsInFor: [21] } })).toBeNull();
    expect(codeOf({ task: claimed, actor: { ...someone, id: 10, standsInFor: [21] } })).toBe('OWN_WORK');
  });

  it('counts a credit as large as a charge against the limit', () => {
    expect(codeOf({ limitsCents: { supervisor: 9744 } })).toBeNull();
    expect(codeOf({ limitsCents: { supervisor: 9743 } })).toBe('OVER_LIMIT');
    expect(codeOf({ limitsCents: { supervisor: 9743 }, task: { ...task, amountCents: -9744 } })).toBe('OVER_LIMIT');
    expect(codeOf({ limitsCents: {} })).toBe('OVER_LIMIT');
  });

  it('goes by the user’s own limit where one is set, higher or lower than that of the roles', () => {
    const withOwn = (cents: number | null) => ({ actor: { ...someone, ownLimit: { cents } } });
    expect(codeOf({ ...withOwn(9743) })).toBe('OVER_LIMIT');
    expect(codeOf({ ...withOwn(9744), limitsCents: { supervisor: 1 } })).toBeNull();
    expect(codeOf({ ...withOwn(null), limitsCents: {} })).toBeNull();
  });

  it('refuses a disabled user, whatever the outcome', () => {
    const actor = { ...someone, disabled: true };
    expect(codeOf({ actor })).toBe('ROLE');
    expect(codeOf({ actor, outcome: 'SEND_BACK', isApproval: false, comment: 'wrong read' })).toBe('ROLE');
  });

  it('never lets a drafter, starter or excluded person approve, whatever else holds', () => {
    const users = fc.integer({ min: 1, max: 6 });
    const anyTask = fc.record({
      draftedBy: fc.option(users),
      startedBy: users,
      excludedUserIds: fc.array(users, { maxLength: 3 }),
      assigneeId: fc.option(users),
    });
    fc.assert(
      fc.property(anyTask, users, (change, id) => {
        const refusal = refuseDecision({
          ...approval,
          task: { ...task, ...change },
          actor: { ...someone, id },
        });
        const own = id === change.draftedBy || id === change.startedBy || change.excludedUserIds.includes(id);
        return !own || refusal?.code === 'OWN_WORK';
      }),
    );
  });
});
