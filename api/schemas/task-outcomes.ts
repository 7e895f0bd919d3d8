import { z } from 'zod';
import type { OutcomeOf } from '../../contract/task-types';
import type { TaskType } from '../../domain/states';
import { civilDate, noFields, registerValue } from './common';
import { readSourceGiven } from './words';

type DataSchema = z.ZodType<Record<string, unknown>>;

const correctRead = z.strictObject({
  reads: z
    .array(
      z.strictObject({
        meterId: z
          .int()
          .min(1)
          .max(2 ** 31 - 1),
        value: registerValue,
        readOn: civilDate,
        source: readSourceGiven,
      }),
    )
    .min(1)
    .max(20),
});

/** What the data of a decision is, for each way in which a task can end: a missing or an unknown one does not compile. */
const DATA = {
  APPROVE_SETUP: { APPROVE: noFields, REJECT: noFields },
  EXPIRE_OR_EXTEND: { EXPIRE: noFields, EXTEND: z.strictObject({ until: civilDate }) },
  APPROVE_FINAL_BILL: { APPROVE: noFields, SEND_BACK: noFields },
  CORRECT_FINAL_BILL: { CORRECT_READ: correctRead, REDRAFT: noFields },
  NEW_TENANT: { NO_NEW_TENANT: noFields },
  RECONNECT_TO_LANDLORD: { RECONNECT: noFields, DECLINE: noFields },
  APPROVE_REFUND: { APPROVE: noFields },
  APPROVE_REFUND_SECOND: { APPROVE: noFields },
  APPROVE_AMENDMENT: { APPROVE: noFields, REJECT: noFields },
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
