export type { BillLine, FinalBillFacts, FinalBillFee, FinalBillService, PricedBill } from './final-bill';
export { MANUAL_ADJUSTMENT } from './final-bill';
export type { Step } from '../step';
export { priceBill as priceFinalBill } from './price/price-bill';
export { refuseFinalBill } from './refuse-final-bill';
