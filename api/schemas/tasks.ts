import { z } from 'zod';
import { byInstant, cents, freeText, idText, instant, jsonObject, listOf, listQuery, person } from './common';
import { recordStatus, role, taskStatus, taskType } from './words';

export const taskParams = z.strictObject({ taskId: idText(40) });
export const taskListQuery = listQuery(byInstant, { view: z.enum(['mine', 'group', 'overdue']).default('group') });

/** A decision on a task; what `data` holds depends on the task's type and the outcome (task-outcomes.ts). */
export const completeBody = z
  .strictObject({
    version: z.int().min(1).max(1_000_000),
    outcome: z.string().regex(/^[A-Z_]{1,24}$/, 'This is no outcome'),
    data: jsonObject.default({}),
    comment: freeText(2000)
      .nullish()
      .transform((text) => text ?? null),
  })
  .openapi('CompleteTask');

export const taskShown = z
  .strictObject({
    taskId: z.string(),
    caseId: z.string(),
    type: taskType,
    title: z.string(),
    status: taskStatus,
    version: z.int(),
    candidateGroup: role,
    assignee: person.nullable(),
    amountCents: cents.nullable(),
    openedAt: instant,
    remindAt: instant,
    dueAt: instant,
    escalatedAt: instant.nullable(),
    closedAt: instant.nullable(),
    outcome: z.string().nullable(),
    accountNumber: z.string().nullable(),
    locationNumber: z.string().nullable(),
    customerName: z.string().nullable(),
    address: z.string().nullable(),
  })
  .openapi('Task');
export const taskList = listOf(taskShown);

const outcomeShown = z
  .strictObject({
    outcome: z.string(),
    label: z.string(),
    reasonRequired: z.boolean(),
    /** The code that this person would be refused with now, or null. */
    refusedBecause: z.string().nullable(),
    /** JSON Schema of the `data` that this outcome takes, for a form to be drawn from. */
    dataSchema: jsonObject,
  })
  .openapi('TaskOutcome');

const decisionShown = z
  .strictObject({
    decisionId: z.string(),
    taskVersion: z.int(),
    outcome: z.string(),
    comment: z.string().nullable(),
    status: recordStatus,
    voidReason: z.string().nullable(),
    createdAt: instant,
    actor: person,
  })
  .openapi('Decision');

export const taskDetail = taskShown
  .extend({
    subject: jsonObject,
    draftedBy: person.nullable(),
    startedBy: person.nullable(),
    outcomes: z.array(outcomeShown),
    decisions: z.array(decisionShown),
  })
  .openapi('TaskDetail');

/** APPLIED when the case carried the decision out; RECORDED when its verdict is not known yet. */
export const decided = z
  .strictObject({ decisionId: z.string(), status: z.enum(['APPLIED', 'RECORDED']) })
  .openapi('Decided');
