import type {
  CaseCanceled,
  CommandStep,
  FieldReportTaken,
  MoveOutStanding,
  OpenStep,
  StepInput,
  StopScheduled,
  Wake,
} from '../contract/activities';
import type { MoveOutForm } from '../contract/forms';
import { newCaseId } from '../contract/ids';
import { instantOf, realInstant } from '../db/clock';
import { ensure, RefusedError } from '../db/errors';
import type { Account, ServiceAgreement } from '../db/models/occupancy';
import type { Location } from '../db/models/places';
import { addEvent, lockCase, lockOpenCase, moveCase, occurrenceKey, openCase, openCaseOf } from '../db/records/cases';
import { tellAddress } from '../db/records/changes';
import { landlordAgreementOf, lockAccountWithLocation, meterAt } from '../db/records/places';
import { cutOrder, openOrders } from '../db/records/service-orders';
import { actingAs, type Tx } from '../db/transaction';
import { chooseLandlordStart } from '../domain/landlord/choose-landlord-start';
import { maxDate, type CivilDate } from '../domain/dates';
import { refuseMoveOut } from '../domain/move-out/refuse-move-out';
import { HOLDING } from '../domain/states';
import { takeCommand } from './commands';
import { frozenForm } from './frozen-form';
import { takeEffectAt } from './handover/handover-events';
import { inStep, type Deps } from './in-step';
import { moveOutStanding } from './move-out-standing';
import { recordFieldReport } from './field-report';
import { withdrawMoveOut } from './withdraw-move-out';

/** The steps of a move-out up to its final bill. */
export function moveOutActivities(deps: Deps) {
  return {
    /**
     * Opens the case: account and agreements PENDING_STOP, the field's orders, and the row of the vacancy case. One that
     * another case opened, of a landlord who hands over to a new tenant, has all its rows already. Refused:
     * CASE_OPEN, ACCOUNT_NOT_ACTIVE, STOP_BEFORE_START, BILLED_PAST_STOP, STOP_TOO_FAR_BACK, STOP_TOO_FAR_AHEAD, ….
     */
    scheduleStop: (input: OpenStep): Promise<StopScheduled> =>
      inStep(deps, input, async (system) => {
        if (input.draftId === undefined) return openedByOtherCase(deps, system, input.caseId);
        const { form, by, draft } = await frozenForm<MoveOutForm>(system, input, 'MOVE_OUT');
        const tx = actingAs(system, by);
        const { account, location } = await lockAccountWithLocation(tx, form.accountId);
        await refuseIfOpen(tx, account.id);
        const agreements = await tx.db.ServiceAgreement.findAll({
          where: { accountId: account.id, status: [...HOLDING] },
          order: [['id', 'ASC']],
          lock: true,
        });
        await refuseHandovers(tx, account);
        refuseAll(tx, account, agreements, form);
        const vacancyCaseId = newCaseId('VACANCY');
        const row = { accountId: account.id, locationId: location.id, startedBy: by };
        const metered = await meteredPoints(tx, agreements);
        const standing = moveOutStanding(metered.length, tx.today, form.stopDate);
        const theCase = await openCase(tx, {
          ...row,
          ...{ caseId: input.caseId, type: 'MOVE_OUT', draft, ...standing },
          occurrenceKey: occurrenceKey.moveOut(account.id),
        });
        await openCase(tx, {
          ...row,
          ...{
            caseId: vacancyCaseId,
            type: 'VACANCY',
            step: 'OPENED',
            waitingOn: 'SYSTEM',
            startedByCase: input.caseId,
          },
          occurrenceKey: occurrenceKey.vacancy(account.id),
        });
        await stopAccount(tx, account, agreements, form);
        if (form.forwardingAddress) tellAddress(tx, account, form.vacateDate);
        await tx.db.MoveOut.create({
          ...{ caseId: input.caseId, accountId: account.id, vacancyCaseId, draftedBy: by },
          ...{
            stopOn: form.stopDate,
            vacateOn: form.vacateDate,
            stopReason: form.stopReason,
            newTenant: form.newTenant,
          },
        });
        const type = await readOrderType(tx, location, form);
        const orders: string[] = [];
        for (const servicePointId of metered) {
          const order = { caseId: input.caseId, accountId: account.id, servicePointId, dueOn: form.stopDate };
          orders.push((await cutOrder(tx, { ...order, type })).orderNumber);
        }
        await addEvent(tx, theCase, { kind: 'STOP_SCHEDULED', data: { stopOn: form.stopDate, orders } });
        const { accountNumber } = account;
        const { locationNumber } = location;
        return {
          ...standing,
          opened: { caseId: input.caseId, status: 'OPEN', step: standing.step, accountNumber, locationNumber },
          consoleUrl: deps.consoleUrl,
          stopAt: stopAtOf(tx, form.stopDate),
          orders,
          vacancyCaseId,
        };
      }),

    /** Records what the field handed in for an order of this case, and hands over where the facts now allow. */
    takeFieldReport: (input: StepInput & { orderNumber: string; fieldReportId: number }): Promise<FieldReportTaken> =>
      inStep(deps, input, async (system) => {
        const { accountId } = await system.db.MoveOut.findByPk(input.caseId, { rejectOnEmpty: true });
        await lockAccountWithLocation(system, accountId);
        const theCase = await lockOpenCase(system, input.caseId);
        const { servicePointId, tx } = await recordFieldReport(system, theCase, input);
        const wakes = await takeEffectAt(tx, [servicePointId]);
        const stillOpen = await openOrders(tx, input.caseId);
        const { stopOn } = await tx.db.MoveOut.findByPk(input.caseId, { rejectOnEmpty: true });
        const standing = moveOutStanding(stillOpen.length, tx.today, stopOn);
        await moveCase(tx, theCase, {
          ...standing,
          event: 'FIELD_REPORT_TAKEN',
          data: { orderNumber: input.orderNumber },
        });
        return { ...standing, openOrders: stillOpen.map(({ orderNumber }) => orderNumber), wakes };
      }),

    /**
     * Cancels the move-out before its bill is posted: account, agreements and orders as they were; a landlord who took
     * over and was never billed gives back. Refused: CASE_CLOSED and the reasons of withdrawMoveOut.
     */
    cancelMoveOut: (input: CommandStep): Promise<CaseCanceled> =>
      inStep(deps, input, async (system) => {
        const moveOut = await system.db.MoveOut.findByPk(input.caseId, { rejectOnEmpty: true });
        const { account } = await lockAccountWithLocation(system, moveOut.accountId);
        const theCase = await lockOpenCase(system, input.caseId);
        const tx = await takeCommand(system, input, 'CANCEL');
        const beside = await withdrawMoveOut(tx, { theCase, moveOut, account });
        const { vacancyCaseId } = moveOut;
        const standing = { step: 'CANCELED', waitingOn: null } as const;
        const told: Wake[] = vacancyCaseId ? [{ caseId: vacancyCaseId, reason: 'CANCELED' }] : [];
        return { ...standing, wakes: [...told, ...beside.wakes], starts: beside.starts };
      }),

    /** Looks again at what the case waits for, after another case moved its stop or ended it. */
    refreshMoveOut: (input: StepInput): Promise<MoveOutStanding> =>
      inStep(deps, input, async (tx) => {
        const { moveOut, opened, orders } = await standingInRows(tx, input.caseId);
        const row = await tx.db.Case.findByPk(input.caseId, { rejectOnEmpty: true });
        const { step, waitingOn } = row;
        return { opened, done: row.closedAt !== null, stopAt: stopAtOf(tx, moveOut.stopOn), orders, step, waitingOn };
      }),
  };
}

const stopAtOf = (tx: Tx, stopOn: CivilDate): string =>
  realInstant(tx.settings.clock, instantOf(tx.settings.clock, stopOn)).toISOString();

/** The case as its rows have it, under the lock of the location. */
async function standingInRows(tx: Tx, caseId: string) {
  const moveOut = await tx.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true });
  const { account, location } = await lockAccountWithLocation(tx, moveOut.accountId);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  await moveOut.reload();
  const orders = (await openOrders(tx, caseId)).map(({ orderNumber }) => orderNumber);
  const { status, step, waitingOn } = theCase;
  const { accountNumber } = account;
  const { locationNumber } = location;
  return { moveOut, waitingOn, orders, opened: { caseId, status, step, accountNumber, locationNumber } };
}

async function openedByOtherCase(deps: Deps, tx: Tx, caseId: string): Promise<StopScheduled> {
  const { moveOut, opened, waitingOn, orders } = await standingInRows(tx, caseId);
  const { consoleUrl } = deps;
  return { step: opened.step, waitingOn, opened, consoleUrl, stopAt: stopAtOf(tx, moveOut.stopOn), orders };
}

/** The account's other open move-out answers before its state does: the clerk gets the link to it. */
async function refuseIfOpen(tx: Tx, accountId: number): Promise<void> {
  const open = await openCaseOf(tx, occurrenceKey.moveOut(accountId));
  ensure(!open, 'CASE_OPEN', 'There is an open move-out for this account already', { caseId: open?.caseId ?? '' });
}

/** A landlord's services may begin and stop one by one: the account is moved out when none of them is on its way. */
async function refuseHandovers(tx: Tx, account: Account): Promise<void> {
  const where = { accountId: account.id, status: ['PENDING_START' as const, 'PENDING_STOP' as const] };
  const [moving] = await tx.db.ServiceAgreement.findAll({ where, order: ['id'], limit: 1 });
  if (!moving || account.role !== 'LANDLORD') return;
  const { serviceCode, status, startOn, endOn } = moving;
  const when = status === 'PENDING_START' ? `starts on ${startOn}` : `stops on ${endOn} for a new tenant`;
  throw new RefusedError({ code: 'SERVICE_MOVES', message: `${serviceCode} ${when}: move the account out after that` });
}

function refuseAll(tx: Tx, account: Account, agreements: ServiceAgreement[], form: MoveOutForm): void {
  const billed = agreements.map((each) => each.lastBilledThrough).filter((each) => each !== null);
  const blockers = refuseMoveOut({
    accountStatus: account.status,
    startOn: account.startOn,
    lastBilledThrough: billed.length === 0 ? null : maxDate(...(billed as [string, ...string[]])),
    stopOn: form.stopDate,
    vacateOn: form.vacateDate,
    today: tx.today,
    ...tx.settings.moveOut,
  });
  const [first] = blockers;
  if (first) throw new RefusedError(first, { blockers: JSON.stringify(blockers) });
}

async function stopAccount(tx: Tx, account: Account, agreements: ServiceAgreement[], form: MoveOutForm): Promise<void> {
  const forward = form.forwardingAddress;
  await account.update({
    ...{ status: 'PENDING_STOP', stopOn: form.stopDate, vacateOn: form.vacateDate, stopReason: form.stopReason },
    ...{
      forwardLine1: forward?.line1 ?? null,
      forwardLine2: forward?.line2 ?? null,
      forwardCity: forward?.city ?? null,
    },
    ...{ forwardState: forward?.state ?? null, forwardPostalCode: forward?.postalCode ?? null },
  });
  for (const agreement of agreements) {
    await agreement.update({ status: 'PENDING_STOP', endOn: form.stopDate, stopReason: form.stopReason });
  }
}

async function meteredPoints(tx: Tx, agreements: ServiceAgreement[]): Promise<number[]> {
  const points: number[] = [];
  for (const { servicePointId } of agreements) if (await meterAt(tx, servicePointId)) points.push(servicePointId);
  return points;
}

/** A place that may go on with supply is only read; nobody knows of a follower: the field reads it out. */
async function readOrderType(tx: Tx, location: Location, form: MoveOutForm): Promise<'READ_HANDOVER' | 'READ_OUT'> {
  const landlord = await landlordAgreementOf(tx, location.id);
  const services = landlord?.terms.lines.map(({ serviceType }) => serviceType) ?? [];
  const facts = { landlordAgreement: landlord?.terms ?? null, stopOn: form.stopDate, stopReason: form.stopReason };
  const followed = services.some(
    (serviceType) => chooseLandlordStart({ ...facts, serviceType, newTenant: form.newTenant }).choice !== 'VACANT',
  );
  return followed || form.newTenant === 'YES' ? 'READ_HANDOVER' : 'READ_OUT';
}
