import type { PricedBill } from '../billing/price-final-bill';
import type { PostingLine } from '../ledger';

/** What a final bill posts: each service's charges and taxes, and each fee, against what is owed for them. */
export function billPostings(bill: PricedBill): PostingLine[] {
  const services = bill.services.flatMap(({ serviceType, chargesCents, taxCents }) => [
    { ledgerAccount: 'RECEIVABLE' as const, serviceCode: serviceType, amountCents: chargesCents + taxCents },
    { ledgerAccount: 'REVENUE' as const, serviceCode: serviceType, amountCents: -chargesCents },
    { ledgerAccount: 'TAX_PAYABLE' as const, serviceCode: serviceType, amountCents: -taxCents },
  ]);
  const fees = bill.lines.filter(({ kind }) => kind === 'FEE');
  return [
    ...services,
    ...fees.flatMap(({ serviceType: serviceCode, amountCents }) => [
      { ledgerAccount: 'RECEIVABLE' as const, serviceCode, amountCents },
      { ledgerAccount: 'REVENUE' as const, serviceCode, amountCents: -amountCents },
    ]),
  ];
}

/**
 * What is to be posted so that the first bill's entry and this one together are the second bill's (domain.md rule 20):
 * the difference by ledger account and service, without zeros. It balances, as both do.
 */
export function postingDifference(before: PricedBill, after: PricedBill): PostingLine[] {
  const differences = new Map<string, PostingLine>();
  const add = (line: PostingLine, sign: 1 | -1): void => {
    const { ledgerAccount, serviceCode = null, amountCents } = line;
    const key = `${ledgerAccount}/${serviceCode ?? ''}`;
    const sum = (differences.get(key)?.amountCents ?? 0) + sign * amountCents;
    differences.set(key, { ledgerAccount, serviceCode, amountCents: sum });
  };
  for (const line of billPostings(after)) add(line, 1);
  for (const line of billPostings(before)) add(line, -1);
  return [...differences.values()].filter(({ amountCents }) => amountCents !== 0);
}
