import { eventText, titleOf } from './event-text';
import { moneyEntries, orderEntries } from './office-entries';
import { attemptEntries, incidentEntries, stepEntries } from './technical-entries';

const cora = { username: 'cora', displayName: 'Cora' };
const system = { username: 'system', displayName: 'Keyturn' };
const at = new Date('2026-11-24T09:00:00.000Z');
const dayLater = (real: Date) => new Date(real.getTime() + 86_400_000);

describe('an event in words', () => {
  it('has a sentence of its own', () => {
    expect(eventText('FINAL_BILL_POSTED', { billNumber: 'B0000001', totalCents: 1753 })).toBe(
      'The final bill B0000001 was posted: $17.53.',
    );
    expect(eventText('TASK_OPENED', { type: 'NEW_TENANT' })).toBe('The task "Is there a new tenant?" was opened.');
  });

  it('is said by its name where it has none, or its data is not what it was', () => {
    expect(eventText('SOMETHING_OF_OLD', {})).toBe('Something of old.');
    expect(eventText('BILL_DRAFTED', {})).toContain('an unknown amount');
    expect(titleOf('AN_OLD_TASK')).toBe('AN_OLD_TASK');
  });
});

describe('money in words', () => {
  const row = { entryId: 1, entryOn: '2026-11-24', at, ...cora };

  it('says what a bill asks for, and of other entries what changed hands', () => {
    const lines = [
      { ledgerAccount: 'RECEIVABLE' as const, amountCents: 1753 },
      { ledgerAccount: 'REVENUE' as const, amountCents: -1753 },
    ];
    const [bill] = moneyEntries([{ ...row, kind: 'FINAL_BILL', lines }]);
    expect(bill).toMatchObject({ text: 'A final bill of $17.53 was posted.', data: { amountCents: 1753, lines } });
    const paid = [
      { ledgerAccount: 'CASH_CLEARING' as const, amountCents: 500 },
      { ledgerAccount: 'RECEIVABLE' as const, amountCents: -500 },
    ];
    expect(moneyEntries([{ ...row, kind: 'PAYMENT', lines: paid }])[0]?.text).toBe('A payment of $5.00 was posted.');
  });
});

describe('a service order that goes from case to case', () => {
  const row = { seq: 1, action: 'order.handed-over', orderNumber: 'SO1', type: 'READ_OUT' as const, at, ...cora };

  it('comes in one timeline and leaves in the other', () => {
    const [came] = orderEntries([{ ...row, before: 'moveout-1', caseId: 'onboard-1' }], 'onboard-1');
    expect(came?.text).toBe('The service order SO1 (read out) came from another case.');
    const [left] = orderEntries([{ ...row, before: 'moveout-1', caseId: 'onboard-1' }], 'moveout-1');
    expect(left?.text).toBe('The service order SO1 (read out) went on to another case.');
  });
});

describe('a technical step', () => {
  it('says after how many attempts it was done, where Temporal still knows', () => {
    const rows = [{ key: 'moveout-1/draftFinalBill/1', doneAt: at }];
    const known = { state: 'KNOWN' as const, done: new Map([['moveout-1/draftFinalBill/1', 22]]), pending: [] };
    const [step] = stepEntries(rows, known, dayLater, system);
    expect(step).toMatchObject({
      ...{ at: dayLater(at), text: 'The step draftFinalBill was done at the 22nd attempt.' },
      data: { step: 'draftFinalBill', n: '1', attempts: 22 },
    });
    const [forgotten] = stepEntries(rows, { ...known, state: 'FORGOTTEN', done: new Map() }, dayLater, system);
    expect(forgotten).toMatchObject({ text: 'The step draftFinalBill was done.', data: { attempts: null } });
  });

  it('says how it is tried now and what the attempt before failed with, on the clock of the office', () => {
    const pending = [
      { activityId: '5', step: 'postFinalBill', attempt: 3, lastFailure: 'OUTAGE', scheduledAt: at, nextAttemptAt: at },
    ];
    const [tried] = attemptEntries({ state: 'KNOWN', done: new Map(), pending }, dayLater, system);
    expect(tried).toMatchObject({
      ...{ at: dayLater(at), kind: 'STEP_TRIED' },
      text: 'The step postFinalBill is under way: attempt 3, the one before failed with OUTAGE.',
      data: { attempt: 3, lastFailure: 'OUTAGE', nextAttemptAt: dayLater(at) },
    });
  });
});

describe('an incident', () => {
  const person = { username: 'olive', displayName: 'Olive' };
  const row = { incidentId: 1, step: 'draftFinalBill', code: 'RATE_MISSING', cause: 'x', openedAt: at, resolvedAt: at };
  const entriesOf = (more: object) => incidentEntries([{ ...row, ...person, resolution: 'RETRY', ...more }], system);

  it('failed, and was resolved by somebody', () => {
    expect(entriesOf({}).map(({ actor, text }) => `${actor.username}: ${text}`)).toEqual([
      'system: The step draftFinalBill failed for good: RATE_MISSING.',
      'olive: The incident of the step draftFinalBill was resolved: retry.',
    ]);
  });

  it('that was only noted failed in nothing', () => {
    const forged = { step: 'task task_1', code: 'FORGED_DECISION', resolution: 'NOTED' };
    expect(entriesOf(forged).map(({ text }) => text)).toEqual([
      'FORGED_DECISION was noted at the task task_1; nothing was done.',
    ]);
  });
});
