import { priceFinalBill, type FinalBillFacts } from '../billing/price-final-bill';
import { finalBillFacts, unmeteredService, waterRate, waterService } from '../billing/sample-facts';
import { refuseEntry } from '../ledger';
import { billPostings, postingDifference } from './bill-postings';
import { correctFacts } from './correct-facts';

const flat = waterRate({ unit: null, charges: [{ kind: 'FLAT', amountCents: 1200 }], taxes: [] });
const facts = (changes: Partial<FinalBillFacts> = {}) =>
  finalBillFacts({
    services: [waterService(), unmeteredService({ rateVersions: [flat] })],
    fees: [{ code: 'READ', name: 'Final read', serviceType: null, amountCents: 1500, taxable: false }],
    ...changes,
  });
const nothing = { startValue: null, estimated: null, rateVersions: null };
const lowered = correctFacts(facts(), [{ ...nothing, agreementId: 1, endValue: '104000' }]);
const sumOf = (lines: { amountCents: number }[]) => lines.reduce((sum, line) => sum + line.amountCents, 0);

describe('rule 20: the postings of a bill and of its correction', () => {
  it('rule 20: balance, and what is owed is the total of the bill', () => {
    const bill = priceFinalBill(facts());
    const lines = billPostings(bill);
    expect(sumOf(lines)).toBe(0);
    expect(sumOf(lines.filter(({ ledgerAccount }) => ledgerAccount === 'RECEIVABLE'))).toBe(bill.totalCents);
  });

  it('rule 20: move only the difference, by service and tax', () => {
    const before = priceFinalBill(facts());
    const after = priceFinalBill(lowered);
    // 2000 gal less at $4.00 per 1000, and 5 % tax on it.
    expect(after.totalCents - before.totalCents).toBe(-840);
    expect(postingDifference(before, after)).toEqual([
      { ledgerAccount: 'RECEIVABLE', serviceCode: 'WATER', amountCents: -840 },
      { ledgerAccount: 'REVENUE', serviceCode: 'WATER', amountCents: 800 },
      { ledgerAccount: 'TAX_PAYABLE', serviceCode: 'WATER', amountCents: 40 },
    ]);
    expect(refuseEntry(postingDifference(before, after))).toBeNull();
  });

  it('rule 20: are nothing between a bill and itself, and take back what was moved when it is corrected back', () => {
    const [before, after] = [priceFinalBill(facts()), priceFinalBill(lowered)];
    expect(postingDifference(before, before)).toEqual([]);
    const there = postingDifference(before, after);
    const back = postingDifference(after, before);
    expect(back.map(({ amountCents }) => amountCents)).toEqual(there.map(({ amountCents }) => -amountCents));
  });

  it('rule 20: charge a service to the one it is of, where the sum stays the same', () => {
    const [before, after] = [priceFinalBill(facts()), priceFinalBill(facts())];
    const moved = {
      ...after,
      lines: after.lines.map((line) => (line.kind === 'FEE' ? { ...line, serviceType: 'WATER' } : line)),
    };
    expect(postingDifference(before, moved).filter(({ ledgerAccount }) => ledgerAccount === 'RECEIVABLE')).toEqual([
      { ledgerAccount: 'RECEIVABLE', serviceCode: 'WATER', amountCents: 1500 },
      { ledgerAccount: 'RECEIVABLE', serviceCode: null, amountCents: -1500 },
    ]);
  });
});
