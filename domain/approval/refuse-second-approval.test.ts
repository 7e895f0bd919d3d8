import { needsTwoApprovals, refuseSecondApproval, type SecondApproval } from './refuse-second-approval';

const first: NonNullable<SecondApproval['first']> = {
  ...{ status: 'APPLIED', isApproval: true, actorId: 20, draftedBy: 1, startedBy: 10, subjectHash: 'h' },
  task: { refundNumber: 'R000001', amountCents: 8000, subjectHash: 'h' },
};
const approval: SecondApproval = {
  refund: { refundNumber: 'R000001', amountCents: 8000 },
  first,
  secondActorId: 21,
};
const codeOf = (change: Partial<NonNullable<SecondApproval['first']>>) =>
  refuseSecondApproval({ ...approval, first: { ...first, ...change } })?.code ?? null;

it('needs two approvals above the amount, and never where none is set', () => {
  expect([8000, 8001].map((cents) => needsTwoApprovals(cents, 8000))).toEqual([false, true]);
  expect(needsTwoApprovals(1_000_000, null)).toBe(false);
});

describe('the second approval', () => {
  it('issues the refund after a first one of another person', () => {
    expect(codeOf({})).toBeNull();
  });

  it('is refused to whoever gave the first', () => {
    expect(refuseSecondApproval({ ...approval, secondActorId: 20 })?.code).toBe('OWN_WORK');
  });

  it('is refused without a first that took effect, for this refund and amount, of neither drafter nor starter', () => {
    expect(refuseSecondApproval({ ...approval, first: null })?.code).toBe('FIRST_APPROVAL_MISSING');
    const faults: Parameters<typeof codeOf>[0][] = [
      { status: 'RECORDED' },
      { status: 'VOID' },
      { isApproval: false },
      { subjectHash: 'other' },
      { task: { ...first.task, refundNumber: 'R000002' } },
      { task: { ...first.task, amountCents: 7999 } },
      { draftedBy: 20 },
      { startedBy: 20 },
    ];
    expect(faults.map(codeOf)).toEqual(faults.map(() => 'FIRST_APPROVAL_MISSING'));
  });
});
