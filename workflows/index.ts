/** The workflow bundle's entry: one lifecycle each, stored work, the reconciler and the detector. */
export { correctBill } from './correct-bill';
export { fieldWork } from './field-work';
export { moveOut } from './move-out';
export { onboardCustomer } from './onboard-customer';
export { receivePayment } from './receive-payment';
export { reconcile } from './reconcile';
export { resolveVacancy } from './resolve-vacancy';
export { settleAccount } from './settle-account';
export { watchCases } from './watch-cases';
