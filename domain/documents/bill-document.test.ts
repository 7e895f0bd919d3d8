import { billDocument } from './bill-document';
import type { BillFacts, Standing } from './bill-facts';
import { SAMPLE_BILL } from './sample-bill';

const standing = (changes: Partial<Standing>): BillFacts => ({
  ...SAMPLE_BILL,
  standing: { ...SAMPLE_BILL.standing, ...changes },
});

const cents = (amount: string): number => Number(amount.replace(/[$,.]/g, ''));

describe('a bill set out for its reader', () => {
  it('says first what is due and when', () => {
    const { headline, slip } = billDocument(SAMPLE_BILL);
    expect(headline).toEqual({ label: 'Amount due', amount: '$20.54', when: 'Due July 3, 2026' });
    expect(slip?.rows).toContainEqual(['Amount due', '$20.54']);
  });

  it('asks nobody to pay a refund: no slip, and no minus sign', () => {
    const { headline, slip, statement, howToPay } = billDocument(standing({ netCents: -4310 }));
    expect(headline).toMatchObject({ label: 'Refund to you', amount: '$43.10' });
    expect(slip).toBeNull();
    expect(statement.at(-1)).toEqual({ label: 'Refund to you', amount: '$43.10', isSum: true });
    expect(howToPay.join(' ')).not.toContain('check');
  });

  it('has nothing to pay at zero', () => {
    const { headline, slip } = billDocument(standing({ netCents: 0 }));
    expect(headline).toEqual({ label: 'Amount due', amount: '$0.00', when: 'There is nothing to pay.' });
    expect(slip).toBeNull();
  });

  it('has rows that add up to the amount due', () => {
    const { statement } = billDocument(SAMPLE_BILL);
    const parts = statement.filter(({ isSum }) => !isSum).map(({ amount }) => cents(amount));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(2054);
    expect(statement.map(({ label }) => label)).toEqual([
      'Balance after your bill of Jun 2, 2026',
      'Payment Jun 8, 2026 (check)',
      'Balance before this bill',
      'This bill',
      'Deposit that we hold for you',
      'Interest on your deposit',
      'Amount due',
    ]);
  });

  it('lists six payments and sums the earlier ones', () => {
    const payments = Array.from({ length: 9 }, (_, i) => ({
      ...{ on: `2026-06-0${i + 1}`, method: 'CASH' as const, cents: 100, returned: false },
    }));
    const { statement } = billDocument(standing({ payments }));
    const rows = statement.filter(({ label }) => /payment/i.test(label));
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatchObject({ label: '3 earlier payments', amount: '-$3.00' });
  });

  it('sums the charges of each service, taxes among them, to the total', () => {
    const { charges, total } = billDocument(SAMPLE_BILL);
    expect(charges.map(({ title, subtotal }) => [title, subtotal])).toEqual([
      ['Water', '$14.56'],
      ['Refuse', '$4.00'],
    ]);
    expect(charges[0]?.lines.map(({ name }) => name)).toContain('City tax');
    expect(total).toBe('$18.56');
  });

  it('explains each line by its steps, with rule and figures', () => {
    const [water] = billDocument(SAMPLE_BILL).charges;
    expect(water?.lines[1]?.steps).toEqual([
      'The last read less the first is the usage (rule 2; start 1000; end 4500; usage 3500)',
      'Tier 1: what is used up to the bound, at its rate (rule 9; quantity 3500; bound 4000; rate 3.00)',
    ]);
  });

  it('writes amounts, days and stored words of the working as people read them', () => {
    const steps = [
      {
        ...{ rule: 'rule 19', text: 'Rounded once, HALF_UP' },
        values: { cents: '333', exactCents: '333.3333', from: '2026-06-01', mode: 'HALF_UP', unit: 'CCF' },
      },
    ];
    const [line] = SAMPLE_BILL.lines;
    const [water] = billDocument({ ...SAMPLE_BILL, lines: [{ ...line!, steps }] }).charges;
    expect(water?.lines[0]?.steps).toEqual([
      'Rounded once, half up (rule 19; amount $3.33; exact 333.3333 cents; from Jun 1, 2026; mode half up; unit CCF)',
    ]);
  });

  it('shows 13 periods of use at most, the last one marked, and tells them in words', () => {
    const [history] = SAMPLE_BILL.history;
    const older = { from: '2025-04-10', to: '2025-05-10', quantity: '9999', estimated: false };
    const periods = [older, ...(history?.periods ?? [])];
    const [chart] = billDocument({ ...SAMPLE_BILL, history: [{ service: 'WATER', unit: 'gal', periods }] }).charts;
    expect(chart?.bars).toHaveLength(13);
    expect(chart?.bars.at(-1)).toMatchObject({ label: 'Jun 26', quantity: '3,500', isLast: true });
    expect(chart?.alt).toContain('to Jan 10, 2026 3,000 (estimated)');
    expect(chart?.alt).not.toContain('9,999');
  });

  it('marks a draft, which has neither number nor dates', () => {
    const draft = billDocument({ ...SAMPLE_BILL, number: null, postedOn: null, dueOn: null });
    expect(draft).toMatchObject({ title: 'Draft of a final bill, revision 1', isDraft: true });
    expect(draft.facts).toContainEqual(['Date', 'Not posted']);
  });
});
