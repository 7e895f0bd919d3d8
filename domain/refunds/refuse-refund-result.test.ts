import { refuseRefundResult, type RefundOnItsWay } from './refuse-refund-result';

const sent: RefundOnItsWay = { status: 'ISSUED', issuedOn: '2026-03-01', refundFileId: 1, outcome: null };
const codeOf = (more: Partial<RefundOnItsWay>, on = '2026-03-02') =>
  refuseRefundResult({ ...sent, ...more }, on, '2026-03-05')?.code ?? null;

it('rule 17: takes the result of a refund once, when it was sent out, of a day since then', () => {
  expect(codeOf({})).toBeNull();
  expect(codeOf({}, '2026-03-01')).toBeNull();
  expect(codeOf({}, '2026-03-05')).toBeNull();
  expect(codeOf({}, '2026-02-28')).toBe('RESULT_DATE');
  expect(codeOf({}, '2026-03-06')).toBe('RESULT_DATE');
  expect(codeOf({ status: 'REQUESTED' })).toBe('REFUND_NOT_ISSUED');
  expect(codeOf({ status: 'REJECTED' })).toBe('REFUND_NOT_ISSUED');
  expect(codeOf({ outcome: 'PAID_OUT' })).toBe('REFUND_SETTLED');
  expect(codeOf({ refundFileId: null })).toBe('REFUND_NOT_SENT');
});
