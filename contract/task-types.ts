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
  READ_EXCEPTION: {
    title: 'A final read is not plausible: accept it, have it read again, or estimate?',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: {
        label: 'Accept the read; one below the last has passed the end of the register',
        reasonRequired: true,
      },
      REREAD: { label: 'Have it read again', reasonRequired: true },
      ESTIMATE: { label: 'Estimate it', reasonRequired: true },
    },
  },
  MISSING_READ: {
    title: 'A final read is not in: estimate it or wait?',
    candidateGroup: 'clerk',
    outcomes: {
      ESTIMATE: { label: 'Estimate it', reasonRequired: true },
      WAIT: { label: 'Wait longer', reasonRequired: false },
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
      ADJUST_LINES: { label: 'Add or take off amounts', reasonRequired: true },
      REDRAFT: { label: 'Draft it again', reasonRequired: false },
    },
  },
  NEW_TENANT: {
    title: 'Is there a new tenant?',
    candidateGroup: 'clerk',
    outcomes: {
      NO_NEW_TENANT: { label: 'No new tenant', reasonRequired: false },
      SHUT_OFF: { label: 'No new tenant: shut off what no landlord is asked about', reasonRequired: true },
    },
  },
  RECONNECT_TO_LANDLORD: {
    title: 'Reconnect service at the service address to the landlord?',
    candidateGroup: 'clerk',
    outcomes: {
      RECONNECT: { label: 'Reconnect to the landlord', reasonRequired: false },
      DECLINE: { label: 'The landlord declines', reasonRequired: true },
      SHUT_OFF: { label: 'Shut the supply off', reasonRequired: true },
    },
  },
  CONFIRM_SHUT_OFF: {
    title: 'Confirm that the supply is shut off',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Shut off', reasonRequired: false },
      REJECT: { label: 'Do not shut off', reasonRequired: true },
    },
  },
  APPROVE_REFUND: {
    title: 'Approve the refund',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
      REJECT: { label: 'Reject', reasonRequired: true },
    },
  },
  APPROVE_REFUND_SECOND: {
    title: 'Approve the refund, as the second of two',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
      REJECT: { label: 'Reject', reasonRequired: true },
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
  APPROVE_CORRECTION: {
    title: 'Approve the bill that takes the place of a wrong final bill',
    candidateGroup: 'supervisor',
    outcomes: {
      APPROVE: { label: 'Approve', reasonRequired: false },
      REJECT: { label: 'Reject', reasonRequired: true },
    },
  },
  HAND_TO_COLLECTIONS: {
    title: 'The balance stays unpaid: hand it to collections?',
    candidateGroup: 'clerk',
    outcomes: {
      HAND_OVER: { label: 'Hand it to collections', reasonRequired: false },
      WAIT: { label: 'Give the customer more time', reasonRequired: true },
      WRITE_OFF: { label: 'Ask to have it written off', reasonRequired: true },
    },
  },
  APPROVE_WRITE_OFF: {
    title: 'Approve that the debt is written off',
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
