import type { Account } from '../db/models/occupancy';
import { comparableOf, likelyDuplicates } from '../db/reads/people/duplicates';
import { weighedDebtsOf } from '../db/reads/people/old-debts';
import type { Tx } from '../db/transaction';
import type { WeighedDebt } from '../domain/debt/old-debts';
import type { FormFault } from '../domain/refusal';
import type { Faults } from './faults';

/**
 * The old debts that have to do with a newcomer and a place (domain.md rule 18). Notes OLD_DEBT: an error where policy
 * blocks, with the account; else a warning.
 */
export async function lookAtDebts(
  tx: Tx,
  of: { customerId: number | null; locationId: number | null; likelyIds: number[] },
  faults: Faults,
): Promise<WeighedDebt[]> {
  const debts = await weighedDebtsOf(tx.db, tx.settings.debt, of);
  for (const debt of debts) {
    const { accountNumber, policy } = debt;
    const fault = faultOf(debt);
    if (policy === 'BLOCK') faults.add([fault], { accountNumber });
    else faults.warn([fault]);
  }
  return debts;
}

function faultOf({ accountNumber, owedCents, policy }: WeighedDebt): Omit<FormFault, 'severity'> {
  const then = { BLOCK: 'it is paid first', APPROVE: 'a supervisor is asked', WARN: 'ask about it', IGNORE: '' }[
    policy
  ];
  const owed = `$${Math.floor(owedCents / 100)}.${String(owedCents % 100).padStart(2, '0')}`;
  const message = `Account ${accountNumber} has ended and owes ${owed}: ${then}`;
  return { code: 'OLD_DEBT', message, pointer: '#/customer' };
}

/** The old debts that an account's set-up asks to approve, as they are now. */
export async function debtsThatAsk(tx: Tx, { customerId, locationId }: Account): Promise<WeighedDebt[]> {
  const { debt: policyOf } = tx.settings;
  const likelyIds = policyOf.LIKELY_DUPLICATE === 'APPROVE' ? await likelyIdsOf(tx, customerId) : [];
  const debts = await weighedDebtsOf(tx.db, policyOf, { customerId, locationId, likelyIds });
  return debts.filter(({ policy }) => policy === 'APPROVE');
}

async function likelyIdsOf({ db }: Tx, customerId: number): Promise<number[]> {
  const who = await comparableOf(db, customerId);
  const likely = who ? await likelyDuplicates(db, who, { exceptId: customerId }) : [];
  return likely.map((each) => each.customerId);
}
