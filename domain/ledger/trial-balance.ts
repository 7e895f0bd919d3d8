import { CHART_OF_ACCOUNTS, type ChartLine, type LedgerAccount } from '../ledger';
import { sumCents, type Cents } from '../money';

/** What was debited and credited, both as positive cents. */
interface Sides {
  debitCents: Cents;
  creditCents: Cents;
}

/** The sums of one ledger account for one service (null: for none). */
export interface LedgerSum extends Sides {
  ledgerAccount: LedgerAccount;
  serviceCode: string | null;
}

/** One account of a trial balance; its balance is positive on its normal side. */
export interface TrialBalanceLine extends Sides, ChartLine {
  ledgerAccount: LedgerAccount;
  balanceCents: Cents;
  byService: (Sides & { serviceCode: string | null })[];
}

/** Every account of the chart with its sums. The two sides are equal when every entry balances. */
export interface TrialBalance extends Sides {
  accounts: TrialBalanceLine[];
}

/** Puts the sums into the order of the chart; an account that nothing was posted to is there with zeros. */
export function trialBalance(sums: readonly LedgerSum[]): TrialBalance {
  const accounts = CHART_OF_ACCOUNTS.map((account) => {
    const own = sums.filter(({ ledgerAccount }) => ledgerAccount === account.ledgerAccount);
    const { debitCents, creditCents } = sumSides(own);
    return {
      ...{ ...account, debitCents, creditCents },
      balanceCents: account.normalSide === 'DEBIT' ? debitCents - creditCents : creditCents - debitCents,
      byService: own.map(({ ledgerAccount: _own, ...sides }) => sides),
    };
  });
  return { accounts, ...sumSides(accounts) };
}

const sumSides = (all: readonly Sides[]): Sides => ({
  debitCents: sumCents(all.map(({ debitCents }) => debitCents)),
  creditCents: sumCents(all.map(({ creditCents }) => creditCents)),
});
