import { maxDate, type CivilDate } from '../../domain/dates';
import { refuseMoveOut } from '../../domain/move-out/refuse-move-out';
import type { Refusal } from '../../domain/refusal';
import { HOLDING, type AccountStatus } from '../../domain/states';
import type { Account, ServiceAgreement } from '../models/occupancy';
import { addressFaults } from '../reads/customer-faults';
import type { Tx } from '../transaction';
import { occurrenceKey, openCaseOf } from './cases';
import { billedWithoutLater, laterBills, type LaterBill } from './later-bills';

/** What is asked of a move-out that something may stand against. */
export interface MoveOutAsked {
  stopDate: CivilDate;
  vacateDate: CivilDate;
  forwardingAddress: {
    line1: string;
    line2?: string | null;
    city: string;
    state: string;
    postalCode: string;
    country?: string | null;
  } | null;
  reverseLaterBills?: boolean;
}

/** Everything that stands against a move-out, and the records that it is about. */
export interface MoveOutBlocked {
  blockers: Refusal[];
  /** The account's open move-out, or the open vacancy of what it had given up. */
  openCaseId: string | null;
  /** The bills that have days after the stop, newest first. */
  laterBills: LaterBill[];
}

// An open move-out says why the account is not active.
const MOVING_OUT: readonly AccountStatus[] = ['PENDING_STOP', 'FINAL_PENDING'];

/**
 * Everything that stands against this move-out, at once; nothing is written. CASE_OPEN, SERVICE_MOVES, the reasons of
 * domain/move-out refuseMoveOut, BILL_NOT_REVERSIBLE where later bills are to be reversed, and those of the forwarding address.
 */
export async function moveOutBlockers(tx: Tx, account: Account, asked: MoveOutAsked): Promise<MoveOutBlocked> {
  const { stopDate, vacateDate, forwardingAddress: forward } = asked;
  const where = { accountId: account.id, status: [...HOLDING] };
  const agreements = await tx.db.ServiceAgreement.findAll({ where, order: ['id'] });
  const open = await openCaseOf(tx, occurrenceKey.moveOut(account.id));
  const vacancy = open ? null : await openCaseOf(tx, occurrenceKey.vacancy(account.id));
  const reverses = asked.reverseLaterBills === true;
  const billed = reverses ? await billedWithoutLater(tx, account.id, stopDate, agreements) : agreements;
  const ofDates = refuseMoveOut({
    accountStatus: account.status,
    startOn: account.startOn,
    lastBilledThrough: billedThroughOf(billed),
    stopOn: stopDate,
    vacateOn: vacateDate,
    today: tx.today,
    ...tx.settings.moveOut,
  });
  const bills = await laterBills(tx, account.id, stopDate);
  const isSaid = open !== null && MOVING_OUT.includes(account.status);
  const blockers: Refusal[] = [
    ...(open ? [caseOpen] : []),
    ...(vacancy ? [vacancyOpen] : []),
    ...(await serviceMoves(tx, account)),
    ...ofDates
      .filter(({ code }) => !(isSaid && code === 'ACCOUNT_NOT_ACTIVE'))
      .map((refusal) => (reverses && refusal.code === 'BILLED_PAST_STOP' ? notReversible : refusal)),
    ...(forward
      ? addressFaults({ ...forward, line2: forward.line2 ?? null }, tx.settings.contacts, '#/forwardingAddress')
      : []
    ).map(({ code, message, pointer }) => ({ code, message, pointer })),
  ];
  return { blockers, openCaseId: open?.caseId ?? vacancy?.caseId ?? null, laterBills: bills };
}

/** The records that a refusal names beside its blockers. */
export const blockedDetails = ({ openCaseId, laterBills: bills }: MoveOutBlocked): Record<string, string> => ({
  ...(openCaseId !== null && { caseId: openCaseId }),
  ...(bills.length > 0 && { laterBills: bills.map(billText).join('; ') }),
});

const billText = ({ billNumber, periodFrom, periodThrough }: LaterBill) =>
  `${billNumber} ${periodFrom} to ${periodThrough}`;

/** The latest day that any of these services was billed through, or null. */
export function billedThroughOf(agreements: Pick<ServiceAgreement, 'lastBilledThrough'>[]): CivilDate | null {
  const [first, ...rest] = agreements.flatMap(({ lastBilledThrough }) => lastBilledThrough ?? []);
  return first === undefined ? null : maxDate(first, ...rest);
}

const caseOpen: Refusal = {
  ...{ code: 'CASE_OPEN', message: 'There is an open move-out for this account already' },
  pointer: '#/accountNumber',
};

const vacancyOpen: Refusal = {
  ...{ code: 'CASE_OPEN', message: 'It is being asked what becomes of a part of this place: end that vacancy first' },
  pointer: '#/accountNumber',
};

const notReversible: Refusal = {
  code: 'BILL_NOT_REVERSIBLE',
  message: 'The account is billed past the stop by a bill that does not say what it was billed from: stop later',
  pointer: '#/stopDate',
};

/** A landlord's services may begin and stop one by one: the account is moved out when none of them is on its way. */
async function serviceMoves(tx: Tx, account: Account): Promise<Refusal[]> {
  if (account.role !== 'LANDLORD') return [];
  const where = { accountId: account.id, status: ['PENDING_START' as const, 'PENDING_STOP' as const] };
  const moving = await tx.db.ServiceAgreement.findAll({ where, order: ['id'] });
  return moving.map(({ serviceCode, status, startOn, endOn }) => {
    const when = status === 'PENDING_START' ? `starts on ${startOn}` : `stops on ${endOn} for a new tenant`;
    const message = `${serviceCode} ${when}: move the account out after that`;
    return { code: 'SERVICE_MOVES', message, pointer: '#/accountNumber' };
  });
}
