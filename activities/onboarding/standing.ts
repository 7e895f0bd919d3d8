import type { OnboardingStanding, Wake } from '../../contract/activities';
import { newTaskId } from '../../contract/ids';
import { TASK_TYPES } from '../../contract/task-types';
import { realDayStart } from '../../db/clock';
import { ensure } from '../../db/errors';
import type { Account } from '../../db/models/occupancy';
import { addEvent, closeCase, moveCase } from '../../db/records/cases';
import { classOfAccount } from '../../db/reads/place-class';
import { openHandovers, unreadMeters } from '../../db/reads/handovers';
import { queueNotice } from '../../db/records/notices';
import { meterAt } from '../../db/records/places';
import { isPriced } from '../../db/records/rates';
import { openOrders, releaseOrders } from '../../db/records/service-orders';
import { startConditions } from '../../db/records/start-conditions';
import { handleOf, openTask, type TaskHandle } from '../../db/records/tasks';
import type { Tx } from '../../db/transaction';
import { addDays, minDate, type CivilDate } from '../../domain/dates';
import type { AccountStatus } from '../../domain/states';
import { openConditions, type Condition } from '../../domain/onboarding/conditions';
import type { Beside } from '../beside';
import { takeEffectAt } from '../handover/handover-events';
import type { Deps } from '../in-step';
import type { SetUp } from './lock';

const BEGUN: readonly AccountStatus[] = ['ACTIVE', 'PENDING_STOP', 'FINAL_PENDING', 'CLOSED'];

/**
 * Under the account's lock: begins what may begin, and says what the set-up waits for. An active account ends it: the
 * customer is welcomed and is sure to be billed.
 */
export async function assess(deps: Deps, found: SetUp, beside: Beside): Promise<OnboardingStanding> {
  const { tx, theCase, account, locationNumber, customerNumber } = found;
  let [tasks, conditions, wakes]: [TaskHandle[], Condition[], Wake[]] = [[], [], []];
  if (theCase.closedAt === null) {
    const agreements = await tx.db.ServiceAgreement.findAll({
      where: { accountId: account.id, status: 'PENDING_START' },
    });
    wakes = await takeEffectAt(
      tx,
      agreements.map(({ servicePointId }) => servicePointId),
    );
    await account.reload();
    const begun = BEGUN.includes(account.status);
    if (begun) await activate(found);
    else ({ tasks, conditions } = await wait(found));
  }
  const orders = await openOrders(tx, theCase.caseId);
  const closed = await tx.db.ServiceOrder.findAll({
    where: { caseId: theCase.caseId, status: ['COMPLETED', 'CANCELED'] },
  });
  const { caseId, status, step, waitingOn } = theCase;
  const lookAt = theCase.closedAt === null ? await nextLook(found) : null;
  return {
    opened: { caseId, status, step, customerNumber, accountNumber: account.accountNumber, locationNumber },
    consoleUrl: deps.consoleUrl,
    done: theCase.closedAt !== null,
    orders: orders.map(({ orderNumber }) => orderNumber),
    closedOrders: closed.map(({ orderNumber }) => orderNumber),
    conditions: conditions.map(({ text }) => text),
    wakes: [...beside.wakes, ...wakes].filter((wake) => wake.caseId !== caseId),
    starts: beside.starts,
    ...{ tasks, step, waitingOn },
    ...(lookAt ? { lookAt } : {}),
  };
}

/**
 * Ends the set-up: proves that the next bill run will pick the account up, and welcomes the customer. Orders that the
 * start did not wait for go on.
 */
async function activate({ tx, theCase, account }: SetUp): Promise<void> {
  await proveBillable(tx, account);
  await releaseOrders(tx, theCase.caseId);
  const { accountNumber, startOn } = account;
  await queueNotice(tx, {
    ...{ kind: 'WELCOME', caseId: theCase.caseId, accountId: account.id, customerId: account.customerId },
    ...{ noticeKey: `welcome/${accountNumber}`, data: { accountNumber, startOn } },
  });
  await closeCase(tx, theCase, {
    status: 'COMPLETED',
    step: 'ACTIVE',
    event: 'ACTIVATED',
    data: { accountNumber, startOn },
  });
}

/**
 * Refused with NOT_BILLABLE: a bill cycle of the list, a rate in force for the place's class, a frequency and, where
 * metered, a read to begin with are needed.
 */
async function proveBillable(tx: Tx, account: Account): Promise<void> {
  const { id: accountId, billCycle } = account;
  const cycle = billCycle && (await tx.db.BillCycle.findByPk(billCycle));
  ensure(cycle, 'NOT_BILLABLE', 'The account has no bill cycle that there is');
  const classCode = await classOfAccount(tx.db, account);
  for (const agreement of await tx.db.ServiceAgreement.findAll({ where: { accountId } })) {
    if (agreement.status === 'CANCELED') continue;
    const { rateId, startOn, startReadId, servicePointId, serviceCode } = agreement;
    const rate = await tx.db.Rate.findByPk(rateId, { rejectOnEmpty: true });
    const fits = rate.classCode === null || rate.classCode === classCode;
    ensure(fits, 'NOT_BILLABLE', `The rate ${rate.code} is not for the class of the place`);
    ensure(agreement.frequency, 'NOT_BILLABLE', `${serviceCode} has no frequency`);
    const priced = await isPriced(tx, rateId, startOn);
    ensure(priced, 'NOT_BILLABLE', `The rate of ${serviceCode} has no prices on ${startOn}`);
    const readable = startReadId !== null || (await meterAt(tx, servicePointId)) === null;
    ensure(readable, 'NOT_BILLABLE', `${serviceCode} has no read to begin with`);
  }
}

/** Says what is waited for; after the start date, and again after the expiry date, the clerk is told. */
async function wait(found: SetUp): Promise<{ tasks: TaskHandle[]; conditions: Condition[] }> {
  const { tx, theCase, account, setUp } = found;
  const { approval, depositCents, gatingOrders, unableOrders } = await startConditions(tx, account);
  const pending = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: 'PENDING_START' } });
  const startOn = earliest(pending.map((agreement) => agreement.startOn)) ?? setUp.startOn;
  const handovers = await openHandovers(tx.db, account.id);
  const unread = await unreadMeters(tx.db, account.id);
  const asked = { approval, depositCents, gatingOrders, unableOrders, startOn, today: tx.today, handovers };
  const conditions = openConditions({ ...asked, unreadMeters: unread });
  if (setUp.startOn < tx.today) await tellStartPassed(found);
  if (setUp.expiresOn <= tx.today) await askToExpire(found);
  const open = await tx.db.HumanTask.findAll({
    where: { caseId: theCase.caseId, status: 'OPEN' },
    order: ['openedAt', 'id'],
  });
  const step = approval ? ('PENDING_APPROVAL' as const) : ('PENDING_START' as const);
  const waitingOn = open.some(({ type }) => type === 'EXPIRE_OR_EXTEND')
    ? 'CLERK'
    : (conditions[0]?.waitingOn ?? 'SYSTEM');
  if (theCase.step !== step || theCase.waitingOn !== waitingOn) {
    const data = { conditions: conditions.map(({ name }) => name) };
    await moveCase(tx, theCase, { step, waitingOn, event: 'CONDITIONS_CHANGED', data });
  }
  return { tasks: open.map((task) => handleOf(tx, task)), conditions };
}

async function tellStartPassed({ tx, theCase }: SetUp): Promise<void> {
  const kind = 'START_PASSED';
  if ((await tx.db.CaseEvent.count({ where: { caseId: theCase.caseId, kind } })) === 0)
    await addEvent(tx, theCase, { kind });
}

async function askToExpire({ tx, theCase, setUp }: SetUp): Promise<void> {
  const type = 'EXPIRE_OR_EXTEND' as const;
  const open = await tx.db.HumanTask.count({ where: { caseId: theCase.caseId, type, status: 'OPEN' } });
  if (open > 0) return;
  const { candidateGroup } = TASK_TYPES[type];
  const { startOn, expiresOn } = setUp;
  await openTask(tx, theCase, { taskId: newTaskId(), type, candidateGroup, subject: { startOn, expiresOn } });
}

/** When a date may bring something new, in real time; null when only people can. */
async function nextLook({ tx, account, setUp }: SetUp): Promise<string | null> {
  const pending = await tx.db.ServiceAgreement.findAll({ where: { accountId: account.id, status: 'PENDING_START' } });
  const dates = [...pending.map(({ startOn }) => startOn), addDays(setUp.startOn, 1), setUp.expiresOn];
  const days = dates.filter((day) => day > tx.today);
  const day = earliest(days);
  return day && realDayStart(tx.settings.clock, day);
}

function earliest(days: CivilDate[]): CivilDate | null {
  const [first, ...rest] = days;
  return first === undefined ? null : minDate(first, ...rest);
}
