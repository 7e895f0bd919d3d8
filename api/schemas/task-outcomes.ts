import { z } from 'zod';
import type { OutcomeOf } from '../../contract/task-types';
import type { TaskType } from '../../domain/states';
import { civilDate, noFields, pointId } from './common';
import { adjustLine, correctedRead } from './corrections';

type DataSchema = z.ZodType<Record<string, unknown>>;

/** The services that a decision is about, of those that the task asks about; left out, all of them. */
const someServices = z.strictObject({ servicePointIds: z.array(pointId).min(1).max(50).optional() });
const correctRead = z.strictObject({ reads: z.array(correctedRead).min(1).max(20) });

const adjustLines = z.strictObject({
  lines: z.array(adjustLine).max(20).openapi({
    description: 'In the place of those that were added before; none takes them off',
  }),
});

/** What the data of a decision is, for each way in which a task can end: a missing or an unknown one does not compile. */
const DATA = {
  APPROVE_SETUP: { APPROVE: noFields, REJECT: noFields },
  EXPIRE_OR_EXTEND: { EXPIRE: noFields, EXTEND: z.strictObject({ until: civilDate }) },
  READ_EXCEPTION: { APPROVE: noFields, REREAD: noFields, ESTIMATE: noFields },
  MISSING_READ: { ESTIMATE: noFields, WAIT: z.strictObject({ until: civilDate }) },
  APPROVE_FINAL_BILL: { APPROVE: noFields, SEND_BACK: noFields },
  CORRECT_FINAL_BILL: { CORRECT_READ: correctRead, ADJUST_LINES: adjustLines, REDRAFT: noFields },
  NEW_TENANT: { NO_NEW_TENANT: noFields, SHUT_OFF: noFields },
  RECONNECT_TO_LANDLORD: { RECONNECT: someServices, DECLINE: someServices, SHUT_OFF: someServices },
  CONFIRM_SHUT_OFF: { APPROVE: noFields, REJECT: noFields },
  APPROVE_REFUND: { APPROVE: noFields, REJECT: noFields },
  APPROVE_REFUND_SECOND: { APPROVE: noFields, REJECT: noFields },
  APPROVE_AMENDMENT: { APPROVE: noFields, REJECT: noFields },
  APPROVE_CORRECTION: { APPROVE: noFields, REJECT: noFields },
  HAND_TO_COLLECTIONS: {
    ...{ HAND_OVER: noFields, WAIT: z.strictObject({ until: civilDate }), WRITE_OFF: noFields },
  },
  APPROVE_WRITE_OFF: { APPROVE: noFields, REJECT: noFields },
} satisfies { [T in TaskType]: Record<OutcomeOf<T>, DataSchema> };

function dataOf(type: TaskType | null, outcome: string): DataSchema {
  const outcomes: Record<string, DataSchema> = type ? DATA[type] : {};
  // An outcome that the task does not have, or a task that is not there, is refused by its own code.
  return (Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined) ?? noFields;
}

/** What a decision on a task of this type has below `data` of its body. */
export const bodyData = (type: TaskType | null, outcome: string): z.ZodType<{ data: Record<string, unknown> }> =>
  z.object({ data: dataOf(type, outcome) });

/** The same as JSON Schema, for a form to be drawn from. */
export const dataJsonSchema = (type: TaskType, outcome: string): Record<string, unknown> =>
  z.toJSONSchema(dataOf(type, outcome), { io: 'input' });
