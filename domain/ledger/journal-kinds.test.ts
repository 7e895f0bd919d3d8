import { documentOf, entrySays, takenBack } from './journal-kinds';

describe('what an entry is about', () => {
  it('names the bill, receipt or refund that customers know, and else nothing', () => {
    expect(documentOf('FINAL_BILL', 'bill/B-7')).toBe('B-7');
    expect(documentOf('DEPOSIT_APPLIED', 'deposit/B-7')).toBe('B-7');
    expect(documentOf('PAYMENT', 'payment/R-1')).toBe('R-1');
    expect(documentOf('OPENING_BALANCE', 'opening/12')).toBeNull();
    expect(entrySays('OPENING_BALANCE')).toBe('Balance brought forward');
  });

  it('takes back the entry whose key its own begins with, and no other', () => {
    const keys = new Set(['reversion-fee/7', 'reversion-fee/71', 'bill/B-1', 'reversion-fee/7/undone']);
    expect(takenBack('reversion-fee/7/undone', keys)).toBe('reversion-fee/7');
    expect(takenBack('reversion-fee/72/undone', keys)).toBeNull();
    expect(takenBack('bill/B-1', keys)).toBeNull();
    expect(takenBack('bill/B-1/canceled/again', keys)).toBe('bill/B-1');
    expect(takenBack('plain', keys)).toBeNull();
  });
});
