import { Op } from 'sequelize';
import { givenTerms, type PriceTerms } from '../../domain/billing/price-terms';
import type { ChainLink } from '../../domain/onboarding/place-newcomer';
import { ORDER_OPEN } from '../../domain/states';
import type { ServiceAgreement } from '../models/occupancy';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';

/** A newcomer's agreement at a service point, to begin where the agreement that it follows ends; null begins a chain. */
export interface NewAgreement {
  accountId: number;
  servicePointId: number;
  serviceCode: string;
  rateId: number;
  quantity: string;
  units: string;
  priceTerms?: PriceTerms | null;
  frequency: string;
  startOn: string;
  endOn?: string | null;
  startReadId?: number | null;
  followsId: number | null;
}

/** What an agreement's rate looks up of it; null for nothing. */
export const priceTermsOf = ({ priceTerms }: Pick<ServiceAgreement, 'priceTerms'>): PriceTerms | null =>
  givenTerms(parsedJson<PriceTerms | null>(priceTerms));

/** Puts an agreement into a point's chain behind `followsId`; whoever followed that one, follows the new one now. */
export async function insertIntoChain(tx: Tx, input: NewAgreement): Promise<ServiceAgreement> {
  // The unique keys hold at every statement, so the link goes in CANCELED, then the follower moves, then it goes live.
  const agreement = await tx.db.ServiceAgreement.create({
    ...input,
    priceTerms: givenTerms(input.priceTerms),
    status: 'CANCELED',
  });
  const follower = input.followsId === null ? null : await followerOf(tx, input.followsId);
  if (follower) await follower.update({ followsId: agreement.id });
  await agreement.update({ status: 'PENDING_START' });
  return agreement;
}

/**
 * The live agreements of a service point in the order of their chain, with what matters of their accounts; all locked,
 * unless they are only looked at.
 */
export async function chainAt(
  tx: Tx,
  servicePointId: number,
  { lock }: { lock: boolean } = { lock: true },
): Promise<ChainLink[]> {
  const live = { servicePointId, status: { [Op.ne]: 'CANCELED' as const } };
  const found = await tx.db.ServiceAgreement.findAll({ where: live, attributes: ['accountId'] });
  const accountIds = [...new Set(found.map(({ accountId }) => accountId))];
  const accounts = await tx.db.Account.findAll({ where: { id: accountIds }, order: ['id'], lock });
  const settingUp = await tx.db.Onboarding.findAll({ where: { accountId: accountIds } });
  const open = await tx.db.Case.findAll({ where: { caseId: settingUp.map(({ caseId }) => caseId), closedAt: null } });
  const openIds = new Set(open.map(({ accountId }) => accountId));
  const gating = { accountId: accountIds, gating: true, status: [...ORDER_OPEN] };
  const gated = new Set((await tx.db.ServiceOrder.findAll({ where: gating })).map(({ accountId }) => accountId));
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const agreements = await tx.db.ServiceAgreement.findAll({ where: live, lock });
  const after = new Map(agreements.map((agreement) => [agreement.followsId, agreement]));
  const chain: ChainLink[] = [];
  for (let next = after.get(null); next; next = after.get(next.id)) {
    const account = accountOf.get(next.accountId);
    const { id: agreementId, accountId, status, startOn, endOn, lastBilledThrough } = next;
    chain.push({
      ...{ agreementId, accountId, status, startOn, endOn, lastBilledThrough },
      ...{ role: account?.role ?? 'TENANT', accountStatus: account?.status ?? 'ACTIVE' },
      isBeingSetUp: openIds.has(accountId),
      ...(status === 'PENDING_START' && gated.has(accountId) && { isGated: true }),
    });
  }
  return chain;
}

/** Takes an agreement out of its chain: it is CANCELED first, then its follower follows its predecessor. */
export async function cancelInChain(tx: Tx, agreement: ServiceAgreement): Promise<void> {
  await agreement.update({ status: 'CANCELED' });
  const followers = await tx.db.ServiceAgreement.findAll({ where: { followsId: agreement.id }, lock: true });
  for (const follower of followers) {
    if (follower.status !== 'CANCELED') await follower.update({ followsId: agreement.followsId });
  }
}

/** The live agreement that follows this one in its chain, locked; null at the chain's end. */
export async function followerOf(tx: Tx, agreementId: number): Promise<ServiceAgreement | null> {
  const followers = await tx.db.ServiceAgreement.findAll({ where: { followsId: agreementId }, lock: true });
  return followers.find(({ status }) => status !== 'CANCELED') ?? null;
}
