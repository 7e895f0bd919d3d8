import { z } from 'zod';
import { LIMITS } from '../limits';
import { cents, freeText, idText, instant, jsonObject, listOf, listQuery, person, userName } from './common';
import { recordStatus, role, taskStatus, taskType } from './words';

export const taskParams = z.strictObject({ taskId: idText(40) });
const byUrgency = z.tuple([z.int().min(0).max(100), z.iso.datetime(), z.string().max(64)]);
export const taskListQuery = listQuery(byUrgency, {
  view: z.enum(['mine', 'group', 'overdue', 'escalated']).default('group'),
  type: taskType.optional(),
});

/** Who gets the task, null for its whole group, and who had it when whoever assigns looked. */
export const assignBody = z
  .strictObject({ assignee: userName.nullable(), seen: userName.nullable() })
  .openapi('AssignTask');
export const delegateBody = z.strictObject({ to: userName }).openapi('DelegateTask');
export const priorityBody = z.strictObject({ priority: z.int().min(0).max(100) }).openapi('TaskPriority');

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
    owner: person.nullable(),
    amountCents: cents.nullable(),
    openedAt: instant,
    remindAt: instant,
    dueAt: instant,
    escalateAgainAt: instant.nullable(),
    priority: z.int(),
    escalation: z.int(),
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

/** One thing that happened to a task. */
const taskEvent = z
  .strictObject({ at: instant, action: z.string(), actor: person, data: jsonObject })
  .openapi('TaskEvent');

export const taskDetail = taskShown
  .extend({
    subject: jsonObject,
    draftedBy: person.nullable(),
    startedBy: person.nullable(),
    outcomes: z.array(outcomeShown),
    decisions: z.array(decisionShown),
    history: z.array(taskEvent),
  })
  .openapi('TaskDetail');

/** Tasks to approve, each once and in the version that was read. */
export const approveBody = z
  .strictObject({
    tasks: z
      .array(z.strictObject({ taskId: idText(40), version: z.int().min(1).max(1_000_000) }))
      .min(1)
      .max(LIMITS.decisionsPerRequest)
      .refine((tasks) => new Set(tasks.map(({ taskId }) => taskId)).size === tasks.length, 'Name each task once'),
    comment: freeText(2000)
      .nullish()
      .transform((text) => text ?? null),
  })
  .openapi('ApproveTasks');

/** What became of each task: REFUSED with the code of the refusal, RECORDED when the verdict is not known yet. */
export const approved = z
  .strictObject({
    results: z.array(
      z
        .strictObject({
          taskId: z.string(),
          decisionId: z.string().nullable(),
          status: z.enum(['APPLIED', 'RECORDED', 'REFUSED']),
          code: z.string().optional(),
          detail: z.string().optional(),
        })
        .openapi('ApprovedTask'),
    ),
  })
  .openapi('ApprovedTasks');

/** APPLIED when the case carried the decision out; RECORDED when its verdict is not known yet. */
export const decided = z
  .strictObject({ decisionId: z.string(), status: z.enum(['APPLIED', 'RECORDED']) })
  .openapi('Decided');
