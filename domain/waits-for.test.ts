import { waitsFor } from './waits-for';

const about = { type: 'ONBOARD', step: 'PENDING_START', tasks: [], conditions: [], incident: null } as const;
const said = (more: Partial<Parameters<typeof waitsFor>[0]>) =>
  waitsFor({ ...about, tasks: [], conditions: [], ...more });

describe('what a case waits for', () => {
  it('is said in one sentence', () => {
    expect(said({ conditions: ['a deposit of $100.00', 'one service order'] })).toBe(
      'Waits for a deposit of $100.00, and for one service order.',
    );
    expect(said({ type: 'MOVE_OUT', step: 'AWAITING_READ' })).toBe('Waits for the field to take the final read.');
    expect(said({ step: 'ACTIVE' })).toBe('Nothing: the customer is served and will be billed.');
  });

  it('says once what a task asks for, and an incident before all else', () => {
    const conditions = ['a supervisor to approve the set-up', 'one service order'];
    expect(said({ step: 'PENDING_APPROVAL', tasks: ['APPROVE_SETUP'], conditions })).toBe(
      'Waits for a supervisor to approve the set-up or reject it, and for one service order.',
    );
    expect(said({ incident: 'saveCustomer' })).toBe('Waits for an operator: the step saveCustomer failed.');
  });
});
