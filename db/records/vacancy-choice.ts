import { Op } from 'sequelize';
import { maxDate, type CivilDate } from '../../domain/dates';
import { chooseLandlordStart, type LandlordStartChoice } from '../../domain/landlord/choose-landlord-start';
import type { NewTenant } from '../../domain/states';
import type { Case } from '../models/cases';
import type { Account, ServiceAgreement, VacancyLine } from '../models/occupancy';
import type { Tx } from '../transaction';
import { landlordAgreementOf, type AgreedLandlord } from './places';

/** What a clerk said of a new tenant when the leaver was moved out. */
export const newTenantOf = async (tx: Tx, theCase: Case): Promise<NewTenant> =>
  (await tx.db.MoveOut.findOne({ where: { vacancyCaseId: theCase.caseId } }))?.newTenant ?? 'UNKNOWN';

/** Whether a clerk started the vacancy for a place that nobody has; else a holder's stop did. */
export const isOfClerk = ({ draftId }: Case): boolean => draftId !== null;

/**
 * From when the next one has the service: the leaver's stop. At a place that a clerk found vacant, not before the day on
 * which that is decided: the days between are nobody's.
 */
export function handoverDay(tx: Tx, theCase: Case, { endOn, status }: ServiceAgreement): CivilDate {
  const stopOn = endOn ?? tx.today;
  const hasLeft = status === 'STOPPED' || status === 'CLOSED';
  return isOfClerk(theCase) && hasLeft ? maxDate(stopOn, tx.today) : stopOn;
}

/** The landlord's agreement for what a leaver leaves, on the day of the handover. */
export const landlordFor = (tx: Tx, theCase: Case, leaver: ServiceAgreement) =>
  landlordAgreementOf(tx, theCase.locationId ?? 0, handoverDay(tx, theCase, leaver));

/** Whether an account is the one of the landlord of an agreement. */
export const isLandlords = ({ role, customerId }: Account, landlord: AgreedLandlord | null): boolean =>
  role === 'LANDLORD' && customerId === landlord?.agreement.customerId;

/** Whether the leaver is the landlord, moved out because a person asked for it; one who made way for a tenant is not meant. */
async function landlordLeft(
  tx: Tx,
  theCase: Case,
  { accountId }: ServiceAgreement,
  landlord: AgreedLandlord | null,
): Promise<'NOW' | 'BEFORE' | null> {
  const account = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
  if (!isLandlords(account, landlord)) return null;
  const where = { accountId, type: 'MOVE_OUT' as const, draftId: { [Op.ne]: null } };
  const asked = await tx.db.Case.count({ where: { ...where, status: ['OPEN', 'INCIDENT', 'COMPLETED'] } });
  if (asked === 0) return null;
  return isOfClerk(theCase) ? 'BEFORE' : 'NOW';
}

/**
 * Chooses for a leaver by the landlord agreement of the day on which they stop. A landlord who has said no to the line is
 * as good as none.
 */
export function chooser(
  tx: Tx,
  theCase: Case,
  newTenant: NewTenant,
): (leaver: ServiceAgreement, line?: Pick<VacancyLine, 'declinedAgreementId'>) => Promise<LandlordStartChoice> {
  return async (leaver, line) => {
    const { serviceCode, stopReason } = leaver;
    const stopOn = handoverDay(tx, theCase, leaver);
    const landlord = await landlordFor(tx, theCase, leaver);
    const hasDeclined = landlord !== null && landlord.agreement.id === line?.declinedAgreementId;
    const chosen = chooseLandlordStart({
      landlordAgreement: hasDeclined ? null : (landlord?.terms ?? null),
      serviceType: serviceCode,
      stopReason: stopReason ?? 'CUSTOMER',
      ...{ stopOn, newTenant, landlordLeft: await landlordLeft(tx, theCase, leaver, landlord) },
    });
    return hasDeclined && chosen.reason === 'NO_AGREEMENT' ? { ...chosen, reason: 'LANDLORD_DECLINED' } : chosen;
  };
}
