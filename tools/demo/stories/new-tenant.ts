import { billAndSettle, openMoveOut, readOut } from '../move-out';
import { accountOf, caseOf, ended, taskIn, today, type People } from '../office';
import { nextFlat, placeAt } from '../places';
import { approve, checkActive, fill, newCustomer, save, tellConditions, type Draft } from '../set-up';
import type { Teller } from '../teller';

/** A tenant follows another: the prompt's form is saved before the field reads, and one read serves both. */
export async function newTenant(t: Teller, people: People): Promise<void> {
  t.chapter('A tenant moves out, and the prompt is answered with a new tenant');
  const { cora, cliff } = people;
  const flat = await nextFlat(people);
  const { locationNumber, accountNumber } = flat;
  const leaverCase = await openMoveOut(t, cora, { flat, stopDate: await today(people), newTenant: 'YES' });
  const vacancyCaseId = (await caseOf(cora, leaverCase)).moveOut?.vacancyCaseId ?? '';
  const task = await taskIn(cliff, vacancyCaseId, 'NEW_TENANT');
  t.line('the vacancy asks: "Is there a new tenant?"');
  t.linked(vacancyCaseId);
  const { subject } = (await cliff.get<{ subject: { draftId: string } }>(`/tasks/${task.taskId}`)).body;
  const form = await cliff.get<Draft>(`/drafts/${subject.draftId}`);
  t.answered(form, 200, 'cliff opens the form that the prompt has filled by copy');
  const deposits = form.body.content.deposits.map((each) => ({ ...each, ...WAIVED }));
  const fields = { customer: newCustomer(t, 'Thaddeus', 'Merriweather'), deposits };
  t.answered(await fill(cliff, form, fields), 200, 'cliff fills in the new tenant and waives the deposits');
  const opened = await save(t, cliff, form);
  const answered = (await cora.get<{ status: string }>(`/tasks/${task.taskId}`)).body as { status?: unknown };
  t.check(answered.status !== 'OPEN', 'saving it has answered the prompt');
  await approve(t, people, opened.caseId, 'DEPOSIT');
  await tellConditions(t, people, opened.caseId, ['HANDOVER']);
  await readOut(t, people, leaverCase, { WATER: 3_200, ELECTRIC: 340 });
  await checkActive(t, people, opened);
  await ended(cora, vacancyCaseId);
  await checkHandover(t, people, { locationNumber, leaver: accountNumber, newcomer: opened.accountNumber });
  t.check((await caseOf(cora, opened.caseId)).serviceOrders.length === 0, 'the field was sent once, not twice');
  await billAndSettle(t, people, leaverCase, accountNumber);
}

const WAIVED = { waivedBecause: 'Two years of payments on time at another utility' };

/** Each service went from the one to the other on one day; that they share the read row is one of the invariants. */
async function checkHandover(
  t: Teller,
  { cora }: People,
  { locationNumber, leaver, newcomer }: { locationNumber: string; leaver: string; newcomer: string },
): Promise<void> {
  const left = await accountOf(cora, leaver);
  const came = await accountOf(cora, newcomer);
  const joined = came.agreements.every(({ serviceCode, startOn }) =>
    left.agreements.some((each) => each.serviceCode === serviceCode && each.endOn === startOn),
  );
  t.check(joined, `each service ended for ${leaver} and began for ${newcomer} on ${came.startOn}`);
  const { servicePoints } = await placeAt(cora, locationNumber);
  const holders = servicePoints.map(({ agreements }) => agreements.find(({ holds }) => holds)?.accountNumber);
  t.check(new Set(holders).size === 1 && holders[0] === newcomer, `${newcomer} alone holds ${locationNumber}`);
}
