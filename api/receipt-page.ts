import { escaped } from '../documents/html/markup';
import type { findReceipt } from '../db/reads/receipts';
import { formatCents } from '../domain/money';

type Receipt = NonNullable<Awaited<ReturnType<typeof findReceipt>>>;

/** A receipt as a page to print: it stands alone, without scripts or anything to fetch. */
export function receiptPage(receipt: Receipt, utilityName: string): string {
  const { receiptNumber, accountNumber, customerName, address, receivedOn, method, takenBy } = receipt;
  const { amountCents, balanceAfterCents, depositsHeldAfterCents, paidFor } = receipt;
  const facts: [string, string][] = [
    ['Receipt', receiptNumber],
    ['Date', receivedOn],
    ['Account', accountNumber],
    ['Customer', customerName],
    ['Service address', address],
    ['Paid by', method],
    ['Taken by', takenBy?.displayName ?? ''],
  ];
  const lines = paidFor.map(
    ({ kind, serviceCode, amountCents: cents }): [string, string] =>
      [
        ...[
          kind === 'DEPOSIT' ? `Deposit, ${serviceCode}` : (serviceCode ?? 'Credit on the account'),
          formatCents(cents),
        ],
      ] as [string, string],
  );
  const sums: [string, string][] = [
    ['Paid', formatCents(amountCents)],
    ['Balance of the account after it', formatCents(balanceAfterCents)],
    ['Deposits held after it', formatCents(depositsHeldAfterCents)],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Receipt ${escaped(receiptNumber)}</title>
<style>
body { font: 12pt/1.4 sans-serif; max-width: 36em; margin: 2em auto; }
table { width: 100%; border-collapse: collapse; margin: 1em 0; }
th { text-align: left; font-weight: normal; }
td { text-align: right; }
tr { border-bottom: 1px solid #ccc; }
</style>
</head>
<body>
<h1>${escaped(utilityName)}</h1>
${[facts, lines, sums].map(table).join('\n')}
</body>
</html>
`;
}

const table = (rows: [string, string][]): string =>
  `<table>${rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`).join('')}</table>`;
