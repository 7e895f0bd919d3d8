import { priceFinalBill } from '../billing/price-final-bill';
import { finalBillFacts } from '../billing/sample-facts';
import { adjustmentFees, refuseAdjustments } from './adjustments';
import { billPostings } from './bill-postings';

const credit = { serviceCode: 'WATER', amountCents: -250, name: 'Leak allowance' };

it('rule 20: adjusted lines are of a service of the bill, and are not nothing', () => {
  expect(refuseAdjustments([credit], ['WATER'])).toBeNull();
  expect(refuseAdjustments([], [])).toBeNull();
  expect(refuseAdjustments([credit, { ...credit, serviceCode: 'GAS' }], ['WATER'])).toMatchObject({
    ...{ code: 'SERVICE_UNKNOWN', pointer: '#/data/lines/1/serviceCode' },
  });
  expect(refuseAdjustments([{ ...credit, amountCents: 0 }], ['WATER'])).toMatchObject({
    ...{ code: 'ADJUSTMENT_ZERO', pointer: '#/data/lines/0/amountCents' },
  });
});

it('rule 20: they move the total by their amount, bear no tax and are posted to their service', () => {
  const before = priceFinalBill(finalBillFacts());
  const after = priceFinalBill(finalBillFacts({ fees: adjustmentFees([credit]) }));
  expect(after.totalCents - before.totalCents).toBe(-250);
  expect(after.services).toEqual(before.services);
  expect(after.lines.find(({ kind }) => kind === 'FEE')).toMatchObject({
    ...{ name: 'Leak allowance', steps: [{ text: 'An amount that was added by hand, and approved' }] },
  });
  expect(billPostings(after).slice(-2)).toEqual([
    { ledgerAccount: 'RECEIVABLE', serviceCode: 'WATER', amountCents: -250 },
    { ledgerAccount: 'REVENUE', serviceCode: 'WATER', amountCents: 250 },
  ]);
});
