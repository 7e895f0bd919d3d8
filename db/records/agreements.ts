import type { ServiceAgreement } from '../models/occupancy';
import type { Tx } from '../transaction';

/** A newcomer's agreement at a service point, to begin where the agreement that it follows ends. */
export interface NewAgreement {
  accountId: number;
  servicePointId: number;
  serviceCode: string;
  rateId: number;
  units: string;
  frequency: string;
  startOn: string;
  followsId: number;
}

/** Puts an agreement into a point's chain behind `followsId`; whoever followed that one, follows the new one now. */
export async function insertIntoChain(tx: Tx, input: NewAgreement): Promise<ServiceAgreement> {
  // The unique keys hold at every statement, so the link goes in CANCELED, then the follower moves, then it goes live.
  const agreement = await tx.db.ServiceAgreement.create({ ...input, status: 'CANCELED' });
  const follower = await tx.db.ServiceAgreement.findOne({
    where: {
      followsId: input.followsId,
      status: ['PENDING_START', 'ACTIVE', 'PENDING_STOP', 'STOPPED', 'CLOSED', 'TEMP_DISCONNECTED', 'CUT_NONPAY'],
    },
    lock: true,
  });
  if (follower) await follower.update({ followsId: agreement.id });
  await agreement.update({ status: 'PENDING_START' });
  return agreement;
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
