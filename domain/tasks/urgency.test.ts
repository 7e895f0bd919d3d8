import { DEFAULT_SETTINGS } from '../settings';
import { timingOf, urgencyAt } from './urgency';

describe('timingOf', () => {
  it('is that of all tasks, unless the kind has its own', () => {
    const { byType: _none, ...forAll } = DEFAULT_SETTINGS.tasks;
    expect(timingOf(DEFAULT_SETTINGS.tasks, 'NEW_TENANT')).toEqual(forAll);
    const tasks = { ...DEFAULT_SETTINGS.tasks, byType: { NEW_TENANT: { dueAfterHours: 4, priority: 80 } } };
    expect(timingOf(tasks, 'NEW_TENANT')).toEqual({ ...forAll, dueAfterHours: 4, priority: 80 });
    expect(timingOf(tasks, 'APPROVE_REFUND')).toEqual(forAll);
  });
});

describe('urgencyAt', () => {
  it('rises with each escalation and never falls', () => {
    const fresh = { escalation: 0, priority: 50 };
    expect(urgencyAt('REMINDED', fresh)).toEqual(fresh);
    expect(urgencyAt('ESCALATED', fresh)).toEqual({ escalation: 1, priority: 75 });
    expect(urgencyAt('ESCALATED_AGAIN', fresh)).toEqual({ escalation: 2, priority: 100 });
    expect(urgencyAt('ESCALATED', { escalation: 2, priority: 100 })).toEqual({ escalation: 2, priority: 100 });
    expect(urgencyAt('ESCALATED', { escalation: 0, priority: 90 })).toEqual({ escalation: 1, priority: 90 });
  });
});
