import type { OnboardForm } from '../../contract/forms';
import { newTaskId } from '../../contract/ids';
import { TASK_TYPES } from '../../contract/task-types';
import { RefusedError } from '../../db/errors';
import type { Account } from '../../db/models/occupancy';
import type { Customer, Location } from '../../db/models/places';
import { addEvent, occurrenceKey, openCase } from '../../db/records/cases';
import { createCustomer, existingCustomer } from '../../db/records/customers';
import { askForDeposits } from '../../db/records/deposit-requests';
import { createLocation, lockLocation } from '../../db/records/locations';
import { installMeter } from '../../db/records/meters';
import { nextNumber } from '../../db/records/numbers';
import { cutOrder } from '../../db/records/service-orders';
import { openTask } from '../../db/records/tasks';
import { actingAs, type Tx } from '../../db/transaction';
import { addDays, maxDate } from '../../domain/dates';
import { approvalReasons } from '../../domain/onboarding/approval-reasons';
import { refuseSetUp } from '../../domain/onboarding/refuse-set-up';
import type { ApprovalReason } from '../../domain/settings';
import { frozenForm } from '../frozen-form';
import type { SetUp } from './lock';
import { decidePlaces, placeServices, type Decided } from './place';
import { checkMeters, depositTerms, oldDebtOf, resolveServices, type ResolvedService } from './set-up-terms';
import type { Beside } from './standing';

/** A form on its way into the records. */
interface Saving {
  tx: Tx;
  caseId: string;
  form: OnboardForm;
  contentHash: string;
  location: Location;
  services: ResolvedService[];
}

/**
 * Saves the whole form in one transaction, all of it or nothing (domain.md row S1): number, customer, location, account,
 * agreements, meters, deposits, service orders, and the approval if policy asks. Refused with the field at fault:
 * NUMBER_TAKEN, CASE_OPEN, OCCUPIED, START_TOO_FAR_BACK and the other reasons of refuseSetUp, decidePlaces,
 * resolveServices, createCustomer and installMeter.
 */
export async function saveForm(
  system: Tx,
  input: { caseId: string; draftId?: string; revision?: number },
): Promise<{ found: SetUp; beside: Beside }> {
  const { form, by, draft, contentHash } = await frozenForm<OnboardForm>(system, input, 'ONBOARD');
  const tx = actingAs(system, by);
  refuseAll(tx, form);
  const location = await locationOf(tx, form);
  const copied = await copiedAccount(tx, form, location);
  const services = await resolveServices(tx, form, location, copied);
  const decided = await decidePlaces(tx, services);
  await checkMeters(tx, form, services);
  refuseNeedlessReads(form, services, decided);
  const saving: Saving = { tx, caseId: input.caseId, form, contentHash, location, services };
  const customer = await customerOf(tx, form);
  const reasons = await reasonsFor(saving, customer);
  const account = await openAccount(saving, { customer, copied, reasons });
  const { accountNumber } = account;
  const standing = reasons.length > 0 ? ('PENDING_APPROVAL' as const) : ('PENDING_START' as const);
  const theCase = await openCase(tx, {
    ...{ caseId: input.caseId, type: 'ONBOARD', step: standing, draft, startedBy: by },
    ...{ waitingOn: reasons.length > 0 ? 'SUPERVISOR' : 'SYSTEM', accountId: account.id, locationId: location.id },
    occurrenceKey: occurrenceKey.onboard(draft.draftId),
  });
  const expiresOn = addDays(maxDate(form.startDate, tx.today), tx.settings.onboarding.expiryDays);
  const setUp = await tx.db.Onboarding.create({
    ...{ caseId: input.caseId, accountId: account.id, startOn: form.startDate, expiresOn, decisionId: null },
    approvalReasons: reasons,
  });
  await putMetersIn(saving, decided);
  const beside = await placeServices(tx, { caseId: input.caseId, account }, decided);
  await askAndCut(saving, account);
  const { customerNumber } = customer;
  const { locationNumber } = location;
  await addEvent(tx, theCase, {
    kind: 'CUSTOMER_SAVED',
    data: { customerNumber, accountNumber, startOn: form.startDate },
  });
  const found: SetUp = { tx, theCase, account, setUp, locationNumber, customerNumber };
  if (reasons.length > 0) await askForApproval(found, contentHash, reasons);
  return { found, beside };
}

function refuseAll(tx: Tx, form: OnboardForm): void {
  const { startDate, services, deposits, meters, serviceOrders } = form;
  const blockers = refuseSetUp({
    ...{ startDate, services, deposits, today: tx.today, ...tx.settings.onboarding },
    meters: meters.map((meter) => ({ ...meter, beginReadOn: meter.beginRead?.readOn ?? null })),
    orders: serviceOrders,
  });
  const [first] = blockers;
  if (first) throw new RefusedError(first, { blockers: JSON.stringify(blockers) });
}

const locationOf = (tx: Tx, { location }: OnboardForm): Promise<Location> =>
  'existing' in location
    ? lockLocation(tx, location.existing, '#/location/existing')
    : createLocation(tx, location, '#/location/number');

const customerOf = (tx: Tx, { customer }: OnboardForm): Promise<Customer> =>
  'existing' in customer ? existingCustomer(tx, customer.existing) : createCustomer(tx, customer);

async function copiedAccount(tx: Tx, { copiedFrom }: OnboardForm, location: Location): Promise<Account | null> {
  if (copiedFrom === null) return null;
  const account = await tx.db.Account.findOne({ where: { accountNumber: copiedFrom, locationId: location.id } });
  if (account) return account;
  const message = 'The account to copy from is not one of this location';
  throw new RefusedError({ code: 'COPIED_FROM_UNKNOWN', message, pointer: '#/copiedFrom' });
}

/** One read row ends the one before and begins the newcomer (domain.md rule 4): nobody reads twice on a day. */
function refuseNeedlessReads(form: OnboardForm, services: ResolvedService[], decided: Decided[]): void {
  for (const [i, { serviceCode, position, type }] of form.serviceOrders.entries()) {
    const index = form.services.findIndex((each) => each.serviceCode === serviceCode && each.position === position);
    const placement = decided[index]?.placement;
    const shared = placement && placement.gapFrom === null && placement.followsId !== null;
    if (type !== 'READ_IN' || !services[index]?.service.metered || !shared) continue;
    const message = 'The final read of the one before is the beginning read: no read-in is needed';
    throw new RefusedError({ code: 'READ_IN_NOT_NEEDED', message, pointer: `#/serviceOrders/${i}/type` });
  }
}

async function reasonsFor({ tx, form, services }: Saving, customer: Customer): Promise<ApprovalReason[]> {
  const { backDaysWithoutApproval, approvalFor } = tx.settings.onboarding;
  return approvalReasons({
    ...{ services: services.map(({ terms }) => terms), deposits: depositTerms(form, services) },
    ...{ startOn: form.startDate, today: tx.today, backDaysWithoutApproval, approvalFor },
    oldDebtCents: await oldDebtOf(tx, customer.id),
  });
}

async function openAccount(
  { tx, caseId, form, location }: Saving,
  { customer, copied, reasons }: { customer: Customer; copied: Account | null; reasons: ApprovalReason[] },
): Promise<Account> {
  const account = await tx.db.Account.create({
    ...{ accountNumber: await nextNumber(tx, 'account'), customerId: customer.id, locationId: location.id },
    ...{ role: form.role, status: reasons.length > 0 ? 'PENDING_APPROVAL' : 'PENDING_START', startOn: form.startDate },
    billCycle: form.billCycle ?? copied?.billCycle ?? tx.settings.onboarding.defaultBillCycle,
    ...{ copiedFromId: copied?.id ?? null, createdAt: tx.now },
  });
  const { accountNumber, role, startOn } = account;
  const data = { accountNumber, role, startOn, copiedFrom: form.copiedFrom };
  tx.audit({ action: 'account.opened', entity: 'account', entityId: account.id, caseId, data });
  return account;
}

/** Puts the form's meters in; the read that one is put in with is the newcomer's beginning read. */
async function putMetersIn({ tx, caseId, form, services }: Saving, decided: Decided[]): Promise<void> {
  for (const [i, meter] of form.meters.entries()) {
    const { serviceCode, position, beginRead, ...face } = meter;
    const index = form.services.findIndex((each) => each.serviceCode === serviceCode && each.position === position);
    const service = services[index];
    if (!service) continue;
    const { servicePointId } = service;
    try {
      const installedOn = beginRead?.readOn ?? tx.today;
      const { read } = await installMeter(tx, { ...face, servicePointId, installedOn, beginRead, caseId });
      const placed = decided[index]?.service;
      if (placed) placed.startReadId = read?.id ?? null;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      throw new RefusedError({ ...error.refusal, pointer: `#/meters/${i}/serial` }, error.details);
    }
  }
}

/** Asks for the deposits and cuts the orders of the form. */
async function askAndCut({ tx, caseId, form, services }: Saving, account: Account): Promise<void> {
  const asked = form.deposits.map(({ serviceCode, amountCents, waivedBecause }) => {
    const usual = services.find(({ service }) => service.code === serviceCode)?.service.defaultDepositCents;
    return { serviceCode, amountCents: amountCents || Number(usual ?? 0), waivedBecause };
  });
  await askForDeposits(
    tx,
    { accountId: account.id, caseId },
    asked.filter(({ amountCents }) => amountCents > 0),
  );
  for (const { serviceCode, position, type, dueOn, notes, gating } of form.serviceOrders) {
    const index = form.services.findIndex((each) => each.serviceCode === serviceCode && each.position === position);
    const { servicePointId, startOn } = services[index] ?? { servicePointId: 0, startOn: form.startDate };
    const due = dueOn ?? maxDate(startOn, tx.today);
    await cutOrder(tx, { type, caseId, accountId: account.id, servicePointId, dueOn: due, gating, notes });
  }
}

async function askForApproval(
  { tx, theCase, account }: SetUp,
  contentHash: string,
  reasons: ApprovalReason[],
): Promise<void> {
  const type = 'APPROVE_SETUP' as const;
  await openTask(tx, theCase, {
    ...{ taskId: newTaskId(), type, candidateGroup: TASK_TYPES[type].candidateGroup, draftedBy: tx.actorId },
    ...{ subject: { reasons, accountNumber: account.accountNumber }, subjectHash: contentHash },
  });
}
