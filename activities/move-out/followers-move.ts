import { Op } from 'sequelize';
import { ensure } from '../../db/errors';
import type { Account, MoveOut, ServiceAgreement, VacancyLine } from '../../db/models/occupancy';
import { followerOf } from '../../db/records/agreements';
import { lockCase, occurrenceKey, openCaseOf } from '../../db/records/cases';
import { landlordAgreementOf } from '../../db/records/places';
import { parsedJson } from '../../db/reads/select';
import { chooseAgain, moveFilledForm } from '../../db/records/vacancy-again';
import type { Tx } from '../../db/transaction';
import { minDate, type CivilDate } from '../../domain/dates';
import { chooseLandlordStart } from '../../domain/landlord/choose-landlord-start';
import { isInForce } from '../../domain/landlord/landlord-terms';
import { NOTHING_BESIDE, together, type Beside } from '../beside';
import { giveWay } from '../handover/give-way';
import { moveVacancy } from '../vacancy-standing';
import { openVacancyAgain } from './open-vacancy-again';

/** Who follows the leaver at one service point; the landlord may stay until a tenant comes. */
interface Followers {
  leaver: ServiceAgreement;
  landlord: ServiceAgreement | null;
  tenant: ServiceAgreement | null;
  setUpCaseId: string | null;
}

/** The followers, moved out of the way of another stop date. */
interface FollowersMoved {
  isTenantKnown: boolean;
  /** Chooses anew what becomes of each service, once the leaver stops on the new day. */
  chooseAnew(): Promise<Beside>;
}

/**
 * Takes whoever follows a leaver along to another stop date S (design.md section 4; domain.md, T and S): a landlord whose
 * start is pending begins on it, one who has begun and was never billed gives back. Refused: HANDED_OVER;
 * NEW_TENANT_SET_UP, with the case, when S comes after the start T of a tenant who is set up; LANDLORD_MOVES_OUT, with the
 * case, when the landlord in between would have no day, or has begun.
 */
export async function followersMove(
  tx: Tx,
  about: { moveOut: MoveOut; leaving: ServiceAgreement[]; stopOn: CivilDate },
): Promise<FollowersMoved> {
  const { moveOut, leaving, stopOn } = about;
  const all: Followers[] = [];
  for (const leaver of leaving) all.push(await followersOf(tx, leaver, stopOn));
  const landlords = all.flatMap(({ landlord }) => (landlord ? [landlord] : []));
  const vacancy = moveOut.vacancyCaseId ? await lockCase(tx, moveOut.vacancyCaseId) : null;
  const isOpen = vacancy?.closedAt === null;
  const lines = await tx.db.VacancyLine.findAll({ where: { caseId: moveOut.vacancyCaseId ?? '' }, order: ['id'] });
  const along = isOpen && (await mayComeAlong(tx, all, lines, moveOut, stopOn));
  if (!along) await refuseStayingLandlords(tx, all);
  const gaveWay = along ? NOTHING_BESIDE : await giveWay(tx, landlords, moveOut.caseId);
  return {
    isTenantKnown: all.some(({ tenant }) => tenant !== null),
    chooseAnew: async () => {
      if (along) await comeAlong(tx, landlords, stopOn);
      if (!vacancy || !isOpen) {
        const again = await openVacancyAgain(tx, moveOut, leaving);
        return together(gaveWay, again);
      }
      const kept = new Set(along ? landlords.map(({ id }) => id) : []);
      for (const line of lines) {
        if (line.status === 'SUPERSEDED') continue;
        const found = all.find(({ leaver }) => leaver.id === line.outgoingAgreementId);
        if (!found || (found.landlord && kept.has(found.landlord.id))) continue;
        await chooseAgain(tx, vacancy, line, found);
      }
      await moveFilledForm(tx, vacancy.caseId, stopOn);
      const moved = await moveVacancy(tx, vacancy);
      return together(gaveWay, moved, { wakes: [{ caseId: vacancy.caseId, reason: 'STOPPED' }], starts: [] });
    },
  };
}

async function followersOf(tx: Tx, leaver: ServiceAgreement, stopOn: CivilDate): Promise<Followers> {
  const first = await followerOf(tx, leaver.id);
  const none = { leaver, landlord: null, tenant: null, setUpCaseId: null };
  if (!first) return none;
  const holder = await tx.db.Account.findByPk(first.accountId, { lock: true, rejectOnEmpty: true });
  const setUp = await setUpOf(tx, holder);
  if (setUp !== undefined) return { ...none, tenant: tenantMay(first, setUp, stopOn), setUpCaseId: setUp };
  ensure(first.lastBilledThrough === null, 'HANDED_OVER', 'The landlord was billed for this service already');
  const second = await followerOf(tx, first.id);
  if (!second) return { ...none, landlord: first };
  const next = await tx.db.Account.findByPk(second.accountId, { lock: true, rejectOnEmpty: true });
  const setUpCaseId = (await setUpOf(tx, next)) ?? '';
  return { leaver, landlord: first, tenant: tenantMay(second, setUpCaseId, stopOn), setUpCaseId };
}

/** The case that set a newcomer up; undefined of a landlord who follows by reversion. */
async function setUpOf(tx: Tx, holder: Account): Promise<string | undefined> {
  const setUp = await tx.db.Onboarding.findOne({ where: { accountId: holder.id } });
  return setUp?.caseId ?? (holder.role === 'LANDLORD' ? undefined : '');
}

function tenantMay(tenant: ServiceAgreement, caseId: string, stopOn: CivilDate): ServiceAgreement {
  ensure(tenant.status === 'PENDING_START', 'HANDED_OVER', 'A new customer has begun at this address');
  const message = `A new customer is being set up here from ${tenant.startOn} on: the stop may not come after that`;
  ensure(stopOn <= tenant.startOn, 'NEW_TENANT_SET_UP', message, { caseId, pointer: '#/stopDate' });
  return tenant;
}

/** Whether every landlord's start only moves: none has begun, and the same agreement holds on the new day. */
async function mayComeAlong(
  tx: Tx,
  all: Followers[],
  lines: VacancyLine[],
  moveOut: MoveOut,
  stopOn: CivilDate,
): Promise<boolean> {
  for (const { leaver, landlord, tenant } of all) {
    if (!landlord) continue;
    const line = lines.find(({ newAgreementId }) => newAgreementId === landlord.id);
    const { locationId } = await tx.db.Account.findByPk(landlord.accountId, { rejectOnEmpty: true });
    const agreed = await landlordAgreementOf(tx, locationId, stopOn);
    const isPending = landlord.status === 'PENDING_START' && landlord.startOn === moveOut.stopOn;
    const isSame = agreed && line?.landlordAgreementId === agreed.agreement.id && isInForce(agreed.agreement, stopOn);
    if (!isPending || !isSame || (tenant && tenant.startOn <= stopOn)) return false;
    // What came by itself comes by itself on the new day too, or is decided anew; what a clerk said goes on.
    const { stopReason } = moveOut;
    const newTenant = moveOut.newTenant === 'YES' || tenant ? 'NO' : moveOut.newTenant;
    const facts = { landlordAgreement: agreed.terms, serviceType: leaver.serviceCode, stopOn, stopReason, newTenant };
    if (line.reason === 'AGREEMENT_ALWAYS' && chooseLandlordStart(facts).choice !== 'REVERT') return false;
  }
  return true;
}

/** A landlord who is not taken along gives way, but not one who is moved out already or hands over to a tenant. */
async function refuseStayingLandlords(tx: Tx, all: Followers[]): Promise<void> {
  for (const { landlord } of all) {
    const open = landlord && (await openCaseOf(tx, occurrenceKey.moveOut(landlord.accountId)));
    const details = { caseId: open?.caseId ?? '' };
    ensure(!open, 'LANDLORD_MOVES_OUT', 'The landlord who followed is being moved out: cancel that first', details);
  }
}

/** The landlords begin on the new day, and their notices say so. */
async function comeAlong(tx: Tx, landlords: ServiceAgreement[], stopOn: CivilDate): Promise<void> {
  for (const landlord of landlords) await landlord.update({ startOn: stopOn });
  for (const accountId of new Set(landlords.map((landlord) => landlord.accountId))) {
    const account = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    if (account.status !== 'PENDING_START') continue;
    const agreements = await tx.db.ServiceAgreement.findAll({ where: { accountId, status: { [Op.ne]: 'CANCELED' } } });
    await account.update({ startOn: minDate(stopOn, ...agreements.map(({ startOn }) => startOn)) });
    const where = { accountId, kind: 'LANDLORD_RECONNECT', status: 'QUEUED' as const };
    for (const notice of await tx.db.Notice.findAll({ where, lock: true }))
      await notice.update({ data: { ...parsedJson<Record<string, unknown>>(notice.data), startOn: stopOn } });
  }
}
