import { addDays, type CivilDate } from '../dates';
import type { Cents } from '../money';
import { compare, parseRational } from '../rational';
import type { ApprovalReason } from '../settings';

/** A service of a set-up beside what it would have got by itself: by copy, else by the service's default. */
export interface ServiceTerms {
  rateId: number;
  quantity: string;
  units: string;
  /** Null where nothing is the default: any rate is then the clerk's own choice. */
  defaultRateId: number | null;
  defaultQuantity: string;
  defaultUnits: string;
  /** What a rate looks up of the place, as the size of the meter, is not as it was for the customer before. */
  otherPriceTerms?: boolean;
}

/** What a set-up asks for that policy may want a second person to see. */
export interface SetUpTerms {
  services: ServiceTerms[];
  /** Asked and proposed deposit of each service, in cents; asked 0 is waived. */
  deposits: { askedCents: Cents; proposedCents: Cents }[];
  startOn: CivilDate;
  today: CivilDate;
  backDaysWithoutApproval: number;
  /** What the customer owes on accounts that have ended, in cents (domain.md rule 18). */
  oldDebtCents: Cents;
  /** The form lets the account off tax or penalties that its customer's type bears. */
  exemptBeyondType: boolean;
  /** Somebody who has not asked for it is moved out for the newcomer: always for a second person to see. */
  forcesMoveOut?: boolean;
  approvalFor: readonly ApprovalReason[];
}

/** Why this set-up needs a supervisor's approval; empty when it needs none (design.md section 4, onboardCustomer). */
export function approvalReasons(terms: SetUpTerms): ApprovalReason[] {
  const { services, deposits, startOn, today, backDaysWithoutApproval, oldDebtCents, approvalFor } = terms;
  const differs = (a: string, b: string) => compare(parseRational(a), parseRational(b)) !== 0;
  const holds: Record<ApprovalReason, boolean> = {
    DEPOSIT: deposits.some(({ askedCents, proposedCents }) => askedCents < proposedCents),
    RATE: services.some(({ rateId, defaultRateId }) => defaultRateId !== null && rateId !== defaultRateId),
    UNITS: services.some(
      ({ quantity, defaultQuantity, units, defaultUnits, otherPriceTerms = false }) =>
        otherPriceTerms || differs(quantity, defaultQuantity) || differs(units, defaultUnits),
    ),
    BACK_DATED: startOn < addDays(today, -backDaysWithoutApproval),
    DEBT: oldDebtCents > 0,
    EXEMPT: terms.exemptBeyondType,
    FORCED_MOVE_OUT: terms.forcesMoveOut === true,
  };
  const asked = approvalFor.filter((reason) => holds[reason] && reason !== 'FORCED_MOVE_OUT');
  return holds.FORCED_MOVE_OUT ? [...asked, 'FORCED_MOVE_OUT'] : asked;
}
