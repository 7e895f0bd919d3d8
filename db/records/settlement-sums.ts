import type { CivilDate } from '../../domain/dates';
import { settleDeposits, type Settlement } from '../../domain/deposits/settle';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { depositsHeld, receivableByService } from './journal';

// The pure sum knows services by name; a balance that belongs to no service gets a name that no service has.
const NO_SERVICE = '';
const toService = (name: string): string | null => (name === NO_SERVICE ? null : name);

/**
 * How the account's deposits settle against what it owes (plus `charges` not yet posted); nothing is written. Interest
 * runs to the stop date unless another is given.
 */
export async function settlementOf(
  tx: Tx,
  account: Account,
  asIf: { charges?: { serviceCode: string | null; cents: number }[]; interestStop?: CivilDate } = {},
): Promise<Settlement> {
  // The stop date, not today: the sums that a supervisor saw must not change while the approval waits.
  const { charges = [], interestStop = account.stopOn ?? tx.today } = asIf;
  const held = await depositsHeld(tx, account.id);
  const deposits = await tx.db.Deposit.findAll({ where: { accountId: account.id } });
  const services = await tx.db.Service.findAll();
  const owed = new Map<string, number>();
  for (const { serviceCode, cents } of [...(await receivableByService(tx, account.id)), ...charges]) {
    const name = serviceCode ?? NO_SERVICE;
    owed.set(name, (owed.get(name) ?? 0) + cents);
  }
  return settleDeposits({
    deposits: deposits
      .map((deposit) => ({
        depositId: deposit.id,
        serviceType: deposit.serviceCode,
        amountCents: held.get(deposit.id) ?? 0,
        paidOn: deposit.heldSince ?? deposit.paidOn,
        lastInterestOn: deposit.lastInterestOn,
      }))
      .filter(({ amountCents }) => amountCents > 0),
    owed: [...owed].map(([serviceType, amountCents]) => ({ serviceType, amountCents })),
    interestStop,
    interest: tx.settings.depositInterest,
    allocation: tx.settings.allocation,
    priorities: Object.fromEntries(services.map(({ code, priority }) => [code, priority])),
  });
}

/** The movements of a settlement as journal lines, each kind an entry of its own (domain.md rule 15 c, d). */
export async function settlementEntries(tx: Tx, settlement: Settlement) {
  const deposits = await tx.db.Deposit.findAll({
    where: { id: settlement.remaining.map(({ depositId }) => depositId) },
  });
  const serviceOf = new Map(deposits.map((deposit) => [deposit.id, deposit.serviceCode]));
  return {
    offsets: settlement.offsets.map(({ serviceType, cents }) => ({
      ledgerAccount: 'RECEIVABLE' as const,
      serviceCode: toService(serviceType),
      amountCents: cents,
    })),
    interest: settlement.interest.flatMap(({ depositId, cents }) => {
      const serviceCode = serviceOf.get(depositId) ?? null;
      return [
        { ledgerAccount: 'INTEREST_EXPENSE' as const, serviceCode, amountCents: cents },
        { ledgerAccount: 'DEPOSITS_HELD' as const, serviceCode, depositId, amountCents: -cents },
      ];
    }),
    applied: settlement.applied.flatMap(({ depositId, serviceType, cents }) => [
      {
        ledgerAccount: 'DEPOSITS_HELD' as const,
        serviceCode: serviceOf.get(depositId) ?? null,
        depositId,
        amountCents: cents,
      },
      { ledgerAccount: 'RECEIVABLE' as const, serviceCode: toService(serviceType), amountCents: -cents },
    ]),
  };
}
