import type { Role } from '../domain/roles';
import type { TaskType } from '../domain/states';

/** One kind of human task: who may take it and how it can end. */
interface TaskDefinition {
  title: string;
  candidateGroup: Role;
  /** The outcomes and, for each, whether a reason is required. */
  outcomes: Record<string, { label: string; reasonRequired: boolean }>;
}

/** Every kind of task of this product. An outcome named APPROVE is an approval: four-eyes holds for it (decision 6). */
export const TASK_TYPES = {
  APPROVE_SETUP: {
    title: 'Approve the set-up of the new customer',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
      REJECT: { label: 'Reject', reasonRequired: true },
    },
  },
  EXPIRE_OR_EXTEND: {
    title: 'The start date has long passed: expire the set-up or extend it?',
    candidateGroup: 'clerk',
    outcomes: {
      EXPIRE: { label: 'Let it expire', reasonRequired: true },
      EXTEND: { label: 'Wait longer', reasonRequired: false },
    },
  },
  APPROVE_FINAL_BILL: {
    title: 'Approve the final bill',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
      SEND_BACK: { label: 'Send back', reasonRequired: true },
    },
  },
  CORRECT_FINAL_BILL: {
    title: 'Correct the final bill that was sent back',
    candidateGroup: 'clerk',
    outcomes: {
      CORRECT_READ: { label: 'Correct a read', reasonRequired: true },
      REDRAFT: { label: 'Draft it again', reasonRequired: false },
    },
  },
  NEW_TENANT: {
    title: 'Is there a new tenant?',
    candidateGroup: 'clerk',
    outcomes: { NO_NEW_TENANT: { label: 'No new tenant', reasonRequired: false } },
  },
  RECONNECT_TO_LANDLORD: {
    title: 'Reconnect service at the service address to the landlord?',
    candidateGroup: 'clerk',
    outcomes: {
      RECONNECT: { label: 'Reconnect to the landlord', reasonRequired: false },
      DECLINE: { label: 'The landlord declines', reasonRequired: true },
    },
  },
  APPROVE_REFUND: {
    title: 'Approve the refund',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
    },
  },
  APPROVE_REFUND_SECOND: {
    title: 'Approve the refund, as the second of two',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
    },
  },
  APPROVE_AMENDMENT: {
    title: 'Approve what is to be amended so that the case can go on',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
      REJECT: { label: 'Reject', reasonRequired: true },
    },
  },
} as const satisfies Record<TaskType, TaskDefinition>;

/** How a task of this type can end. */
export type OutcomeOf<T extends TaskType> = Extract<keyof (typeof TASK_TYPES)[T]['outcomes'], string>;

/** The outcome that four-eyes guards. */
export const APPROVAL = 'APPROVE';
