import { GUARDED_TASKS } from '../domain/tasks/guarded';
import { APPROVAL, TASK_TYPES } from './task-types';

it('guards every kind of task that can be approved, and no other', () => {
  const approving = Object.entries(TASK_TYPES).filter(([, { outcomes }]) => APPROVAL in outcomes);
  expect([...GUARDED_TASKS].sort()).toEqual(approving.map(([type]) => type).sort());
});
