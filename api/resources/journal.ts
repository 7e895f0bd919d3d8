import { civilNow } from '../../db/clock';
import { ledgerSums } from '../../db/reads/journal/ledger-sums';
import { movementsOf } from '../../db/reads/journal/movements';
import { listPostings, type PostingRow } from '../../db/reads/journal/postings';
import { findStatement } from '../../db/reads/journal/statement';
import { readSettings } from '../../db/records/settings';
import type { CivilDate } from '../../domain/dates';
import { chartLineOf } from '../../domain/ledger';
import { ageBalance } from '../../domain/ledger/age-balance';
import { documentOf, entrySays } from '../../domain/ledger/journal-kinds';
import type { Statement } from '../../domain/ledger/statement';
import { trialBalance, type TrialBalance } from '../../domain/ledger/trial-balance';
import { csv, csvInParts } from '../csv';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { accountParams } from '../schemas/accounts';
import { csvText } from '../schemas/feeds';
import {
  agedBalance,
  balanceQuery,
  generalLedgerQuery,
  statement,
  statementQuery,
  trialBalanceQuery,
  trialBalanceShown,
} from '../schemas/journal';
import { accountIds } from './account-ids';

const TAG = 'Journal';

/** What the journal says of an account and of the whole office. */
export const journalRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /accounts/{accountNumber}/balance',
    tag: TAG,
    summary: 'What an account owes by service and age, and the credits that pay none of it',
    params: accountParams,
    query: balanceQuery,
    answers: { 200: { description: 'The balance on that day', schema: agedBalance } },
    handle: async ({ params: { accountNumber }, query }) => {
      const { accountId } = await accountIds(deps, accountNumber);
      const on = query.on ?? (await today(deps));
      return ok({ accountNumber, on, ...ageBalance(await movementsOf(deps.db, accountId, on), on) });
    },
  }),

  route({
    name: 'GET /accounts/{accountNumber}/statement',
    tag: TAG,
    summary: 'What an account owed at first, what moved it, and what it owed in the end',
    params: accountParams,
    query: statementQuery,
    answers: { 200: { description: 'The statement, or a file of it', schema: statement, csv: csvText } },
    handle: async ({ params: { accountNumber }, query: { from, to, format } }) => {
      const { accountId } = await accountIds(deps, accountNumber);
      const found = await findStatement(deps.db, accountId, { from, to });
      if (format === 'json') return ok({ accountNumber, from, to, ...found });
      const fileName = `statement-${accountNumber}-${from}-${to}.csv`;
      return csv(fileName, STATEMENT_COLUMNS, statementRows(found, from, to));
    },
  }),

  route({
    name: 'GET /journal/trial-balance',
    tag: TAG,
    summary: 'Debits and credits of every ledger account through a day; the two sides are equal',
    query: trialBalanceQuery,
    answers: { 200: { description: 'The trial balance, or a file of it', schema: trialBalanceShown, csv: csvText } },
    handle: async ({ query }) => {
      const on = query.on ?? (await today(deps));
      const found = trialBalance(await ledgerSums(deps.db, on));
      if (query.format === 'json') return ok({ on, ...found });
      return csv(`trial-balance-${on}.csv`, TRIAL_BALANCE_COLUMNS, trialBalanceRows(found));
    },
  }),

  route({
    name: 'GET /journal/general-ledger',
    tag: TAG,
    summary: 'Every posting of some days, as CSV',
    query: generalLedgerQuery,
    answers: { 200: { description: 'The postings, in the order of days', schema: csvText, type: 'text/csv' } },
    handle: ({ query }) =>
      csvInParts(`journal-${query.from}-${query.to}.csv`, LEDGER_COLUMNS, ledgerParts(deps, query)),
  }),
];

const today = async ({ db }: ApiDeps): Promise<CivilDate> => civilNow((await readSettings(db)).clock);

const STATEMENT_COLUMNS = ['entryOn', 'what', 'document', 'amountCents', 'balanceCents', 'entryId'] as const;

function statementRows({ openingCents, lines, closingCents }: Statement, from: CivilDate, to: CivilDate) {
  const none = { document: null, amountCents: null, entryId: null };
  return [
    { ...none, entryOn: from, what: 'Opening balance', balanceCents: openingCents },
    ...lines,
    { ...none, entryOn: to, what: 'Closing balance', balanceCents: closingCents },
  ];
}

const TRIAL_BALANCE_COLUMNS = ['number', 'name', 'normalSide', 'serviceCode', 'debitCents', 'creditCents'] as const;

/** A line for each service; an account that nothing was posted to has one too. */
function trialBalanceRows({ accounts }: TrialBalance) {
  return accounts.flatMap(({ byService, ...account }) =>
    byService.length > 0 ? byService.map((sides) => ({ ...account, ...sides })) : [{ ...account, serviceCode: null }],
  );
}

/** How many postings are read at once. */
const PART = 5_000;

const LEDGER_COLUMNS = [
  ...(['entryId', 'entryOn', 'ledgerNumber', 'ledgerName', 'serviceCode', 'accountNumber'] as const),
  ...(['debitCents', 'creditCents', 'memo', 'kind', 'entryKey'] as const),
];

async function* ledgerParts({ db }: ApiDeps, range: { from: CivilDate; to: CivilDate }) {
  let after: (string | number)[] | null = null;
  do {
    const page = await listPostings(db, range, { limit: PART, after });
    yield page.rows.map(ledgerRow);
    after = page.next;
  } while (after);
}

function ledgerRow({ entryId, entryOn, entryKey, kind, serviceCode, accountNumber, ...posting }: PostingRow) {
  const { number: ledgerNumber, name: ledgerName } = chartLineOf(posting.ledgerAccount);
  const document = documentOf(kind, entryKey);
  return {
    ...{ entryId, entryOn, ledgerNumber, ledgerName, serviceCode, accountNumber },
    debitCents: Math.max(posting.amountCents, 0),
    creditCents: Math.max(-posting.amountCents, 0),
    memo: document ? `${entrySays(kind)} ${document}` : entrySays(kind),
    ...{ kind, entryKey },
  };
}
