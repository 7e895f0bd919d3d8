import { allocate, type Debt } from '../../domain/allocation';
import type { PostingLine } from '../../domain/ledger';
import type { Tx } from '../transaction';
import { receivableByService } from './journal';

/** What an account owes for each service, in the order of rule 16; '' is for no service, and comes last. */
export async function debtsOf(tx: Tx, accountId: number): Promise<Debt[]> {
  const services = await tx.db.Service.findAll();
  const priorityOf = new Map(services.map(({ code, priority }) => [code, priority]));
  const owed = (await receivableByService(tx, accountId)).filter(({ cents }) => cents > 0);
  return owed.map(({ serviceCode, cents }) => ({
    serviceType: serviceCode ?? '',
    amountCents: cents,
    priority: priorityOf.get(serviceCode ?? '') ?? Number.MAX_SAFE_INTEGER,
  }));
}

/** How money is set against what an account owes (domain.md rule 16), and the rest as its credit. */
export async function spreadOver(tx: Tx, accountId: number, amountCents: number): Promise<PostingLine[]> {
  const debts = await debtsOf(tx, accountId);
  const { allocated, unallocatedCents } = allocate(amountCents, debts, tx.settings.allocation);
  return [
    ...allocated.map(({ serviceType, cents }) => ({
      ledgerAccount: 'RECEIVABLE' as const,
      serviceCode: serviceType || null,
      amountCents: -cents,
    })),
    { ledgerAccount: 'RECEIVABLE', serviceCode: null, amountCents: -unallocatedCents },
  ];
}
