import type { Cents } from '../money';

/**
 * Whose unpaid final balance it is, seen from who is set up (domain.md rule 18): their own, another record's of the same
 * master contact, one that they cosigned, one of the place, or one of a record that is likely theirs.
 */
export const DEBT_RELATIONS = ['SAME_CUSTOMER', 'MASTER_CONTACT', 'COSIGNER', 'LOCATION', 'LIKELY_DUPLICATE'] as const;
export type DebtRelation = (typeof DEBT_RELATIONS)[number];

/** What an old debt does to a set-up: nothing, a warning, a supervisor's approval, or no set-up until it is paid. */
export const DEBT_POLICIES = ['IGNORE', 'WARN', 'APPROVE', 'BLOCK'] as const;
export type DebtPolicy = (typeof DEBT_POLICIES)[number];

/** An account that has ended and still owes, in cents above 0. */
export interface OldDebt {
  accountNumber: string;
  relation: DebtRelation;
  owedCents: Cents;
}

/** A debt with what policy makes of it. */
export type WeighedDebt = OldDebt & { policy: DebtPolicy };

/**
 * Weighs old debts by policy, the strictest first; what is ignored is left out, and an account that is found by several
 * relations counts once, by the strictest.
 */
export function weighDebts(debts: readonly OldDebt[], policyOf: Record<DebtRelation, DebtPolicy>): WeighedDebt[] {
  const strictness = ({ policy }: WeighedDebt) => DEBT_POLICIES.indexOf(policy);
  const weighed = debts
    .map((debt) => ({ ...debt, policy: policyOf[debt.relation] }))
    .filter(({ policy }) => policy !== 'IGNORE')
    .sort((a, b) => strictness(b) - strictness(a) || (a.accountNumber < b.accountNumber ? -1 : 1));
  const first = new Map<string, WeighedDebt>();
  for (const debt of weighed) if (!first.has(debt.accountNumber)) first.set(debt.accountNumber, debt);
  return [...first.values()];
}
