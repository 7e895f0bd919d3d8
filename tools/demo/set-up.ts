import { formatCents } from '../../domain/money';
import type { Answer, Caller } from './http';
import { accountOf, caseOf, decide, ended, taskIn, today, type People } from './office';
import type { Teller } from './teller';

/** A form on its way. */
export interface Draft {
  draftId: string;
  content: {
    location: object;
    services: { serviceCode: string; rateCode: string; units: string }[];
    deposits: { serviceCode: string; amountCents: number; waivedBecause: string | null }[];
  };
  problems: { pointer: string }[];
}

/** What a Save gave out. */
export interface Opened {
  caseId: string;
  step: string;
  customerNumber: string;
  accountNumber: string;
  locationNumber: string;
}

/** A new customer as a clerk types them in. */
export function newCustomer(t: Teller, first: string, last: string) {
  const stamp = String(Date.now());
  const phone = `970-555-${stamp.slice(-4)}`;
  const email = `${first}.${last}.${stamp}@example.com`.toLowerCase();
  for (const word of [first, last, phone, phone.replaceAll('-', ''), email]) t.typed.add(word);
  return {
    name: { line: `${first} ${last}` },
    phones: [{ value: phone, purpose: 'home' }],
    emails: [{ value: email, purpose: 'bills' }],
  };
}

/** A clerk fills in fields of a form. */
export async function fill(clerk: Caller, draft: Answer<Draft>, fields: object): Promise<Answer<Draft>> {
  const { draftId, content } = draft.body;
  return clerk.put(`/drafts/${draftId}`, { content: { ...content, ...fields } }, draft.etag);
}

/** A clerk saves a form, which has to be accepted. */
export async function save(t: Teller, clerk: Caller, { body }: Answer<Draft>): Promise<Opened> {
  const answer = await clerk.post<Opened>('/cases/onboarding', { draftId: body.draftId });
  const { customerNumber, accountNumber, locationNumber } = answer.body;
  const given = `${customerNumber} with ${accountNumber} at ${locationNumber}`;
  const opened = t.answered(answer, 201, `${clerk.username} saves: ${given}`);
  t.linked(opened.caseId);
  return opened;
}

/** A supervisor approves the set-up, which policy asks for these reasons. */
export async function approve(t: Teller, people: People, caseId: string, reasons: string): Promise<void> {
  const { onboarding } = await caseOf(people.cora, caseId);
  t.check(onboarding?.approvalReasons.join() === reasons, `policy wants a second person to see it: ${reasons}`);
  const task = await taskIn(people.sam, caseId, 'APPROVE_SETUP');
  t.answered(await decide(people.cliff, task, 'APPROVE'), 403, 'cliff (clerk) tries to approve', 'ROLE');
  t.answered(await decide(people.sam, task, 'APPROVE'), 200, 'sam (supervisor) approves the set-up');
}

/** What the set-up still waits for, as the case shows it; these conditions have to be among it. */
export async function tellConditions(t: Teller, people: People, caseId: string, names: string[]): Promise<void> {
  const conditions = (await caseOf(people.cora, caseId)).onboarding?.conditions ?? [];
  const waits = names.every((name) => conditions.some((each) => each.name === name));
  t.check(waits, `it waits for ${conditions.map(({ text }) => text).join(' and ')}`);
}

/** The customer pays all that is asked as deposit. */
export async function payDeposits(t: Teller, people: People, accountNumber: string): Promise<void> {
  const { askedDeposits } = await accountOf(people.cora, accountNumber);
  const asked = askedDeposits.filter(({ status }) => status === 'REQUESTED');
  const amountCents = asked.reduce((sum, deposit) => sum + deposit.amountCents - deposit.receivedCents, 0);
  const payment = { amountCents, receivedOn: await today(people), method: 'CASH', applyTo: 'DEPOSIT' };
  const receiptNumber = `${accountNumber}-${Date.now()}`;
  t.answered(
    await people.cora.post(`/accounts/${accountNumber}/payments`, { receiptNumber, ...payment }),
    201,
    `the customer pays the deposits, ${formatCents(amountCents)}`,
  );
}

/** The field carries out the orders of the set-up, and reads where there is a meter. */
export async function carryOut(t: Teller, people: People, caseId: string): Promise<void> {
  const readAt = await today(people);
  for (const { orderNumber, type, serviceCode, meter } of (await caseOf(people.cora, caseId)).serviceOrders) {
    const value = String(Number(meter?.lastRead?.value ?? 0) + 2);
    const reads = meter ? [{ meterId: meter.meterId, readAt, source: 'ACTUAL', value }] : [];
    const done = await people.fred.post(`/service-orders/${orderNumber}/complete`, { reads });
    t.answered(done, 200, `fred (field) does ${type} ${orderNumber}${meter ? ` at ${value}` : ''} (${serviceCode})`);
  }
}

/** The set-up ends well: the account is ACTIVE with each service, as billing needs it. */
export async function checkActive(t: Teller, people: People, opened: Opened): Promise<void> {
  const { step } = await ended(people.cora, opened.caseId);
  const { status, startOn, agreements, depositsHeldCents } = await accountOf(people.cora, opened.accountNumber);
  const serves = agreements.length > 0 && agreements.every((each) => each.status === 'ACTIVE');
  const services = agreements.map(({ serviceCode }) => serviceCode).join(', ');
  t.check(
    step === 'ACTIVE' && status === 'ACTIVE' && serves,
    `${opened.accountNumber} is ACTIVE from ${startOn} with ${services}; ${formatCents(depositsHeldCents)} held`,
  );
}
