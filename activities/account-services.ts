import type { AccountServicesForm } from '../contract/forms';
import { RefusedError, ensure, rejectIf } from '../db/errors';
import type { Account, ServiceAgreement } from '../db/models/occupancy';
import type { Location, Service } from '../db/models/places';
import { defaultRateId } from '../db/reads/class-defaults';
import { depositProposals } from '../db/reads/deposit-proposals';
import { classOfAccount } from '../db/reads/place-class';
import { cancelInChain, insertIntoChain, priceTermsOf } from '../db/records/agreements';
import { tellUndone } from '../db/records/changes';
import { addServicePoint } from '../db/records/locations';
import { lastRead, readAt, recordStartRead, recordStopRead } from '../db/records/meter-reads';
import { undoReversionFee } from '../db/records/reversion-fees';
import { lockAccountWithLocation, meterAt, meterOn } from '../db/records/places';
import type { Tx } from '../db/transaction';
import { givenTerms, sameTerms } from '../domain/billing/price-terms';
import type { Refusal } from '../domain/refusal';
import {
  refuseAdd,
  refuseChange,
  refuseRemove,
  refuseTerms,
  refuseUnseenAdd,
} from '../domain/services/refuse-service-change';
import { HOLDING } from '../domain/states';
import { takeEffectAt } from './handover/handover-events';
import { Faults } from '../set-up/faults';
import { decidePlace } from '../set-up/place';
import { hasOtherPriceTerms, rateFor } from '../set-up/services';
import type { RequestDone } from './request-done';

/** An account whose services change, under the locks of its location and itself. */
interface Changing {
  tx: Tx;
  account: Account;
  location: Location;
  classCode: string | null;
  isSupervisor: boolean;
}

/**
 * Changes the services of an active account, all of it or nothing (domain.md row S8): adds what is free, changes the
 * terms of the unbilled period, takes back what was never billed, stops one service of several. Refused:
 * ACCOUNT_NOT_ACTIVE, CASE_OPEN and, all at once with their fields, the reasons of refuseAdd, refuseUnseenAdd,
 * refuseChange, refuseRemove and refuseTerms, of rateFor and decidePlace.
 */
export async function changeServices(tx: Tx, form: AccountServicesForm): Promise<RequestDone> {
  const { account, location } = await lockAccountWithLocation(tx, form.accountId);
  await refuseOtherCases(tx, account);
  const classCode = await classOfAccount(tx.db, account);
  const isSupervisor = (await tx.db.UserRole.count({ where: { userId: tx.actorId, role: 'supervisor' } })) > 0;
  const changing = { tx, account, location, classCode, isSupervisor };
  const faults = new Faults();
  const added: ServiceAgreement[] = [];
  for (const i of form.add.keys()) {
    const agreement = await faults.noting(() => addService(changing, form, i));
    if (agreement) added.push(agreement);
  }
  for (const i of form.change.keys()) await faults.noting(() => changeTerms(changing, form, i));
  const stopped: number[] = [];
  for (const i of form.remove.keys()) {
    const point = await faults.noting(() => removeService(changing, form, i));
    if (point !== null) stopped.push(point);
  }
  faults.refuseAny();
  const points = [...added.map(({ servicePointId }) => servicePointId), ...stopped];
  const wakes = await takeEffectAt(tx, points);
  for (const agreement of added) {
    await agreement.reload();
    ensure(agreement.status === 'ACTIVE', 'NOT_STARTING', `${agreement.serviceCode} cannot begin yet`);
  }
  const { accountNumber } = account;
  return { result: { accountNumber, added: added.map(({ id }) => id) }, wakes };
}

async function refuseOtherCases(tx: Tx, account: Account): Promise<void> {
  const where = { accountId: account.id, closedAt: null, type: ['ONBOARD' as const, 'MOVE_OUT' as const] };
  const open = await tx.db.Case.findOne({ where });
  ensure(!open, 'CASE_OPEN', 'The account is being set up or moved out', { caseId: open?.caseId ?? '' });
  ensure(account.status === 'ACTIVE', 'ACCOUNT_NOT_ACTIVE', `The account is ${account.status}`);
}

/** The account's live agreement for the point that a line of the form names. Refused: SERVICE_NOT_HELD. */
async function agreementAt(
  { tx, account, location }: Changing,
  { serviceCode, position }: { serviceCode: string; position: number },
  pointer: string,
): Promise<ServiceAgreement> {
  const point = await tx.db.ServicePoint.findOne({ where: { locationId: location.id, serviceCode, position } });
  const where = { accountId: account.id, servicePointId: point?.id ?? 0, status: [...HOLDING] };
  const agreement = await tx.db.ServiceAgreement.findOne({ where, lock: true });
  if (agreement) return agreement;
  throw new RefusedError({ code: 'SERVICE_NOT_HELD', message: `The account has no ${serviceCode} there`, pointer });
}

async function addService(changing: Changing, { add }: AccountServicesForm, i: number): Promise<ServiceAgreement> {
  const { tx, account, location, classCode } = changing;
  const line = add[i]!;
  const pointer = `#/add/${i}`;
  const { serviceCode, position, quantity, units, priceTerms, frequency, connectDate: startOn } = line;
  const service = await tx.db.Service.findByPk(serviceCode);
  if (!service) return refuse('SERVICE_UNKNOWN', `There is no service ${serviceCode}`, `${pointer}/serviceCode`);
  const { today } = tx;
  const { maxBackDays } = tx.settings.onboarding;
  rejectIf(refuseAdd({ startOn, today, maxBackDays, accountStartOn: account.startOn, pointer }));
  const rate = await rateFor(tx, line, { startOn, classCode }, `${pointer}/rateCode`);
  const usual = { rateId: await defaultRateId(tx.db, serviceCode, classCode), quantity: '1', units: '1' };
  const where = { locationId: location.id, serviceCode, position };
  const there = await tx.db.ServicePoint.findOne({ where });
  const otherPriceTerms = await hasOtherPriceTerms(tx, there?.id ?? null, givenTerms(priceTerms));
  refuseOtherTerms(changing, { rateId: rate.id, quantity, units }, usual, pointer, otherPriceTerms);
  rejectIf(await refuseUnseen(changing, line, pointer));
  const point = there ?? (await addServicePoint(tx, where));
  const terms = {
    servicePointId: point.id,
    serviceCode,
    rateId: rate.id,
    quantity,
    units,
    frequency,
    startOn,
    priceTerms,
  };
  const { placement } = await decidePlace(tx, { ...terms, startReadId: null, pointer });
  const asked = await tx.db.VacancyLine.findOne({
    where: { servicePointId: point.id, status: ['OPENED', 'PROMPTED'] },
  });
  const isFree = !asked && !placement.landlordStops && !placement.stopMoves && placement.removed.length === 0;
  if (!isFree) return refuse('OCCUPIED', 'Somebody has the service, or is asked whether to take it', pointer);
  if (service.metered) await takeBeginRead(tx, service, point.id, { line, pointer });
  // Which read it begins with is found when it does, like that of any newcomer (db/records/handover.ts).
  return insertIntoChain(tx, { ...terms, accountId: account.id, startReadId: null, followsId: placement.followsId });
}

/** What a set-up would be approved for is a supervisor's here too: a start far back, a service without its deposit. */
async function refuseUnseen(
  { tx, account, classCode, isSupervisor }: Changing,
  { serviceCode, position, connectDate: startOn }: AccountServicesForm['add'][number],
  pointer: string,
): Promise<Refusal | null> {
  const { approvalFor, backDaysWithoutApproval, depositWaivedAfterMonths: waivedAfterMonths } = tx.settings.onboarding;
  const { id: accountId, locationId, customerId, role } = account;
  const { typeCode } = await tx.db.Customer.findByPk(customerId, { rejectOnEmpty: true });
  const about = { locationId, classCode, typeCode, customerId, role, services: [{ serviceCode, position }] };
  const [proposed] = await depositProposals(tx.db, { ...about, today: tx.today, waivedAfterMonths });
  const isHeld = (await tx.db.Deposit.count({ where: { accountId, serviceCode } })) > 0;
  const depositCents = isHeld ? 0 : (proposed?.amountCents ?? 0);
  const given = { startOn, today: tx.today, backDaysWithoutApproval, depositCents };
  return refuseUnseenAdd({ ...given, approvalFor, isSupervisor, pointer });
}

/** Takes the read that is given for a metered service; without one its meter was read before. */
async function takeBeginRead(
  tx: Tx,
  { name }: Service,
  servicePointId: number,
  { line, pointer }: { line: AccountServicesForm['add'][number]; pointer: string },
): Promise<void> {
  const meter = await meterAt(tx, servicePointId);
  if (!meter) return refuse('METER_MISSING', `${name} needs a meter`, pointer);
  if (!line.beginRead) {
    const last = await lastRead(tx, meter.id);
    if (!last) refuse('BEGIN_READ_MISSING', `${meter.serial} was never read`, `${pointer}/beginRead`);
    return;
  }
  const taken = { ...line.beginRead, meterId: meter.id, source: 'ACTUAL' as const };
  try {
    await recordStartRead(tx, meter, taken, { caseId: null, serviceOrderId: null });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new RefusedError({ ...error.refusal, pointer: `${pointer}/beginRead` }, error.details);
  }
}

async function changeTerms(changing: Changing, { change }: AccountServicesForm, i: number): Promise<void> {
  const { tx, classCode } = changing;
  const line = change[i]!;
  const pointer = `#/change/${i}`;
  const { serviceCode, effectiveOn } = line;
  const agreement = await agreementAt(changing, line, pointer);
  const { rateId: rateBefore, quantity, units, frequency, startOn, lastBilledThrough, status } = agreement;
  rejectIf(refuseChange({ status, startOn, lastBilledThrough, effectiveOn, pointer }));
  const rate =
    line.rateCode === null
      ? null
      : await rateFor(
          tx,
          { serviceCode, rateCode: line.rateCode },
          { startOn: effectiveOn, classCode },
          `${pointer}/rateCode`,
        );
  const before = { rateId: rateBefore, quantity, units };
  const after = {
    ...{ rateId: rate?.id ?? rateBefore, quantity: line.quantity ?? quantity, units: line.units ?? units },
  };
  const termsBefore = priceTermsOf(agreement);
  const priceTerms = line.priceTerms ? givenTerms(line.priceTerms) : termsBefore;
  const otherPriceTerms = !sameTerms(termsBefore, priceTerms);
  refuseOtherTerms(changing, after, before, pointer, otherPriceTerms);
  await agreement.update({ ...after, frequency: line.frequency ?? frequency, ...(otherPriceTerms && { priceTerms }) });
  const data = {
    before: { ...before, frequency, ...(otherPriceTerms && { priceTerms: termsBefore }) },
    after: { ...after, frequency: agreement.frequency, ...(otherPriceTerms && { priceTerms }) },
    effectiveOn,
  };
  tx.audit({ action: 'agreement.changed', entity: 'service_agreement', entityId: agreement.id, data });
}

/**
 * Takes a service back that was never billed, or stops it on its day, with its read where metered; nobody is asked whether
 * to take it over: the account still has the place. Returns the point that stops, or null.
 */
async function removeService(changing: Changing, { remove }: AccountServicesForm, i: number): Promise<number | null> {
  const { tx, account } = changing;
  const pointer = `#/remove/${i}`;
  const { stopDate, finalRead, ...at } = remove[i]!;
  const agreement = await agreementAt(changing, at, pointer);
  const { serviceCode, servicePointId, lastBilledThrough, startOn, status } = agreement;
  const live = await tx.db.ServiceAgreement.count({ where: { accountId: account.id, status: [...HOLDING] } });
  const { metered } = await tx.db.Service.findByPk(serviceCode, { rejectOnEmpty: true });
  const { maxBackDays } = tx.settings.moveOut;
  const about = { status, metered, startOn, lastBilledThrough, isLast: live === 1, stopDate, pointer };
  rejectIf(refuseRemove({ ...about, today: tx.today, maxBackDays }));
  const action = stopDate === null ? 'agreement.CANCELED' : 'agreement.stopped';
  const data = { serviceCode, ...(stopDate && { stopDate }) };
  tx.audit({ action, entity: 'service_agreement', entityId: agreement.id, data });
  if (stopDate === null) {
    await cancelInChain(tx, agreement);
    // A landlord who gives it back as never had was not reconnected either.
    await undoReversionFee(tx, agreement);
    tellUndone(tx, 'ACTIVATED', agreement, startOn);
    return null;
  }
  const stopReadId = metered ? await stopReadOf(tx, { servicePointId, stopDate, finalRead, pointer }) : null;
  // Without a reason: a move-out stops what has one, and gives back only that when it is canceled.
  await agreement.update({ status: 'PENDING_STOP', endOn: stopDate, stopReadId, stopReason: null });
  return servicePointId;
}

/** The read that a metered service stops with: the one that is given, else one of the day or between two others. */
async function stopReadOf(
  tx: Tx,
  about: {
    servicePointId: number;
    stopDate: string;
    finalRead: { value: string; readOn: string } | null;
    pointer: string;
  },
): Promise<number> {
  const { servicePointId, stopDate, finalRead } = about;
  const pointer = `${about.pointer}/finalRead`;
  const meter = await meterOn(tx, servicePointId, stopDate);
  if (!meter) return refuse('METER_MISSING', 'No meter was there on that day', pointer);
  const origin = { caseId: null, serviceOrderId: null };
  if (!finalRead) {
    const there = await readAt(tx, meter, stopDate, origin);
    return there?.id ?? refuse('STOP_READ_MISSING', `${meter.serial} has no read of ${stopDate}`, pointer);
  }
  const taken = { ...finalRead, meterId: meter.id, source: 'ACTUAL' as const };
  try {
    return (await recordStopRead(tx, meter, taken, stopDate, origin)).id;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new RefusedError({ ...error.refusal, pointer }, error.details);
  }
}

/** Terms that a set-up would have to be approved for are a supervisor's to give here. */
function refuseOtherTerms(
  { tx, isSupervisor }: Changing,
  after: { rateId: number; quantity: string; units: string },
  before: { rateId: number | null; quantity: string; units: string },
  pointer: string,
  otherPriceTerms = false,
): void {
  const { approvalFor } = tx.settings.onboarding;
  rejectIf(refuseTerms({ after, before, otherPriceTerms, approvalFor, isSupervisor, pointer }));
}

function refuse(code: string, message: string, pointer: string): never {
  throw new RefusedError({ code, message, pointer });
}
