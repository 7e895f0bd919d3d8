import type { Migration } from '../migrate';
import { create } from './sql';

const BEFORE = [
  ...['RECEIVABLE', 'REVENUE', 'TAX_PAYABLE', 'DEPOSITS_HELD', 'INTEREST_EXPENSE', 'REFUNDS_PAYABLE', 'CASH_CLEARING'],
  'OPENING_BALANCE',
];
const check = (accounts: string[]) =>
  `ALTER TABLE posting ADD CONSTRAINT posting_ledger CHECK (ledger_account IN ('${accounts.join("', '")}'))`;
const noCheck = `ALTER TABLE posting DROP CONSTRAINT posting_ledger`;

/** Bad debts have an account of their own; the journal is read by day. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    noCheck,
    check([...BEFORE, 'WRITE_OFF']),
    `ALTER TABLE journal_entry ADD KEY journal_entry_day (entry_on, id)`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE journal_entry DROP INDEX journal_entry_day`,
    noCheck,
    // Before, a bad debt could only be taken from revenue; so the entries stay balanced.
    `UPDATE posting SET ledger_account = 'REVENUE' WHERE ledger_account = 'WRITE_OFF'`,
    check(BEFORE),
  ]);
};
