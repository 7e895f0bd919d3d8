import type { Cents } from '../money';
import type { Refusal } from '../refusal';
import type { AccountStatus } from '../states';

/** What is moved from a final billed account: what it is owed, deposits included, or what it owes (domain.md rule 15 f). */
export type TransferKind = 'CREDIT' | 'DEBT';

/** A transfer that somebody asks for, against both accounts as they stand. */
export interface AskedTransfer {
  kind: TransferKind;
  /** Null: all that is there. */
  amountCents: Cents | null;
  from: TransferEnd & { balanceCents: Cents; heldCents: Cents };
  to: TransferEnd;
}

interface TransferEnd {
  accountNumber: string;
  customerId: number;
  status: AccountStatus;
}

const ENDED: readonly AccountStatus[] = ['FINAL_BILLED', 'CLOSED', 'COLLECTIONS'];
const BEGUN: readonly AccountStatus[] = ['ACTIVE', 'PENDING_STOP'];
const OPEN: readonly AccountStatus[] = ['PENDING_APPROVAL', 'PENDING_START', ...BEGUN];

/** How much of this kind there is to move from an account, in cents; 0 is nothing. */
export function transferable({ kind, from: { balanceCents, heldCents } }: AskedTransfer): Cents {
  const owedToCustomer = heldCents - balanceCents;
  return Math.max(0, kind === 'CREDIT' ? owedToCustomer : Math.min(balanceCents, -owedToCustomer));
}

/**
 * Why this cannot be moved, or null: money stays with its customer and a debt with its debtor (domain.md rules 17 and
 * 18), between a final billed account and another one that is open. A debt goes to an account that is billed already.
 */
export function refuseTransfer(asked: AskedTransfer): Refusal | null {
  const { kind, from, to, amountCents } = asked;
  const at = (field: string) => `#/${field}`;
  if (to.accountNumber === from.accountNumber)
    return { code: 'SAME_ACCOUNT', message: 'This is the same account', pointer: at('toAccountNumber') };
  if (to.customerId !== from.customerId)
    return { code: 'OTHER_CUSTOMER', message: 'The account is another customer’s', pointer: at('toAccountNumber') };
  if (!ENDED.includes(from.status))
    return { code: 'NOT_FINAL_BILLED', message: `The account is ${from.status}: its final bill is to come` };
  if (!(kind === 'DEBT' ? BEGUN : OPEN).includes(to.status))
    return { code: 'ACCOUNT_NOT_OPEN', message: `The account is ${to.status}`, pointer: at('toAccountNumber') };
  const there = transferable(asked);
  if (there === 0)
    return {
      code: 'NOTHING_TO_TRANSFER',
      message: kind === 'CREDIT' ? 'The account is owed nothing' : 'The account owes nothing',
    };
  if (amountCents !== null && amountCents > there)
    return { code: 'OVER_TRANSFERABLE', message: `There are only ${there} cents to move`, pointer: at('amountCents') };
  return null;
}
