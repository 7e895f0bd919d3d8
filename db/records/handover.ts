import { HOLDING, type AgreementStatus } from '../../domain/states';
import { compareDates, maxDate, minDate, type CivilDate } from '../../domain/dates';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { Tx } from '../transaction';
import { tellHandover } from './changes';
import { lastRead, readAt } from './meter-reads';
import { meterAt, meterOn } from './places';
import { isReady, startConditions } from './start-conditions';

/** What a handover did at a service point: the agreement that stopped and the one that began, where either did. */
export interface Handover {
  servicePointId: number;
  stopped: ServiceAgreement | null;
  activated: ServiceAgreement | null;
}

/**
 * Hands over one service point as far as the facts allow (design.md decision 11). The only code that does: called, under
 * the location's lock, by each transaction that brings a fact. A leaver stops on its date with its read; a newcomer
 * begins when nobody holds the point and its conditions are met, with the read row on which its predecessor stopped, or,
 * when days lie between, with a read of its own, else the meter's last one (domain.md row S10).
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
  const activated = heldStill ? null : await activateNewcomer(tx, servicePointId);
  for (const agreement of [stopped, activated]) {
    if (agreement) tellHandover(tx, agreement, await followAccount(tx, agreement.accountId));
  }
  return { servicePointId, stopped, activated };
}

function mayStop(tx: Tx, leaver: ServiceAgreement, metered: boolean): boolean {
  if (leaver.status !== 'PENDING_STOP' || leaver.endOn === null) return false;
  return compareDates(leaver.endOn, tx.today) <= 0 && (!metered || leaver.stopReadId !== null);
}

async function activateNewcomer(tx: Tx, servicePointId: number): Promise<ServiceAgreement | null> {
  const newcomer = await tx.db.ServiceAgreement.findOne({
    where: { servicePointId, status: 'PENDING_START' },
    order: [['startOn', 'ASC']],
    lock: true,
  });
  if (!newcomer || compareDates(newcomer.startOn, tx.today) > 0) return null;
  const account = await tx.db.Account.findByPk(newcomer.accountId, { lock: true, rejectOnEmpty: true });
  if (account.role === 'LANDLORD' && (await isSold(tx, newcomer))) return null;
  const conditions = await startConditions(tx, account);
  if (!isReady(conditions)) return null;
  // Whoever met the last condition later begins later; what ran through meanwhile is the landlord's or nobody's.
  const startOn = conditions.metOn ? maxDate(newcomer.startOn, conditions.metOn) : newcomer.startOn;
  const startReadId = await startReadOf(tx, newcomer, startOn);
  if (startReadId === 'MISSING') return null;
  await newcomer.update({ status: newcomer.endOn === null ? 'ACTIVE' : 'PENDING_STOP', startOn, startReadId });
  return newcomer;
}

/** The landlord's agreement has ended before the handover: their vacancy takes the start back when it looks. */
async function isSold(tx: Tx, { id, startOn }: ServiceAgreement): Promise<boolean> {
  const line = await tx.db.VacancyLine.findOne({ where: { newAgreementId: id } });
  const agreed = line?.landlordAgreementId && (await tx.db.LandlordAgreement.findByPk(line.landlordAgreementId));
  return Boolean(agreed && agreed.endOn !== null && agreed.endOn <= startOn);
}

/** The read a newcomer begins with; null where nothing is metered. */
async function startReadOf(tx: Tx, newcomer: ServiceAgreement, startOn: CivilDate): Promise<number | null | 'MISSING'> {
  const meter = await meterAt(tx, newcomer.servicePointId);
  if (!meter) return null;
  const before = newcomer.followsId ? await tx.db.ServiceAgreement.findByPk(newcomer.followsId) : null;
  if (before?.endOn === startOn && before.stopReadId !== null) return before.stopReadId;
  if (newcomer.startReadId) return newcomer.startReadId;
  // A later read of the same visit or round tells more about the day than the last one before it.
  const there = (await meterOn(tx, newcomer.servicePointId, startOn)) ?? meter;
  const ofTheDay = await readAt(tx, there, startOn, { caseId: null, serviceOrderId: null });
  return (ofTheDay ?? (await lastRead(tx, meter.id)))?.id ?? 'MISSING';
}

const BEGUN: readonly AgreementStatus[] = [...HOLDING, 'STOPPED', 'CLOSED'];

/** An account follows its agreements: FINAL_PENDING when all have stopped, ACTIVE when all have begun. */
async function followAccount(tx: Tx, accountId: number): Promise<Account> {
  const account: Account = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
  const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId } });
  const live = agreements.filter(({ status }) => status !== 'CANCELED');
  // Active means billable: it has a bill cycle, and every agreement has begun, metered ones with a start read.
  if (account.status === 'PENDING_START' && account.billCycle && live.every(({ status }) => BEGUN.includes(status))) {
    const [first, ...rest] = live.map(({ startOn }) => startOn);
    const status = account.stopOn === null ? 'ACTIVE' : 'PENDING_STOP';
    await account.update({ status, startOn: first === undefined ? account.startOn : minDate(first, ...rest) });
  }
  if (account.status === 'PENDING_STOP' && live.every(({ status }) => status === 'STOPPED')) {
    await account.update({ status: 'FINAL_PENDING' });
  }
  return account;
}
