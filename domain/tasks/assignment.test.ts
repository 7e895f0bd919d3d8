import {
  refuseAssignment,
  refuseClaim,
  refuseDelegation,
  refuseGivingBack,
  refuseRelease,
  type AssignableTask,
  type OfficePerson,
} from './assignment';

const person = (id: number, more: Partial<OfficePerson> = {}): OfficePerson => ({
  ...{ id, roles: ['clerk'], disabled: false, standsInFor: [], ...more },
});
const cora = person(1);
const cliff = person(2);
const sue = person(3, { roles: ['supervisor', 'clerk'] });
const free: AssignableTask = {
  ...{ status: 'OPEN', candidateGroup: 'clerk', assigneeId: null, ownerId: null, excludedUserIds: [] },
};
const corasTask = { ...free, assigneeId: cora.id };
const closed: AssignableTask = { ...free, status: 'COMPLETED' };
const code = (refusal: { code: string } | null) => refusal?.code ?? null;

describe('claiming', () => {
  it('is for the group, while the task is open and nobody else has it', () => {
    expect(code(refuseClaim(free, cora))).toBeNull();
    expect(code(refuseClaim(corasTask, cora))).toBeNull();
    expect(code(refuseClaim(free, person(9, { roles: ['field'] })))).toBe('ROLE');
    expect(code(refuseClaim(corasTask, cliff))).toBe('TASK_CLAIMED');
    expect(code(refuseClaim(closed, cora))).toBe('TASK_CLOSED');
    expect(code(refuseClaim({ ...free, excludedUserIds: [cora.id] }, cora))).toBe('OWN_WORK');
  });

  it('is for the deputy of whoever is absent, and for who delegated it', () => {
    expect(code(refuseClaim(corasTask, person(2, { standsInFor: [cora.id] })))).toBeNull();
    expect(code(refuseClaim({ ...corasTask, ownerId: cliff.id }, cliff))).toBeNull();
  });
});

describe('releasing', () => {
  it('is for whoever has it, or their deputy', () => {
    expect(code(refuseRelease(corasTask, cora))).toBeNull();
    expect(code(refuseRelease(corasTask, person(2, { standsInFor: [cora.id] })))).toBeNull();
    expect(code(refuseRelease(corasTask, cliff))).toBe('TASK_CLAIMED');
    expect(code(refuseRelease(closed, cora))).toBe('TASK_CLOSED');
  });
});

describe('assigning', () => {
  const to = (whom: OfficePerson | null, seen: number | null = null) => ({ to: whom, seen });

  it('is for supervisors, to somebody of the group or to nobody', () => {
    expect(code(refuseAssignment(free, sue, to(cliff)))).toBeNull();
    expect(code(refuseAssignment(corasTask, sue, to(null, cora.id)))).toBeNull();
    expect(code(refuseAssignment(free, cora, to(cliff)))).toBe('ROLE');
    expect(code(refuseAssignment(closed, sue, to(cliff)))).toBe('TASK_CLOSED');
  });

  it('tells who comes too late', () => {
    expect(code(refuseAssignment(corasTask, sue, to(cliff)))).toBe('ASSIGNEE_CHANGED');
  });

  it('never gives it to somebody who could not decide it', () => {
    expect(code(refuseAssignment(free, sue, to(person(9, { roles: ['supervisor'] }))))).toBe('NOT_ELIGIBLE');
    expect(code(refuseAssignment(free, sue, to(person(9, { disabled: true }))))).toBe('NOT_ELIGIBLE');
    expect(code(refuseAssignment({ ...free, excludedUserIds: [2] }, sue, to(cliff)))).toBe('NOT_ELIGIBLE');
  });
});

describe('delegating', () => {
  it('is for whoever has it, once, to another who could decide it', () => {
    expect(code(refuseDelegation(corasTask, cora, cliff))).toBeNull();
    expect(code(refuseDelegation(free, cora, cliff))).toBe('NOT_YOURS');
    expect(code(refuseDelegation(corasTask, cora, cora))).toBe('NOT_ELIGIBLE');
    expect(code(refuseDelegation({ ...corasTask, ownerId: 7 }, cora, cliff))).toBe('DELEGATED');
    expect(code(refuseDelegation({ ...corasTask, excludedUserIds: [2] }, cora, cliff))).toBe('NOT_ELIGIBLE');
    expect(code(refuseDelegation({ ...closed, assigneeId: 1 }, cora, cliff))).toBe('TASK_CLOSED');
  });

  it('ends when the task is given back', () => {
    const delegated = { ...corasTask, ownerId: sue.id };
    expect(code(refuseGivingBack(delegated, cora))).toBeNull();
    expect(code(refuseGivingBack(delegated, cliff))).toBe('TASK_CLAIMED');
    expect(code(refuseGivingBack(corasTask, cora))).toBe('NOT_DELEGATED');
    expect(code(refuseGivingBack({ ...delegated, status: 'CANCELED' }, cora))).toBe('TASK_CLOSED');
  });
});
