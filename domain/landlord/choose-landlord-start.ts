import { inSeason, type CivilDate, type MonthDay } from '../dates';
import type { LandlordDecision, NewTenant } from '../states';
import { isInForce } from './landlord-terms';

/**
 * What the landlord agreed for one service: take it over by itself, be asked, or never; only in season (null: all year)
 * and not after these stop reasons.
 */
export interface LandlordLine {
  serviceType: string;
  decision: LandlordDecision;
  season: { start: MonthDay; end: MonthDay } | null;
  stopReasonsExcluded: string[];
}

/** A LandlordAgreement, in force from startOn to the day before endOn (null: open). */
export interface LandlordAgreementTerms {
  lines: LandlordLine[];
  startOn: CivilDate;
  endOn: CivilDate | null;
}

/**
 * One service of a holder who stops on stopOn; newTenant is what the clerk knows; ownerKnown: the location has an owner
 * on record without an agreement; landlordLeft: the holder is the landlord of the agreement, and has asked for this stop
 * or, when a clerk deals with the vacant place later, had asked for it.
 */
export interface LandlordStartFacts {
  landlordAgreement: LandlordAgreementTerms | null;
  serviceType: string;
  stopOn: CivilDate;
  stopReason: string;
  newTenant: NewTenant;
  ownerKnown?: boolean;
  landlordLeft?: 'NOW' | 'BEFORE' | null;
}

/** What happens to the service, and why; the reason is a code for the case's events. */
export interface LandlordStartChoice {
  choice: 'REVERT' | 'PROMPT_LANDLORD' | 'PROMPT_NEW_TENANT' | 'VACANT';
  reason:
    | 'NEW_TENANT_NAMED'
    | 'AGREEMENT_ALWAYS'
    | 'AGREEMENT_ASKS'
    | 'AGREEMENT_NEVER'
    | 'OUT_OF_SEASON'
    | 'STOP_REASON_EXCLUDED'
    | 'SERVICE_NOT_IN_AGREEMENT'
    | 'OWNER_WITHOUT_AGREEMENT'
    | 'AGREEMENT_NOT_IN_FORCE'
    | 'NO_AGREEMENT'
    | 'LANDLORD_DECLINED'
    | 'LANDLORD_LEFT';
}

/**
 * Decides one service when its tenant stops: to the landlord by itself, a prompt, or vacant (domain.md section 4,
 * landlordReversionCase). A named new tenant always comes first; what is not known to be vacant is asked. Cannot fail
 * on dates of the calendar.
 */
export function chooseLandlordStart(facts: LandlordStartFacts): LandlordStartChoice {
  if (facts.newTenant === 'YES') return { choice: 'PROMPT_NEW_TENANT', reason: 'NEW_TENANT_NAMED' };
  const withoutTenant = choiceWithoutTenant(facts);
  if (withoutTenant.choice === 'REVERT' || facts.newTenant === 'NO') return withoutTenant;
  return { choice: 'PROMPT_NEW_TENANT', reason: withoutTenant.reason };
}

function choiceWithoutTenant({
  landlordAgreement,
  serviceType,
  stopOn,
  stopReason,
  ownerKnown,
  landlordLeft,
}: LandlordStartFacts): LandlordStartChoice {
  if (!landlordAgreement || !isInForce(landlordAgreement, stopOn)) {
    if (ownerKnown) return { choice: 'PROMPT_LANDLORD', reason: 'OWNER_WITHOUT_AGREEMENT' };
    return { choice: 'VACANT', reason: landlordAgreement ? 'AGREEMENT_NOT_IN_FORCE' : 'NO_AGREEMENT' };
  }
  // Whoever gives services up does not get them back by the agreement under which they had them.
  if (landlordLeft) return { choice: landlordLeft === 'NOW' ? 'VACANT' : 'PROMPT_LANDLORD', reason: 'LANDLORD_LEFT' };
  const line = landlordAgreement.lines.find((each) => each.serviceType === serviceType);
  if (!line) return { choice: 'PROMPT_LANDLORD', reason: 'SERVICE_NOT_IN_AGREEMENT' };
  if (line.decision === 'NEVER') return { choice: 'VACANT', reason: 'AGREEMENT_NEVER' };
  if (line.decision === 'ASK') return { choice: 'PROMPT_LANDLORD', reason: 'AGREEMENT_ASKS' };
  if (line.season && !inSeason(stopOn, line.season.start, line.season.end))
    return { choice: 'PROMPT_LANDLORD', reason: 'OUT_OF_SEASON' };
  if (line.stopReasonsExcluded.includes(stopReason))
    return { choice: 'PROMPT_LANDLORD', reason: 'STOP_REASON_EXCLUDED' };
  return { choice: 'REVERT', reason: 'AGREEMENT_ALWAYS' };
}
