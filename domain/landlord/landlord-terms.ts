import type { CivilDate, MonthDay } from '../dates';
import type { Cents } from '../money';
import type { Refusal } from '../refusal';
import type { LandlordDecision, StopReason } from '../states';

/** How a landlord hears of each reversion; there is no way not to (domain.md section 4, end). */
export const NOTICE_BY = ['MAIL', 'EMAIL', 'BOTH'] as const;
export type NoticeBy = (typeof NOTICE_BY)[number];

/** Why a landlord agreement ended. */
export type AgreementEnd = 'SALE' | 'REPLACED' | 'CHANGED' | 'OTHER';

/** What a landlord agrees for one service; seasons are 'MM-DD', both days included, and may wrap the year end. */
export interface LandlordLineTerms {
  serviceCode: string;
  decision: LandlordDecision;
  rateCode: string;
  seasonStart: MonthDay | null;
  seasonEnd: MonthDay | null;
  stopReasonsExcluded: StopReason[];
  /** One-time fee of a reversion of this service; never prorated (domain.md rule 13). */
  feeCents: Cents;
}

/** What a landlord agrees for a place. */
export interface LandlordTerms {
  lines: LandlordLineTerms[];
  /** One-time fee of a reversion of the place, beside those of its lines. */
  feeCents: Cents;
  noticeBy: NoticeBy;
}

/** Changes to agreements: what is left out stays; a line changes the service that it names. */
export interface TermsChange {
  lines?: (Pick<LandlordLineTerms, 'serviceCode'> & {
    decision?: LandlordDecision;
    rateCode?: string;
    /** Null: all year. */
    season?: { start: MonthDay; end: MonthDay } | null;
    stopReasonsExcluded?: StopReason[];
    feeCents?: Cents;
  })[];
  feeCents?: Cents;
  noticeBy?: NoticeBy;
}

/** Everything in the terms that stands against them by themselves, each with its field under `at`. */
export function refuseTerms({ lines }: LandlordTerms, at: string): Refusal[] {
  return lines.flatMap((line, i) => {
    const blockers: Refusal[] = [];
    const pointer = `${at}/lines/${i}`;
    if (lines.findIndex(({ serviceCode }) => serviceCode === line.serviceCode) !== i)
      blockers.push({ code: 'SERVICE_TWICE', message: 'The agreement has this service twice', pointer });
    if ((line.seasonStart === null) !== (line.seasonEnd === null)) {
      const missing = line.seasonStart === null ? 'seasonStart' : 'seasonEnd';
      const message = 'A season has a first and a last day';
      blockers.push({ code: 'SEASON_INCOMPLETE', message, pointer: `${pointer}/${missing}` });
    }
    return blockers;
  });
}

/** The terms after a change, or null where it changes nothing of them: lines of other services are passed over. */
export function changedTerms(terms: LandlordTerms, change: TermsChange): LandlordTerms | null {
  const lines = terms.lines.map((line) => {
    const given = change.lines?.find(({ serviceCode }) => serviceCode === line.serviceCode);
    if (!given) return line;
    const { season, ...rest } = given;
    const days = season === undefined ? {} : { seasonStart: season?.start ?? null, seasonEnd: season?.end ?? null };
    return { ...line, ...present(rest), ...days };
  });
  const { feeCents, noticeBy } = change;
  const changed = { ...terms, ...present({ feeCents, noticeBy }), lines };
  return sameTerms(terms, changed) ? null : changed;
}

const sameTerms = (a: LandlordTerms, b: LandlordTerms): boolean =>
  a.feeCents === b.feeCents &&
  a.noticeBy === b.noticeBy &&
  a.lines.every((line, i) => {
    const other = b.lines[i];
    return (
      other !== undefined &&
      (['decision', 'rateCode', 'seasonStart', 'seasonEnd', 'feeCents'] as const).every(
        (name) => line[name] === other[name],
      ) &&
      [...line.stopReasonsExcluded].sort().join() === [...other.stopReasonsExcluded].sort().join()
    );
  });

const present = <T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

/** An agreement's days: in force from startOn to the day before endOn (null: open). */
export interface AgreementDays {
  startOn: CivilDate;
  endOn: CivilDate | null;
}

/** Whether an agreement is in force on a day; one that ended on its first day never was. */
export const isInForce = ({ startOn, endOn }: AgreementDays, day: CivilDate): boolean =>
  startOn <= day && (endOn === null || day < endOn);

/** The agreement of a place that is in force on a day, or null. Agreements of a place never overlap. */
export const inForceOn = <T extends AgreementDays>(agreements: readonly T[], day: CivilDate): T | null =>
  agreements.find((agreement) => isInForce(agreement, day)) ?? null;

/** A service that went, or is to go, to a landlord by itself or by a prompt. */
export interface Reversion {
  customerId: number;
  startOn: CivilDate;
  /** The vacancy, while the start is still pending. */
  pendingCaseId: string | null;
}

/**
 * Why the landlord of a place cannot change on a day: somebody agreed on a later day already, or the one who leaves has
 * services by a reversion on that day or later. Null when it can.
 */
export function refuseLandlordChange(facts: {
  on: CivilDate;
  /** Whose agreement ends; null: nobody's. */
  leavingId: number | null;
  /** Who comes; null: nobody, or it is not known. */
  comingId: number | null;
  agreements: readonly AgreementDays[];
  reversions: readonly Reversion[];
}): (Refusal & { caseId?: string }) | null {
  const { on, leavingId, comingId, agreements, reversions } = facts;
  const later = agreements.find(({ startOn, endOn }) => startOn > on && (endOn === null || endOn > startOn));
  if (later) {
    const message = `Another landlord agreement begins on ${later.startOn}: end that one first`;
    return { code: 'LATER_AGREEMENT', message };
  }
  if (leavingId === null || leavingId === comingId) return null;
  const bound = reversions.find(({ customerId, startOn }) => customerId === leavingId && startOn >= on);
  if (!bound) return null;
  if (bound.pendingCaseId !== null) {
    const message = `A service goes to the landlord on ${bound.startOn}: the vacancy has to end or be given up first`;
    return { code: 'CASE_OPEN', message, caseId: bound.pendingCaseId };
  }
  const message = `The landlord has taken a service over on ${bound.startOn}: another one may follow after that day`;
  return { code: 'LANDLORD_TOOK_OVER', message };
}
