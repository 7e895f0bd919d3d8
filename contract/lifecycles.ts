import type { CaseType } from '../domain/states';

/** The workflow of each type of case. Stored work and the watchers are no cases: they are not among these. */
export const LIFECYCLES = {
  ONBOARD: 'onboardCustomer',
  MOVE_OUT: 'moveOut',
  VACANCY: 'resolveVacancy',
  SETTLEMENT: 'settleAccount',
  PAYMENT: 'receivePayment',
  CORRECTION: 'correctBill',
} as const satisfies Record<CaseType, string>;
