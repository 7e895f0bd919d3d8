import { actionsFor, refuseActor } from './incident-actions';

const failed = (step: string, code = 'UNEXPECTED') => ({ step, code, amendmentPending: false });

it('lets every step be retried or its case aborted, and no money step be skipped', () => {
  for (const step of ['postPayment', 'decideRefund', 'decideFinalBill', 'draftFinalBill', 'openSettlement'])
    expect(actionsFor(failed(step))).toEqual(['RETRY', 'ABORT']);
});

it('lets reminders be skipped', () => {
  for (const step of ['remindBalance', 'remind-task_1-REMINDED', 'remind-task_1-ESCALATED'])
    expect(actionsFor(failed(step))).toEqual(['RETRY', 'SKIP', 'ABORT']);
});

it('lets rates be amended where a price is missing, in the steps that look for it', () => {
  for (const code of ['RATE_MISSING', 'RATE_GAP', 'UNIT_MISMATCH'])
    expect(actionsFor(failed('draftFinalBill', code))).toEqual(['RETRY', 'AMEND', 'ABORT']);
  expect(actionsFor(failed('refreshOnboarding', 'NOT_BILLABLE'))).toContain('AMEND');
  expect(actionsFor(failed('draftFinalBill', 'NOT_STOPPED'))).not.toContain('AMEND');
  expect(actionsFor(failed('openVacancy', 'RATE_MISSING'))).not.toContain('AMEND');
});

it('has technical repairs done by operators and business data amended by the office', () => {
  const missing = failed('draftFinalBill', 'RATE_MISSING');
  expect(refuseActor(missing, 'RETRY', ['clerk'])?.code).toBe('ROLE');
  expect(refuseActor(missing, 'ABORT', ['supervisor'])?.code).toBe('ROLE');
  expect(refuseActor(missing, 'AMEND', ['operator'])?.code).toBe('ROLE');
  expect(refuseActor(missing, 'AMEND', ['clerk'])).toBeNull();
  expect(refuseActor(missing, 'AMEND', ['supervisor'])).toBeNull();
  expect(refuseActor(missing, 'RETRY', ['clerk', 'operator'])).toBeNull();
  expect(refuseActor({ ...missing, amendmentPending: true }, 'AMEND', ['clerk'])?.code).toBe('AMENDMENT_PENDING');
  expect(refuseActor(failed('openVacancy'), 'SKIP', ['operator'])?.code).toBe('NOT_SKIPPABLE');
  expect(refuseActor(failed('openVacancy'), 'AMEND', ['clerk'])?.code).toBe('NOT_AMENDABLE');
});
