import type { AccountStatus } from '../states';
import { refuseTransfer, transferable, type AskedTransfer } from './refuse-transfer';

const asked = (more: Partial<AskedTransfer> = {}, from = {}, to = {}): AskedTransfer => ({
  ...{ kind: 'CREDIT', amountCents: null, ...more },
  from: {
    ...{ accountNumber: 'A1', customerId: 1, status: 'FINAL_BILLED', balanceCents: -300, heldCents: 5000 },
    ...from,
  },
  to: { ...{ accountNumber: 'A2', customerId: 1, status: 'ACTIVE' }, ...to },
});
const codeOf = (...given: Parameters<typeof asked>) => refuseTransfer(asked(...given))?.code ?? null;
const debt = { balanceCents: 700, heldCents: 0 };

describe('rule 15: a transfer of what is left', () => {
  it('rule 15 f: moves what is held and the credit beside it, all of it or a part', () => {
    expect(transferable(asked())).toBe(5300);
    expect(codeOf()).toBeNull();
    expect(codeOf({ amountCents: 5300 })).toBeNull();
    expect(codeOf({ amountCents: 5301 })).toBe('OVER_TRANSFERABLE');
  });

  it('rule 15 f: moves no more than is left after what is owed', () => {
    expect(transferable(asked({}, { balanceCents: 4000 }))).toBe(1000);
    expect(codeOf({}, { balanceCents: 5000 })).toBe('NOTHING_TO_TRANSFER');
    expect(transferable(asked({ kind: 'DEBT' }, { balanceCents: 5100 }))).toBe(100);
  });

  it('rule 17: goes to the same customer alone, to another account', () => {
    expect(codeOf({}, {}, { customerId: 2 })).toBe('OTHER_CUSTOMER');
    expect(codeOf({}, {}, { accountNumber: 'A1' })).toBe('SAME_ACCOUNT');
  });

  it('rule 18: a debt follows its debtor to an account that is billed', () => {
    expect(codeOf({ kind: 'DEBT' }, debt)).toBeNull();
    expect(codeOf({ kind: 'DEBT', amountCents: 701 }, debt)).toBe('OVER_TRANSFERABLE');
    expect(codeOf({ kind: 'DEBT' })).toBe('NOTHING_TO_TRANSFER');
    expect(codeOf({ kind: 'DEBT' }, debt, { status: 'PENDING_START' })).toBe('ACCOUNT_NOT_OPEN');
  });

  it('rule 15: comes after the final bill and goes to an account that has not ended', () => {
    const froms = (status: AccountStatus) => codeOf({}, { status });
    expect([froms('FINAL_BILLED'), froms('CLOSED'), froms('COLLECTIONS')]).toEqual([null, null, null]);
    expect([froms('ACTIVE'), froms('FINAL_PENDING'), froms('CANCELED')]).toEqual(Array(3).fill('NOT_FINAL_BILLED'));
    const tos = (status: AccountStatus) => codeOf({}, {}, { status });
    expect([tos('PENDING_APPROVAL'), tos('PENDING_START'), tos('PENDING_STOP')]).toEqual([null, null, null]);
    expect([tos('FINAL_PENDING'), tos('FINAL_BILLED'), tos('CANCELED')]).toEqual(Array(3).fill('ACCOUNT_NOT_OPEN'));
  });
});
