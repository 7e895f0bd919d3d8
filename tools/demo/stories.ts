import { addDays } from '../../domain/dates';
import { formatCents } from '../../domain/money';
import { caseOf, decide, flatToLeave, taskIn, type CaseShown, type Flat, type People } from './office';
import { waitFor, type Caller } from './http';
import type { Teller } from './teller';

const FORWARD = { line1: '77 Harbor Street', city: 'Port Callis', state: 'OR', postalCode: '97000' };

async function today(people: People): Promise<string> {
  return (await people.cora.get<{ today: string }>('/clock')).body.today;
}

/** The next tenant who can leave; the demo town has some for each run. */
async function nextFlat(people: People): Promise<Flat> {
  const flat = await flatToLeave(people.cora);
  if (!flat) throw new Error('No tenant is left who could move out: start again with an empty data folder');
  return flat;
}

async function openMoveOut(t: Teller, clerk: Caller, flat: Flat, stopDate: string): Promise<string> {
  const { accountNumber } = flat;
  const body = { accountNumber, stopDate, vacateDate: stopDate, forwardingAddress: FORWARD, newTenant: 'NO' };
  const answer = await clerk.post<{ caseId: string }>('/cases/move-out', body);
  const opened = t.answered(
    answer,
    201,
    `${clerk.username} (clerk) moves ${accountNumber} at ${flat.locationNumber} out on ${stopDate}`,
  );
  t.linked(opened.caseId);
  return opened.caseId;
}

/** The field reads each meter of the case: the last read and what was used since. */
async function readOut(t: Teller, people: People, caseId: string, used: Record<string, number>): Promise<void> {
  const orders = (await caseOf(people.cora, caseId)).serviceOrders.filter(({ status }) => status === 'SCHEDULED');
  if (orders.length === 0) throw new Error('The case has no order for the field');
  for (const [i, { orderNumber, serviceCode, meter }] of orders.entries()) {
    const path = `/service-orders/${orderNumber}/complete`;
    const read = { meterId: meter?.meterId, readAt: await today(people), source: 'ACTUAL' };
    if (i === 0) {
      const low = await people.fred.post(path, { reads: [{ ...read, value: '1' }] });
      t.answered(low, 422, `fred (field) mistypes the read of ${orderNumber} as 1`, 'READ_BELOW_LAST');
    }
    const value = String(Number(meter?.lastRead?.value ?? 0) + (used[serviceCode] ?? 0));
    const done = await people.fred.post(path, { reads: [{ ...read, value }] });
    t.answered(done, 200, `fred reads ${value} (${serviceCode})`);
  }
}

/** Answers the landlord's prompt, where there is one: by agreement some landlords take services back by themselves. */
async function reconnect(t: Teller, people: People, vacancyCaseId: string): Promise<void> {
  const vacancy = await waitFor('the vacancy', async () => {
    const found = await caseOf(people.cora, vacancyCaseId);
    return found.step !== 'OPENED' && found;
  });
  const task = vacancy.tasks.find(({ type, status }) => type === 'RECONNECT_TO_LANDLORD' && status === 'OPEN');
  if (task)
    t.answered(await decide(people.cora, task, 'RECONNECT'), 200, 'cora: "Reconnect service to the landlord?" Yes');
  else t.check(vacancy.step === 'REVERTING', 'the landlord takes the services back by agreement');
  t.linked(vacancyCaseId);
}

/** Up to the first draft of the bill: stop scheduled, days pass, the landlord is prompted, the field reads. */
export async function untilDraft(t: Teller, people: People): Promise<{ caseId: string; flat: Flat }> {
  t.chapter('A tenant moves out, is final billed, and service goes back to the landlord');
  const flat = await nextFlat(people);
  const caseId = await openMoveOut(t, people.cora, flat, addDays(await today(people), 2));
  const again = await people.cliff.post('/cases/move-out', {
    ...{ accountNumber: flat.accountNumber, stopDate: await today(people), vacateDate: await today(people) },
    ...{ forwardingAddress: null, newTenant: 'NO' },
  });
  t.answered(again, 409, 'cliff (clerk) starts the same move-out', 'CASE_OPEN');
  const { moveOut } = await caseOf(people.cora, caseId);
  await reconnect(t, people, moveOut?.vacancyCaseId ?? '');
  t.answered(await people.ada.post('/clock/advance', { days: 2 }), 200, 'ada (admin) lets two days pass');
  await readOut(t, people, caseId, { WATER: 6_500, ELECTRIC: 610 });
  await taskIn(people.sam, caseId, 'APPROVE_FINAL_BILL');
  t.line('the final bill is drafted and waits for a supervisor');
  return { caseId, flat };
}

/** From the draft on: sent back, corrected, approved, posted, settled. */
export async function fromDraft(t: Teller, people: People, caseId: string): Promise<void> {
  const { cora, sam, sue } = people;
  const first = await taskIn(sam, caseId, 'APPROVE_FINAL_BILL');
  t.line(`the draft says ${formatCents(first.amountCents ?? 0)}`);
  t.answered(await decide(cora, first, 'APPROVE'), 403, 'cora, who asked for it, tries to approve', 'ROLE');
  t.answered(
    await decide(sam, first, 'SEND_BACK', { comment: 'The read looks high' }),
    200,
    'sam (supervisor) sends it back',
  );
  t.answered(await decide(sue, first, 'APPROVE'), 409, 'sue approves what was sent back', 'TASK_CLOSED');
  const correction = await taskIn(cora, caseId, 'CORRECT_FINAL_BILL');
  const flat = await flatOf(cora, caseId);
  const read = { meterId: flat.meterId, value: String(flat.lastRead - 100), readOn: flat.readOn, source: 'ACTUAL' };
  const corrected = await decide(cora, correction, 'CORRECT_READ', {
    comment: 'Misread by 100',
    data: { reads: [read] },
  });
  t.answered(corrected, 200, `cora corrects the read to ${read.value}`);
  const second = await taskIn(sue, caseId, 'APPROVE_FINAL_BILL');
  t.check(second.amountCents !== first.amountCents, `the new draft says ${formatCents(second.amountCents ?? 0)}`);
  t.answered(await decide(sue, second, 'APPROVE'), 200, 'sue (supervisor) approves');
  const done = await ended(cora, caseId);
  t.check(
    done.moveOut?.finalBillCents === second.amountCents,
    `bill ${done.moveOut?.finalBillNumber} is posted as approved`,
  );
  const vacancy = await ended(cora, done.moveOut?.vacancyCaseId ?? '');
  t.check(vacancy.step === 'REVERTED', 'the landlord holds the services, from the same read row');
  await settle(t, people, done.moveOut?.settlementCaseId ?? '', flat.accountNumber);
}

/** A move-out that is canceled, asked for again, and ends with a balance that the customer pays in two parts. */
export async function canceledThenPaid(t: Teller, people: People): Promise<void> {
  t.chapter('A move-out is canceled, asked for again, and leaves a balance that is paid');
  const flat = await nextFlat(people);
  const first = await openMoveOut(t, people.cora, flat, addDays(await today(people), 1));
  const cancel = await people.cora.post(`/cases/${first}/cancel`, { reason: 'The tenant stays a little longer' });
  t.answered(cancel, 200, 'cora cancels it');
  const account = await people.cora.get<{ status: string; stopOn: string | null }>(`/accounts/${flat.accountNumber}`);
  t.check((account.body as { status?: unknown }).status === 'ACTIVE', 'the account is ACTIVE as before');
  const caseId = await openMoveOut(t, people.cliff, flat, await today(people));
  const { moveOut } = await caseOf(people.cora, caseId);
  await reconnect(t, people, moveOut?.vacancyCaseId ?? '');
  await readOut(t, people, caseId, { WATER: 60_000, ELECTRIC: 900 });
  const task = await taskIn(people.sam, caseId, 'APPROVE_FINAL_BILL');
  t.answered(await decide(people.sam, task, 'APPROVE'), 200, `sam approves ${formatCents(task.amountCents ?? 0)}`);
  const done = await ended(people.cora, caseId);
  await settle(t, people, done.moveOut?.settlementCaseId ?? '', flat.accountNumber);
}

/** A balance is paid in two parts, a credit is refunded after approval; either way the account ends CLOSED. */
async function settle(t: Teller, people: People, settlementCaseId: string, accountNumber: string): Promise<void> {
  t.linked(settlementCaseId);
  const { cora, sam } = people;
  const now = await waitFor('the settlement', async () => {
    const found = await caseOf(cora, settlementCaseId);
    return found.step !== 'OPENED' && found;
  });
  if (now.step === 'BALANCE_DUE') {
    const { balanceCents } = (await cora.get<{ balanceCents: number }>(`/accounts/${accountNumber}`)).body;
    const receivedOn = await today(people);
    for (const [part, amountCents] of [['a', 1_000] as const, ['b', balanceCents - 1_000] as const]) {
      const receiptNumber = `${accountNumber}-${Date.now()}${part}`;
      const payment = { receiptNumber, amountCents, receivedOn, method: 'CHECK', applyTo: 'ACCOUNT' };
      t.answered(
        await cora.post(`/accounts/${accountNumber}/payments`, payment),
        201,
        `the customer pays ${formatCents(amountCents)}`,
      );
    }
  } else if (now.step === 'REFUND_PENDING') {
    const task = await taskIn(sam, settlementCaseId, 'APPROVE_REFUND');
    t.answered(
      await decide(sam, task, 'APPROVE'),
      200,
      `sam approves the refund of ${formatCents(task.amountCents ?? 0)}`,
    );
  }
  const done = await ended(cora, settlementCaseId);
  const { body } = await cora.get<{ balanceCents: number; depositsHeldCents: number }>(`/accounts/${accountNumber}`);
  const settled =
    body.balanceCents === 0 && body.depositsHeldCents === 0 && (body as { status?: unknown }).status === 'CLOSED';
  t.check(settled, `the account is CLOSED, nothing owed, nothing held (${done.step})`);
}

function ended(caller: Caller, caseId: string): Promise<CaseShown> {
  return waitFor(`the end of ${caseId}`, async () => {
    const found = await caseOf(caller, caseId);
    return found.status === 'COMPLETED' && found;
  });
}

interface ReadShown {
  accountNumber: string;
  locationNumber: string;
}

async function flatOf(clerk: Caller, caseId: string) {
  const { accountNumber, locationNumber } = (await clerk.get<ReadShown>(`/cases/${caseId}`)).body;
  const place = await clerk.get<{
    servicePoints: { meter: { meterId: number; lastRead: { value: string; readOn: string } } | null }[];
  }>(`/locations/${locationNumber}`);
  const meter = place.body.servicePoints.find((point) => point.meter)?.meter;
  if (!meter) throw new Error('The place has no meter');
  return {
    accountNumber,
    meterId: meter.meterId,
    lastRead: Number(meter.lastRead.value),
    readOn: meter.lastRead.readOn,
  };
}
