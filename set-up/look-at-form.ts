import type { OnboardForm } from '../contract/forms';
import { RefusedError } from '../db/errors';
import type { Account } from '../db/models/occupancy';
import type { Customer, CustomerType, Location } from '../db/models/places';
import { depositProposals, type ServiceDeposit } from '../db/reads/deposit-proposals';
import type { LikelyDuplicate } from '../db/reads/people/duplicates';
import { addressFaults } from '../db/reads/customer-faults';
import { findLocation, refuseUnknownClass } from '../db/records/locations';
import { fieldWorkerId } from '../db/records/service-orders';
import type { Tx } from '../db/transaction';
import type { WeighedDebt } from '../domain/debt/old-debts';
import { approvalReasons } from '../domain/onboarding/approval-reasons';
import { sharesRead } from '../domain/onboarding/place-newcomer';
import { refuseSetUp } from '../domain/onboarding/refuse-set-up';
import type { Refusal } from '../domain/refusal';
import type { ApprovalReason } from '../domain/settings';
import { Faults } from './faults';
import { lookAtLandlordTerms } from './landlord';
import { checkMeters } from './meters';
import { lookAtMove } from './moves-from';
import { lookAtNewcomer } from './newcomer';
import { lookAtDebts } from './old-debts';
import { oldReads } from './old-reads';
import { suppliesOff } from './supplies-off';
import { decidePlace, refuseForcedOut, refuseStopMoves, type Decided } from './place';
import { depositTerms, resolveServices, type ResolvedService } from './services';

/** What a set-up form means against the records as they are, and everything that is to be said of it. */
export interface FormLook {
  faults: Faults;
  /** Null: a new customer, or one that cannot be told. */
  customer: Customer | null;
  /** Null: a new place, or one that cannot be told. */
  location: Location | null;
  /** The class that decides which rates may be had; null: of none. */
  classCode: string | null;
  copied: Account | null;
  billCycle: string;
  services: ResolvedService[];
  decided: Decided<ResolvedService>[];
  duplicates: LikelyDuplicate[];
  debts: WeighedDebt[];
  /** The deposit that policy asks for each service. */
  proposed: ServiceDeposit[];
  /** The account that the same customer moves out of. */
  movesFrom: Account | null;
  /** Why a supervisor will be asked. */
  reasons: ApprovalReason[];
}

/**
 * Looks at a whole form without writing anything (domain.md row S1): every fault with its field at once, what each part
 * resolves to, what is proposed, and what policy will ask. Save looks under locks and goes on from what it finds; a form
 * that is still being filled is looked at without, and `missing` are its parts that do not count.
 */
export async function lookAtForm(
  tx: Tx,
  form: OnboardForm,
  { lock, missing = new Set() }: { lock: boolean; missing?: ReadonlySet<string> },
): Promise<FormLook> {
  const faults = new Faults();
  faults.add(refuseForm(tx, form));
  const isPlaced = !missing.has('location');
  const location = isPlaced ? await lookAtPlace(tx, form, lock, faults) : null;
  const { customer, duplicates } = missing.has('customer')
    ? { customer: null, duplicates: [] }
    : await lookAtNewcomer(tx, form, faults);
  const typeCode = 'existing' in form.customer ? (customer?.typeCode ?? null) : form.customer.typeCode;
  const type = typeCode ? await tx.db.CustomerType.findByPk(typeCode) : null;
  const classCode = classOf(form, location, type);
  const copied = isPlaced ? await faults.noting(() => copiedAccount(tx, form, location)) : null;
  const services = await resolveServices(tx, form, { location, classCode, copied }, faults);
  const { forceMoveOut: force = false } = form;
  const decided = isPlaced ? await decideAll(tx, services, { lock, force }, faults) : [];
  if (isPlaced) await checkMeters(tx, form, services, faults);
  faults.add(refuseNeedlessReads(form, services, decided));
  const movesFrom = await lookAtMove(tx, form, { customer, location }, faults);
  await lookAtAssignees(tx, form, faults);
  await lookAtLandlordTerms(tx, form, { customer, location, classCode, lock }, faults);
  faults.warn(await oldReads(tx, form, services, decided));
  faults.warn(await suppliesOff(tx, form, services));
  const { defaultBillCycle } = tx.settings.onboarding;
  const billCycle = form.billCycle ?? copied?.billCycle ?? type?.billCycle ?? defaultBillCycle;
  await faults.noting(() => refuseUnknownCycle(tx, billCycle));
  const ids = { customerId: customer?.id ?? null, locationId: location?.id ?? null };
  const likelyIds = duplicates.map(({ customerId }) => customerId);
  const debts = await lookAtDebts(tx, { ...ids, likelyIds }, faults);
  const proposed = await proposals(tx, form, { ...ids, classCode, typeCode, services });
  const forcesMoveOut = decided.some(({ placement }) => placement.forcedOut !== undefined);
  const reasons = reasonsFor(tx, form, { services, proposed, debts, type, forcesMoveOut });
  return {
    ...{ faults, customer, location, classCode, copied, billCycle, services, decided },
    ...{ duplicates, debts, proposed, reasons, movesFrom },
  };
}

function refuseForm(tx: Tx, form: OnboardForm): Refusal[] {
  const { startDate, services, deposits, meters, serviceOrders } = form;
  return refuseSetUp({
    ...{ startDate, services, deposits, today: tx.today, ...tx.settings.onboarding },
    meters: meters.map((meter) => {
      const { serviceCode, position, serial, action = 'INSTALL' } = meter;
      const read = meter.action === 'REMOVE' ? meter.removalRead : meter.beginRead;
      return { serviceCode, position, serial, action, readOn: read?.readOn ?? null };
    }),
    orders: serviceOrders,
  });
}

/** The place, if it is there. Notes LOCATION_UNKNOWN, NUMBER_TAKEN, RATE_CLASS_UNKNOWN and what is wrong with the address. */
async function lookAtPlace(
  tx: Tx,
  { location: given }: OnboardForm,
  lock: boolean,
  faults: Faults,
): Promise<Location | null> {
  if ('existing' in given)
    return faults.noting(() => findLocation(tx, given.existing, '#/location/existing', { lock }));
  const { number, address, classCode = null } = given;
  faults.note(addressFaults(address, tx.settings.contacts, '#/location/address'));
  const taken = number !== null && (await tx.db.Location.count({ where: { locationNumber: number } })) > 0;
  const message = `The number ${number} was given out already`;
  if (taken) faults.add([{ code: 'NUMBER_TAKEN', message, pointer: '#/location/number' }]);
  await faults.noting(() => refuseUnknownClass(tx, classCode, '#/location/classCode'));
  return null;
}

/** The class of the place; of one that has none, that of the customer's type (domain.md row S7). */
function classOf(
  { location: given }: OnboardForm,
  location: Location | null,
  type: CustomerType | null,
): string | null {
  const own = 'existing' in given ? location?.classCode : given.classCode;
  return own ?? type?.rateClass ?? null;
}

async function copiedAccount(tx: Tx, { copiedFrom }: OnboardForm, location: Location | null): Promise<Account | null> {
  if (copiedFrom === null) return null;
  const where = { accountNumber: copiedFrom, locationId: location?.id ?? 0 };
  const account = await tx.db.Account.findOne({ where });
  // Whoever never became a customer there left nothing to copy.
  if (account && account.status !== 'CANCELED') return account;
  const message = 'The account to copy from is not one of this location';
  throw new RefusedError({ code: 'COPIED_FROM_UNKNOWN', message, pointer: '#/copiedFrom' });
}

async function decideAll(
  tx: Tx,
  services: ResolvedService[],
  how: { lock: boolean; force: boolean },
  faults: Faults,
): Promise<Decided<ResolvedService>[]> {
  const decided: Decided<ResolvedService>[] = [];
  for (const service of services) {
    const place = await faults.noting(() => decidePlace(tx, service, how));
    if (place) decided.push(place);
  }
  faults.add(await refuseStopMoves(tx, decided));
  faults.add(await refuseForcedOut(tx, decided));
  return decided;
}

/** One read row ends the one before and begins the newcomer (domain.md rule 4): nobody reads twice on a day. */
function refuseNeedlessReads(
  form: OnboardForm,
  services: ResolvedService[],
  decided: Decided<ResolvedService>[],
): Refusal[] {
  const message = 'The final read of the one before is the beginning read: no read-in is needed';
  return form.serviceOrders.flatMap((order, i) => {
    const ordered = services.find((each) => isAt(each, order));
    const placed = decided.find(({ service }) => service.pointer === ordered?.pointer);
    const needless = order.type === 'READ_IN' && ordered?.service.metered && placed && sharesRead(placed.placement);
    return needless ? [{ code: 'READ_IN_NOT_NEEDED', message, pointer: `#/serviceOrders/${i}/type` }] : [];
  });
}

/** Notes ASSIGNEE_UNKNOWN and ASSIGNEE_NOT_FIELD. */
async function lookAtAssignees(tx: Tx, { serviceOrders }: OnboardForm, faults: Faults): Promise<void> {
  for (const [i, { assignee }] of serviceOrders.entries())
    if (assignee) await faults.noting(() => fieldWorkerId(tx, assignee, `#/serviceOrders/${i}/assignee`));
}

async function refuseUnknownCycle(tx: Tx, code: string): Promise<void> {
  if ((await tx.db.BillCycle.findByPk(code))?.code === code) return;
  const message = `There is no bill cycle ${code}`;
  throw new RefusedError({ code: 'BILL_CYCLE_UNKNOWN', message, pointer: '#/billCycle' });
}

/** What the office asks of this customer for each service (domain.md row S9). */
function proposals(
  tx: Tx,
  { role }: OnboardForm,
  about: {
    customerId: number | null;
    locationId: number | null;
    classCode: string | null;
    typeCode: string | null;
    services: ResolvedService[];
  },
): Promise<ServiceDeposit[]> {
  const { depositWaivedAfterMonths: waivedAfterMonths } = tx.settings.onboarding;
  return depositProposals(tx.db, { ...about, role, today: tx.today, waivedAfterMonths });
}

function reasonsFor(
  tx: Tx,
  form: OnboardForm,
  given: {
    services: ResolvedService[];
    proposed: ServiceDeposit[];
    debts: WeighedDebt[];
    type: CustomerType | null;
    forcesMoveOut: boolean;
  },
): ApprovalReason[] {
  const { backDaysWithoutApproval, approvalFor } = tx.settings.onboarding;
  const { taxExempt, penaltyExempt } = form;
  const beyond = (asked: boolean | null | undefined, ofType: boolean | undefined) => asked === true && !ofType;
  const asking = given.debts.filter(({ policy }) => policy === 'APPROVE');
  return approvalReasons({
    services: given.services.map(({ terms }) => terms),
    deposits: depositTerms(form, given.proposed),
    ...{ startOn: form.startDate, today: tx.today, backDaysWithoutApproval, approvalFor },
    exemptBeyondType: beyond(taxExempt, given.type?.taxExempt) || beyond(penaltyExempt, given.type?.penaltyExempt),
    forcesMoveOut: given.forcesMoveOut,
    oldDebtCents: asking.reduce((sum, { owedCents }) => sum + owedCents, 0),
  });
}

/** Whether a service of the form is at this place of it. */
export const isAt = (
  service: { serviceCode: string; position: number },
  other: { serviceCode: string; position: number },
): boolean => service.serviceCode === other.serviceCode && service.position === other.position;
