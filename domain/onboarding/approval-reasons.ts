import { addDays, type CivilDate } from '../dates';
import type { Cents } from '../money';
import { compare, parseRational } from '../rational';
import type { ApprovalReason } from '../settings';

/** A service of a set-up beside what it would have got by itself: by copy, else by the service's default. */
export interface ServiceTerms {
  rateId: number;
  units: string;
  /** Null where nothing is the default: any rate is then the clerk's own choice. */
  defaultRateId: number | null;
  defaultUnits: string;
}

/** What a set-up asks for that policy may want a second person to see. */
export interface SetUpTerms {
  services: ServiceTerms[];
  /** Asked and default deposit of each service, in cents; asked 0 is waived. */
  deposits: { askedCents: Cents; defaultCents: Cents }[];
  startOn: CivilDate;
  today: CivilDate;
  backDaysWithoutApproval: number;
  /** What the customer owes on accounts that have ended, in cents (domain.md rule 18). */
  oldDebtCents: Cents;
  approvalFor: readonly ApprovalReason[];
}

/** Why this set-up needs a supervisor's approval; empty when it needs none (design.md section 4, onboardCustomer). */
export function approvalReasons(terms: SetUpTerms): ApprovalReason[] {
  const { services, deposits, startOn, today, backDaysWithoutApproval, oldDebtCents, approvalFor } = terms;
  const differs = (a: string, b: string) => compare(parseRational(a), parseRational(b)) !== 0;
  const holds: Record<ApprovalReason, boolean> = {
    DEPOSIT: deposits.some(({ askedCents, defaultCents }) => askedCents < defaultCents),
    RATE: services.some(({ rateId, defaultRateId }) => defaultRateId !== null && rateId !== defaultRateId),
    UNITS: services.some(({ units, defaultUnits }) => differs(units, defaultUnits)),
    BACK_DATED: startOn < addDays(today, -backDaysWithoutApproval),
    DEBT: oldDebtCents > 0,
  };
  return approvalFor.filter((reason) => holds[reason]);
}
