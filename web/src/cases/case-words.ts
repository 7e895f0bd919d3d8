import type { Schema } from '../api/client';

type Case = Schema<'Case'>;

/** What a clerk calls each kind of case. */
export const CASE_TYPES: Record<Case['type'], string> = {
  ONBOARD: 'Set-up',
  MOVE_OUT: 'Move-out',
  VACANCY: 'Vacancy',
  SETTLEMENT: 'Settlement',
  PAYMENT: 'Payment',
  CORRECTION: 'Correction',
};

/** The states that a case of each kind usually goes through, in their order (domain.md section 4). */
export const USUAL_WAY: Partial<Record<Case['type'], readonly Case['step'][]>> = {
  ONBOARD: ['PENDING_APPROVAL', 'PENDING_START', 'ACTIVE'],
  MOVE_OUT: ['REQUESTED', 'AWAITING_READ', 'BILL_DRAFTED', 'AWAITING_APPROVAL', 'POSTED'],
  VACANCY: ['OPENED', 'PROMPTED', 'REVERTING', 'REVERTED'],
  SETTLEMENT: ['OPENED', 'BALANCE_DUE', 'PAID', 'COMPLETED'],
};
