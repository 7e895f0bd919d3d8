import { HOLDING } from '../../domain/states';
import { compareDates } from '../../domain/dates';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { Tx } from '../transaction';
import { tellHandover } from './changes';
import { meterAt } from './places';

/** What a handover did at a service point: the agreement that stopped and the one that began, where either did. */
export interface Handover {
  servicePointId: number;
  stopped: ServiceAgreement | null;
  activated: ServiceAgreement | null;
}

/**
 * Hands over one service point as far as the facts allow (design.md decision 11). The only code that does: called, under
 * the location's lock, by each transaction that brings a fact. A leaver stops on its date with its read; a newcomer
 * begins on its date when nobody holds the point, with the read row on which its predecessor stopped.
 */
export async function takeEffect(tx: Tx, servicePointId: number): Promise<Handover> {
  const metered = (await meterAt(tx, servicePointId)) !== null;
  const leaver = await tx.db.ServiceAgreement.findOne({ where: { servicePointId, status: [...HOLDING] }, lock: true });
  let stopped: ServiceAgreement | null = null;
  if (leaver && mayStop(tx, leaver, metered)) {
    await leaver.update({ status: 'STOPPED' });
    stopped = leaver;
  }
  const heldStill = leaver !== null && stopped === null;
  const activated = heldStill ? null : await activateNewcomer(tx, servicePointId, metered);
  for (const agreement of [stopped, activated]) {
    if (agreement) tellHandover(tx, agreement, await followAccount(tx, agreement.accountId));
  }
  return { servicePointId, stopped, activated };
}

function mayStop(tx: Tx, leaver: ServiceAgreement, metered: boolean): boolean {
  if (leaver.status !== 'PENDING_STOP' || leaver.endOn === null) return false;
  return compareDates(leaver.endOn, tx.today) <= 0 && (!metered || leaver.stopReadId !== null);
}

async function activateNewcomer(tx: Tx, servicePointId: number, metered: boolean): Promise<ServiceAgreement | null> {
  const newcomer = await tx.db.ServiceAgreement.findOne({
    where: { servicePointId, status: 'PENDING_START' },
    order: [['startOn', 'ASC']],
    lock: true,
  });
  if (!newcomer || compareDates(newcomer.startOn, tx.today) > 0) return null;
  const predecessor = newcomer.followsId ? await tx.db.ServiceAgreement.findByPk(newcomer.followsId) : null;
  const startReadId = newcomer.startReadId ?? predecessor?.stopReadId ?? null;
  if (metered && startReadId === null) return null;
  await newcomer.update({ status: 'ACTIVE', startReadId });
  return newcomer;
}

/** An account follows its agreements: FINAL_PENDING when all have stopped, ACTIVE when all have begun. */
async function followAccount(tx: Tx, accountId: number): Promise<Account> {
  const account: Account = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId } });
  const live = agreements.filter(({ status }) => status !== 'CANCELED');
  if (account.status === 'PENDING_STOP' && live.every(({ status }) => status === 'STOPPED')) {
    await account.update({ status: 'FINAL_PENDING' });
  }
  // Active means billable: it has a bill cycle, and every agreement has begun, metered ones with a start read.
  if (account.status === 'PENDING_START' && account.billCycle && live.every(({ status }) => status === 'ACTIVE')) {
    await account.update({ status: 'ACTIVE' });
  }
  return account;
}
