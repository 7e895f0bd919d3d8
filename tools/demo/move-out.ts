import { formatCents } from '../../domain/money';
import { waitFor, type Caller } from './http';
import { caseOf, decide, ended, taskIn, today, type People } from './office';
import type { Flat } from './places';
import type { Teller } from './teller';

const FORWARD = { line1: '77 Harbor Street', city: 'Port Callis', state: 'OR', postalCode: '97000' };

/** Whom a move-out is for, and what the clerk says of the place's next tenant. */
interface Asked {
  flat: Flat;
  stopDate: string;
  newTenant?: 'YES' | 'NO';
}

/** A clerk moves a tenant out; the case. */
export async function openMoveOut(t: Teller, clerk: Caller, asked: Asked): Promise<string> {
  const { flat, stopDate, newTenant = 'NO' } = asked;
  const { accountNumber } = flat;
  const body = { accountNumber, stopDate, vacateDate: stopDate, forwardingAddress: FORWARD, newTenant };
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
export async function readOut(t: Teller, people: People, caseId: string, used: Record<string, number>): Promise<void> {
  const orders = (await caseOf(people.cora, caseId)).serviceOrders.filter(({ status }) => status === 'SCHEDULED');
  if (orders.length === 0) throw new Error('The case has no order for the field');
  for (const [i, { orderNumber, serviceCode, meter }] of orders.entries()) {
    const path = `/service-orders/${orderNumber}/complete`;
    const read = { meterId: meter?.meterId, readAt: await today(people), source: 'ACTUAL' };
    if (i === 0) {
      const value = '1'.repeat((meter?.dials ?? 0) + 1);
      const long = await people.fred.post(path, { reads: [{ ...read, value }] });
      t.answered(long, 422, `fred (field) types one digit too many for ${orderNumber}`, 'READ_TOO_MANY_DIGITS');
    }
    const value = String(Number(meter?.lastRead?.value ?? 0) + (used[serviceCode] ?? 0));
    const done = await people.fred.post(path, { reads: [{ ...read, value }] });
    t.answered(done, 200, `fred reads ${value} (${serviceCode})`);
  }
}

/** The field reads less than the meter had before: a supervisor looks at it and has it read again. */
export async function readAgain(t: Teller, people: People, caseId: string): Promise<void> {
  const { serviceOrders } = await caseOf(people.cora, caseId);
  const order = serviceOrders.find(({ status, meter }) => status === 'SCHEDULED' && meter);
  if (!order) throw new Error('The case has no meter to read');
  const read = { meterId: order.meter?.meterId, readAt: await today(people), source: 'ACTUAL', value: '1' };
  const done = await people.fred.post(`/service-orders/${order.orderNumber}/complete`, { reads: [read] });
  t.answered(done, 200, `fred mistypes the read of ${order.orderNumber} as 1: less than before`);
  const task = await taskIn(people.sue, caseId, 'READ_EXCEPTION');
  t.answered(
    await decide(people.sue, task, 'REREAD', { comment: 'Less than before' }),
    200,
    'sue (supervisor) has the meter read again',
  );
  await waitFor('the new order', async () => {
    const { serviceOrders: now } = await caseOf(people.cora, caseId);
    return now.some(({ status, orderNumber }) => status === 'SCHEDULED' && isNew(orderNumber));
  });

  function isNew(orderNumber: string): boolean {
    return serviceOrders.every((each) => each.orderNumber !== orderNumber);
  }
}

/** Answers the landlord's prompt, where there is one: by agreement some landlords take services back by themselves. */
export async function reconnect(t: Teller, people: People, vacancyCaseId: string): Promise<void> {
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

/** A supervisor approves the final bill as it was drafted; it is posted and settled. */
export async function billAndSettle(t: Teller, people: People, caseId: string, accountNumber: string): Promise<void> {
  const task = await taskIn(people.sam, caseId, 'APPROVE_FINAL_BILL');
  t.answered(await decide(people.sam, task, 'APPROVE'), 200, `sam approves ${formatCents(task.amountCents ?? 0)}`);
  const done = await ended(people.cora, caseId);
  await settle(t, people, done.moveOut?.settlementCaseId ?? '', accountNumber);
}

/** A balance is paid in two parts, a credit is refunded after approval; either way the account ends CLOSED. */
export async function settle(
  t: Teller,
  people: People,
  settlementCaseId: string,
  accountNumber: string,
): Promise<void> {
  t.linked(settlementCaseId);
  const { cora, sam } = people;
  const now = await waitFor('the settlement', async () => {
    const found = await caseOf(cora, settlementCaseId);
    return found.step !== 'OPENED' && found;
  });
  if (now.step === 'BALANCE_DUE') {
    const { balanceCents } = (await cora.get<{ balanceCents: number }>(`/accounts/${accountNumber}`)).body;
    const receivedOn = await today(people);
    const first = Math.min(1_000, balanceCents);
    for (const [part, amountCents] of [first, balanceCents - first].filter((cents) => cents > 0).entries()) {
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
