import { groupBy } from '../group-by';
import { fresh, named, refuseFuture, spoilTogether, type Check } from './check';

/** Checks deposits, and opening balances account by account. */
export function checkMoney(c: Check): void {
  const { accounts, services } = c.office;
  for (const row of [...fresh(c, 'deposits'), ...fresh(c, 'balances')]) {
    const { accountNumber, service } = row.values;
    const account = named(c, row, 'accountNumber', { file: 'accounts', key: accountNumber, things: accounts });
    if (service) named(c, row, 'service', { file: 'services', key: service, things: services });
    if (account?.status === 'CLOSED')
      c.bad.add(row, 'accountNumber', 'The account is CLOSED: nothing is owed, nothing is held');
  }
  for (const row of fresh(c, 'deposits')) refuseFuture(c, row, ['paidOn', 'lastInterestOn']);
  const ofAccount = groupBy(c.rows.balances, ({ key }) => key.split(' ')[0] ?? '');
  for (const [number, rows] of ofAccount) {
    const first = rows.find(({ values }) => values !== null)?.values;
    for (const row of rows) {
      if (row.already || row.values === null || c.bad.has(row)) continue;
      if (row.values.balanceOn > c.today)
        c.bad.add(row, 'balanceOn', `Is after the office's today, which is ${c.today}`);
      if (row.values.balanceOn !== first?.balanceOn)
        c.bad.add(row, 'balanceOn', 'The other balances of the account are of another day');
      if (accounts.get(number)?.hasOpening)
        c.bad.add(row, 'accountNumber', 'The account has an opening balance in Keyturn already');
    }
    spoilTogether(c, rows, 'accountNumber');
  }
}
