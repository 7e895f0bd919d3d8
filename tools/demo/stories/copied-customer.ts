import type { Answer } from '../http';
import { billAndSettle, openMoveOut, readOut } from '../move-out';
import { accountOf, today, type People } from '../office';
import { emptyPlace, nextHouse, type EmptyPlace } from '../places';
import { approve, carryOut, checkActive, fill, newCustomer, payDeposits, save, tellConditions } from '../set-up';
import type { Draft } from '../set-up';
import type { Teller } from '../teller';

const READ_IN = { type: 'READ_IN', gating: true, notes: 'The place stood empty' };

/** Copy From a Previous Customer: an empty place is read in, the deposits are paid, service begins. */
export async function copiedCustomer(t: Teller, people: People): Promise<void> {
  t.chapter('A new customer is set up by copy from the previous one');
  const { cora, cliff } = people;
  const { customerNumber, locationNumber, accountNumber } = await anEmptyPlace(t, people);
  const before = await accountOf(cora, accountNumber);
  const begun = await cora.post<Draft>('/drafts', { copyFrom: { customerNumber, locationNumber } });
  const { content } = t.answered(begun, 201, `cora copies from ${customerNumber}, who left ${locationNumber}`);
  const { services, deposits } = content;
  const more = services.map((each) => (each.serviceCode === 'REFUSE' ? { ...each, units: oneMore(each.units) } : each));
  const metered = services.filter(({ serviceCode }) => serviceCode === 'WATER' || serviceCode === 'ELECTRIC');
  const serviceOrders = metered.map(({ serviceCode }) => ({ serviceCode, ...READ_IN }));
  const fields = { customer: newCustomer(t, 'Marisol', 'Quillfeather'), services: more, serviceOrders };
  const filled = t.answered(
    await fill(cora, begun, fields),
    200,
    'cora fills in the customer, one more cart and orders to read in; what was copied stays',
  );
  t.check(filled.problems.length === 0, `${services.length} services and ${deposits.length} deposits came by copy`);
  const stale = await fill(cliff, begun, {});
  t.answered(stale, 412, 'cliff fills in the form as it was before', 'PRECONDITION_FAILED');
  const opened = await save(t, cora, begun);
  await approve(t, people, opened.caseId, 'UNITS');
  await tellConditions(t, people, opened.caseId, ['DEPOSIT', 'ORDERS']);
  await carryOut(t, people, opened.caseId);
  await payDeposits(t, people, opened.accountNumber);
  await checkActive(t, people, opened);
  const after = await accountOf(cora, accountNumber);
  t.check(JSON.stringify(after) === JSON.stringify(before), `${accountNumber}, the previous account, is as it was`);
  const again: Answer = await cora.post('/cases/onboarding', { draftId: begun.body.draftId });
  t.answered(again, 409, 'cora saves the same form again', 'DRAFT_SAVED');
}

/** A place of the town that nobody holds; once they are all taken, an owner leaves, and a day later there is one. */
async function anEmptyPlace(t: Teller, people: People): Promise<EmptyPlace> {
  const found = await emptyPlace(people);
  if (found) return found;
  const house = await nextHouse(people);
  const caseId = await openMoveOut(t, people.cora, { flat: house, stopDate: await today(people) });
  await readOut(t, people, caseId, { WATER: 2_000, ELECTRIC: 200 });
  await billAndSettle(t, people, caseId, house.accountNumber);
  t.answered(await people.ada.post('/clock/advance', { days: 1 }), 200, 'ada (admin) lets a day pass');
  const left = await emptyPlace(people);
  if (!left) throw new Error(`${house.locationNumber} is not empty although its owner left`);
  return left;
}

const oneMore = (units: string): string => String(Number(units) + 1);
