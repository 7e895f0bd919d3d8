import { waitsFor } from './waits-for';

const about = { type: 'ONBOARD', step: 'PENDING_START', tasks: [], conditions: [], incident: null } as const;
const said = (more: Partial<Parameters<typeof waitsFor>[0]>) =>
  waitsFor({ ...about, tasks: [], conditions: [], ...more });

describe('what a case waits for', () => {
  it('is said in one sentence, with what comes next', () => {
    expect(said({ conditions: ['a deposit of $100.00', 'one service order'] })).toBe(
      'Waits for a deposit of $100.00, and for one service order; then service begins.',
    );
    expect(said({ type: 'MOVE_OUT', step: 'AWAITING_READ' })).toBe(
      'Waits for the field to take the final read; then the final bill is drafted once the stop date is there.',
    );
    expect(said({ type: 'MOVE_OUT', step: 'AWAITING_APPROVAL', tasks: ['APPROVE_FINAL_BILL'] })).toBe(
      'Waits for a supervisor to approve the final bill or send it back; then the bill is posted and the account settled.',
    );
    expect(said({ type: 'SETTLEMENT', step: 'BALANCE_DUE' })).toBe(
      'Waits for the customer to pay the balance; then the account is closed.',
    );
  });

  it('is nothing once a case has ended, whatever it waited for before', () => {
    expect(said({ step: 'ACTIVE', conditions: ['one service order'] })).toBe(
      'Nothing: the customer is served and will be billed.',
    );
    expect(said({ step: 'ABORTED' })).toBe('Nothing: an operator ended the case after an incident.');
  });

  it('says once what a task asks for', () => {
    const conditions = ['a supervisor to approve the set-up', 'one service order'];
    expect(said({ step: 'PENDING_APPROVAL', tasks: ['APPROVE_SETUP'], conditions })).toBe(
      'Waits for a supervisor to approve the set-up or reject it, and for one service order; then service begins.',
    );
  });

  it('says who else may end it while conditions are open', () => {
    expect(said({ tasks: ['EXPIRE_OR_EXTEND'], conditions: ['one service order'] })).toBe(
      'Waits for a clerk to let the set-up expire or to extend it, and for one service order; then service begins or the set-up ends.',
    );
  });

  it('says the same in whatever order the tasks were opened', () => {
    const both = { type: 'VACANCY', step: 'NEW_TENANT_SETUP' } as const;
    const one = said({ ...both, tasks: ['RECONNECT_TO_LANDLORD', 'NEW_TENANT'] });
    expect(one).toBe(said({ ...both, tasks: ['NEW_TENANT', 'RECONNECT_TO_LANDLORD'] }));
    expect(one).toBe(
      'Waits for a clerk to say whether there is a new tenant, and for a clerk to reconnect service to the landlord; then each service has its next holder or falls vacant.',
    );
  });

  it('says an incident before all else', () => {
    expect(said({ incident: { step: 'saveCustomer', code: 'UNEXPECTED' }, conditions: ['one service order'] })).toBe(
      'Waits for an operator to repair the step saveCustomer, which failed; then the case goes on.',
    );
    const incident = { step: 'draftFinalBill', code: 'RATE_MISSING' };
    expect(said({ type: 'MOVE_OUT', incident })).toBe(
      'Waits for an operator to repair, or a clerk or supervisor to amend, what made the step draftFinalBill fail; then the case goes on.',
    );
    expect(said({ type: 'MOVE_OUT', incident, tasks: ['APPROVE_AMENDMENT'] })).toBe(
      'Waits for a supervisor to approve what is to be amended or reject it; then the step that failed is run again.',
    );
  });

  it('says the same before the first step is done, whether the row is there or not', () => {
    expect(said({ type: 'SETTLEMENT', step: 'OPENED' })).toBe(said({ type: 'SETTLEMENT', step: 'REQUESTED' }));
  });
});
