import type { CivilDate } from '../dates';
import type { Refusal } from '../refusal';
import type { AccountRole, AccountStatus, AgreementStatus } from '../states';

/** One live agreement of a service point's chain, with what matters of its account. */
export interface ChainLink {
  agreementId: number;
  accountId: number;
  role: AccountRole;
  accountStatus: AccountStatus;
  status: AgreementStatus;
  startOn: CivilDate;
  endOn: CivilDate | null;
  lastBilledThrough: CivilDate | null;
  /** Its account is one that a clerk is setting up, not one that a reversion opened. */
  isBeingSetUp: boolean;
  /** Its account waits for the field before it can begin: for supply that is off, or a read after days of nobody. */
  isGated?: boolean;
}

/** Where a newcomer comes into the chain, and what becomes of those who are there. */
export interface Placement {
  /** The agreement it follows; null at a point that nobody has held. */
  followsId: number | null;
  /** Landlord's agreements that give way: the newcomer begins no later than they would. */
  removed: ChainLink[];
  /** The landlord's agreement that stops on the newcomer's start. */
  landlordStops: ChainLink | null;
  /** The leaver whose stop moves back to the newcomer's start. */
  stopMoves: ChainLink | null;
  /** The holder who has not asked to leave and is moved out on the newcomer's start. */
  forcedOut?: ChainLink;
  /** From when nobody has the point until the newcomer begins; null when no day lies between. */
  gapFrom: CivilDate | null;
}

/** Whether one read row ends the one before and begins the newcomer (domain.md rule 4). */
export const sharesRead = ({ gapFrom, followsId }: Placement): boolean => gapFrom === null && followsId !== null;

const refuse = (code: string, message: string): { refusal: Refusal } => ({ refusal: { code, message } });

/**
 * Places a newcomer who starts on T behind the chain of one service point, the first link first (domain.md section 4, new
 * tenant start T versus outgoing stop S). While the landlord's start is pending: T = S takes its place, T < S takes its
 * place and moves S to T, T > S keeps it and stops it on T. A landlord who was never billed gives way like one whose
 * start is pending; so does one who waits for the field, which may come after T. A holder who stays is moved out where that is asked for (`force`). Refused: START_PENDING (somebody else is set up there), OCCUPIED, START_BEFORE_STOP,
 * BILLED_PAST_START.
 */
export function placeNewcomer(
  chain: readonly ChainLink[],
  startOn: CivilDate,
  { force = false } = {},
): Placement | { refusal: Refusal } {
  const links = [...chain];
  const removed: ChainLink[] = [];
  for (;;) {
    const last = links.at(-1);
    if (!last) return { followsId: null, removed, landlordStops: null, stopMoves: null, gapFrom: null };
    const places = { followsId: last.agreementId, removed };
    if (last.isBeingSetUp) return refuse('START_PENDING', 'Somebody else is being set up there already');
    if (last.role === 'LANDLORD' && last.endOn === null) {
      if (startOn > last.startOn && !last.isGated) {
        if (last.lastBilledThrough !== null && startOn <= last.lastBilledThrough) return billedPast(last);
        return { ...places, landlordStops: last, stopMoves: null, gapFrom: null };
      }
      if (last.lastBilledThrough !== null) return billedPast(last);
      removed.push(last);
      links.pop();
      continue;
    }
    if (last.endOn === null) {
      if (!force || last.accountStatus !== 'ACTIVE')
        return refuse('OCCUPIED', 'Somebody has this service; move them out first');
      if (startOn <= last.startOn)
        return refuse('START_BEFORE_STOP', `The holder has the service since ${last.startOn}`);
      if (last.lastBilledThrough !== null && startOn <= last.lastBilledThrough) return billedPast(last);
      return { ...places, landlordStops: null, stopMoves: null, gapFrom: null, forcedOut: last };
    }
    if (startOn >= last.endOn) {
      return { ...places, landlordStops: null, stopMoves: null, gapFrom: startOn > last.endOn ? last.endOn : null };
    }
    const isLeaving = last.accountStatus === 'PENDING_STOP' || last.accountStatus === 'FINAL_PENDING';
    if (!isLeaving || startOn <= last.startOn) {
      return refuse('START_BEFORE_STOP', `The one before has the service until ${last.endOn}`);
    }
    if (last.lastBilledThrough !== null && startOn <= last.lastBilledThrough) return billedPast(last);
    return { ...places, landlordStops: null, stopMoves: last, gapFrom: null };
  }
}

const billedPast = ({ lastBilledThrough }: ChainLink) =>
  refuse('BILLED_PAST_START', `The one before is billed through ${lastBilledThrough}; no day is billed twice`);
