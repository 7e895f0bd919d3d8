import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { IncidentAction } from '../domain/incident-actions';
import type { CaseView, Opened } from './cases';

/** Answered by the verdict of the opening step, which main runs by itself (design.md decision 5). */
export const openCase = defineUpdate<Opened, []>('open');

/** A person's decision on a task. The message carries only what the workflow can check; the truth is the row `decisionId`. */
export interface CompleteTask {
  taskId: string;
  version: number;
  outcome: string;
  decisionId: string;
}
/** What became of a decision: APPLIED, with the step the case then stands in. */
export interface TaskVerdict {
  status: 'APPLIED';
  outcome: string;
}
export const completeTask = defineUpdate<TaskVerdict, [CompleteTask]>('complete');

/** The field's report on an order of this case; the values are in the field_report row. */
export interface OrderDone {
  orderNumber: string;
  fieldReportId: number;
}
export const orderDone = defineUpdate<{ status: 'APPLIED' }, [OrderDone]>('orderDone');

/** What a person can command a case to do. */
export type CommandKind = 'CANCEL' | 'RESCHEDULE' | 'LANDLORD_DECLINES' | IncidentAction;

/** A person's command to the case; kind, reason and data are in the case_command row. */
export interface CaseCommandMessage {
  commandId: string;
  kind: CommandKind;
  /** What an incident's action is about; absent of one that was recorded before there could be several. */
  incidentId?: number;
}
export const commandCase = defineUpdate<{ status: 'APPLIED' }, [CaseCommandMessage]>('command');

/** Something in MySQL changed that this case may wait for: read it again. Only wakes, never informs. */
export interface FactsChanged {
  reason:
    | 'READ'
    | 'STOPPED'
    | 'STARTED'
    | 'STOP_MOVED'
    | 'NEW_TENANT'
    | 'PAYMENT'
    | 'CORRECTED'
    | 'CANCELED'
    | 'LANDLORD'
    | 'CLOCK';
}
export const factsChanged = defineSignal<[FactsChanged]>('factsChanged');

export const caseView = defineQuery<CaseView>('view');
