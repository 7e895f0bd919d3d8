import type { OnboardForm } from '../../contract/forms';
import type { Case } from '../../db/models/cases';
import type { Account } from '../../db/models/occupancy';
import type { Customer, Location } from '../../db/models/places';
import { exemptionsOf, typeOfCustomer } from '../../db/records/accounts';
import { addEvent, occurrenceKey, openCase } from '../../db/records/cases';
import { createCustomer, existingCustomer } from '../../db/records/customers';
import { askForDeposits } from '../../db/records/deposit-requests';
import { agreeAt, landlordPlaces } from '../../db/records/landlord-agreements';
import { lockLocationsNumbered } from '../../db/records/lock-many';
import { addServicePoint, createLocation } from '../../db/records/locations';
import { nextNumber } from '../../db/records/numbers';
import { cutOrder, dueByCalendar, fieldWorkerId } from '../../db/records/service-orders';
import { actingAs, type Tx } from '../../db/transaction';
import { addDays, maxDate } from '../../domain/dates';
import { isAt, lookAtForm, type FormLook } from '../../set-up/look-at-form';
import { together, type Beside } from '../beside';
import { stopDateOf } from '../../set-up/moves-from';
import { frozenForm } from '../frozen-form';
import { moveCustomer } from '../move-customer';
import { askForApproval } from './ask-approval';
import type { SetUp } from './lock';
import { putMetersIn, type PlacedLine } from './meters';
import { placeServices } from './place';

/** A form on its way into the records, with what it was found to mean. */
interface Saving {
  tx: Tx;
  caseId: string;
  form: OnboardForm;
  look: FormLook;
  location: Location;
  customer: Customer;
  services: PlacedLine[];
}

/** A set-up as it was saved; what a clerk should know of it stands in nobody's way. */
interface Saved {
  found: SetUp;
  beside: Beside;
  warnings: { code: string; message: string; pointer: string }[];
}

/**
 * Saves the whole form in one transaction, all of it or nothing (domain.md row S1): number, customer, location, account,
 * agreements, meters, deposits, service orders, and the approval if policy asks. Refused with every field at fault at
 * once: the reasons of lookAtForm.
 */
export async function saveForm(
  system: Tx,
  input: { caseId: string; draftId?: string; revision?: number },
): Promise<Saved> {
  const { form, by, draft } = await frozenForm<OnboardForm>(system, input, 'ONBOARD');
  const tx = actingAs(system, by);
  const { caseId } = input;
  if (form.movesFrom) await lockBothPlaces(tx, form, form.movesFrom);
  const look = await lookAtForm(tx, form, { lock: true });
  look.faults.refuseAny();
  const { reasons } = look;
  const location = look.location ?? (await newLocation(tx, form, look));
  const services = await withPoints(tx, location, look);
  const customer = await customerOf(tx, form);
  const saving: Saving = { tx, caseId, form, look, location, customer, services };
  await agreeWithLandlord(saving);
  const account = await openAccount(saving);
  const { accountNumber } = account;
  const standing = reasons.length > 0 ? ('PENDING_APPROVAL' as const) : ('PENDING_START' as const);
  const theCase = await openCase(tx, {
    ...{ caseId, type: 'ONBOARD', step: standing, draft, startedBy: by },
    ...{ waitingOn: reasons.length > 0 ? 'SUPERVISOR' : 'SYSTEM', accountId: account.id, locationId: location.id },
    occurrenceKey: occurrenceKey.onboard(draft.draftId),
  });
  const expiresOn = addDays(maxDate(form.startDate, tx.today), tx.settings.onboarding.expiryDays);
  const setUp = await tx.db.Onboarding.create({
    ...{ caseId, accountId: account.id, startOn: form.startDate, expiresOn, decisionId: null },
    approvalReasons: reasons,
    forceMoveOut: form.forceMoveOut ?? false,
    movesFromId: look.movesFrom?.id ?? null,
  });
  const decided = services.flatMap((service) => {
    const found = look.decided.find((each) => each.service.pointer === service.pointer);
    return found ? [{ service, placement: found.placement }] : [];
  });
  await putMetersIn(tx, { caseId, form, services });
  // Deposits and orders first: a place that is free is taken at once, and only if nothing of these is open.
  await askAndCut(saving, account);
  const placed = await placeServices(tx, { caseId, account }, decided);
  const moves = look.movesFrom && (await leave(saving, look.movesFrom, account, theCase));
  const beside = moves ? together(placed, moves) : placed;
  const { customerNumber } = customer;
  const { locationNumber } = location;
  const { startDate: startOn } = form;
  await addEvent(tx, theCase, { kind: 'CUSTOMER_SAVED', data: { customerNumber, accountNumber, startOn } });
  // A likely duplicate's number is no secret, but whose debt it is belongs to the task and its reader.
  const warnings = look.faults.warnings.map(({ code, message, pointer }) => ({ code, message, pointer }));
  if (warnings.length > 0) await addEvent(tx, theCase, { kind: 'SAVED_WITH_WARNINGS', data: { warnings } });
  const found: SetUp = { tx, theCase, account, setUp, locationNumber, customerNumber };
  if (reasons.length > 0) await askForApproval(found, reasons);
  return { found, beside, warnings };
}

/** Locations come first, by id (design.md decision 3). */
async function lockBothPlaces(tx: Tx, { location }: OnboardForm, movesFrom: string): Promise<void> {
  const from = await tx.db.Account.findOne({ where: { accountNumber: movesFrom } });
  const left = from && (await tx.db.Location.findByPk(from.locationId, { rejectOnEmpty: true }));
  const numbers = [...(left ? [left.locationNumber] : []), ...('existing' in location ? [location.existing] : [])];
  await lockLocationsNumbered(tx, numbers);
}

/** The same customer leaves another place for this one. */
async function leave({ tx, form, location }: Saving, from: Account, account: Account, theCase: Case): Promise<Beside> {
  await from.reload({ lock: true });
  return moveCustomer(tx, from, { account, location, stopOn: stopDateOf(form), theCase });
}

function newLocation(tx: Tx, { location }: OnboardForm, { classCode }: FormLook): Promise<Location> {
  if ('existing' in location) throw new Error('A place that is there is not made');
  return createLocation(tx, { ...location, classCode: location.classCode ?? classCode }, '#/location');
}

/** The form's services with their points; a point that the place lacks is added. */
async function withPoints(tx: Tx, location: Location, { services }: FormLook): Promise<PlacedLine[]> {
  const lines: PlacedLine[] = [];
  for (const { service: _service, terms: _terms, ...line } of services) {
    const { serviceCode, position } = line;
    const servicePointId =
      line.servicePointId ?? (await addServicePoint(tx, { locationId: location.id, serviceCode, position })).id;
    lines.push({ ...line, servicePointId });
  }
  return lines;
}

const customerOf = (tx: Tx, { customer }: OnboardForm): Promise<Customer> =>
  'existing' in customer ? existingCustomer(tx, customer.existing) : createCustomer(tx, customer);

/** A landlord's agreement for the place is in force from the start on; whoever was the landlord there ends on that day. */
async function agreeWithLandlord({ tx, form, location, customer }: Saving): Promise<void> {
  const { landlordAgreement: terms, startDate: startOn } = form;
  if (!terms) return;
  const [place] = await landlordPlaces(tx, [location]);
  const given = { customerId: customer.id, terms, startOn, endReason: 'REPLACED' as const };
  if (place) await agreeAt(tx, place, given, { at: '#/landlordAgreement', startAt: '#/startDate' });
}

async function openAccount({ tx, caseId, form, look, location, customer }: Saving): Promise<Account> {
  const { copied, billCycle, reasons } = look;
  const exempt = exemptionsOf(await typeOfCustomer(tx, customer.id), form);
  const account = await tx.db.Account.create({
    ...{ accountNumber: await nextNumber(tx, 'account'), customerId: customer.id, locationId: location.id },
    ...{ role: form.role, status: reasons.length > 0 ? 'PENDING_APPROVAL' : 'PENDING_START', startOn: form.startDate },
    ...{ billCycle, ...exempt, copiedFromId: copied?.id ?? null, createdAt: tx.now },
  });
  const { accountNumber, role, startOn } = account;
  const data = { accountNumber, role, startOn, copiedFrom: form.copiedFrom, ...exempt };
  tx.audit({ action: 'account.opened', entity: 'account', entityId: account.id, caseId, data });
  return account;
}

/** Asks for the deposits and cuts the orders of the form. */
async function askAndCut({ tx, caseId, form, look, services }: Saving, account: Account): Promise<void> {
  const asked = form.deposits.map(({ serviceCode, amountCents, waivedBecause }) => {
    const usual = look.proposed.find((each) => each.serviceCode === serviceCode)?.amountCents;
    return { serviceCode, amountCents: amountCents || (usual ?? 0), waivedBecause };
  });
  await askForDeposits(
    tx,
    { accountId: account.id, caseId },
    asked.filter(({ amountCents }) => amountCents > 0),
  );
  for (const [i, order] of form.serviceOrders.entries()) {
    const { type, dueOn: asked, notes, gating, assignee = null } = order;
    const found = services.find((each) => isAt(each, order));
    const { servicePointId, startOn } = found ?? { servicePointId: 0, startOn: form.startDate };
    const dueOn = asked ?? (await dueByCalendar(tx, type, startOn));
    const assigneeId = assignee && (await fieldWorkerId(tx, assignee, `#/serviceOrders/${i}/assignee`));
    const plan = { dueOn, gating, notes, assigneeId: assigneeId || null };
    await cutOrder(tx, { type, caseId, accountId: account.id, servicePointId, ...plan });
  }
}
