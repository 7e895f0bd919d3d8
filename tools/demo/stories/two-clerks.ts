import { addDays } from '../../../domain/dates';
import type { Answer, Caller } from '../http';
import { accountOf, caseOf, today, type People } from '../office';
import { checkActive, fill, newCustomer, save, type Draft, type Opened } from '../set-up';
import type { Teller } from '../teller';

/** Two forms for one place: one is saved, the other is refused with the case of the first, and kept. */
export async function twoClerks(t: Teller, people: People): Promise<void> {
  t.chapter('Two clerks save on the same place at once');
  const { cora, cliff } = people;
  const locationNumber = await addLocation(t, cora);
  const startDate = addDays(await today(people), 1);
  const forms = [
    { clerk: cora, form: await cartForm(t, cora, { locationNumber, startDate, name: ['Leopold', 'Winterbourne'] }) },
    { clerk: cliff, form: await cartForm(t, cliff, { locationNumber, startDate, name: ['Philippa', 'Cottonwick'] }) },
  ];
  const answers = await Promise.all(
    forms.map(async ({ clerk, form }) => {
      const { draftId } = form.body;
      return { clerk, form, answer: await clerk.post<Opened & Refused>('/cases/onboarding', { draftId }) };
    }),
  );
  const winner = answers.find(({ answer }) => answer.status === 201);
  const loser = answers.find((each) => each !== winner);
  if (!winner || !loser) throw new Error(`Neither form was saved: ${answers.map(({ answer }) => answer.body.code)}`);
  const { caseId, accountNumber } = t.answered(winner.answer, 201, `${winner.clerk.username} saves`);
  t.linked(caseId);
  const { details } = t.answered(loser.answer, 409, `${loser.clerk.username} saves at the same moment`, 'CASE_OPEN');
  t.check(details?.caseId === caseId, `the answer links the case of the first: /cases/${details?.caseId}`);
  const seen = await caseOf(loser.clerk, details?.caseId ?? '');
  t.check(seen.status === 'OPEN', `${loser.clerk.username} opens it: ${seen.step}`);

  const cancel = await cora.post(`/cases/${caseId}/cancel`, { reason: 'The tenant does not come' });
  t.answered(cancel, 200, 'cora cancels it: that tenant does not come');
  t.check((await accountOf(cora, accountNumber)).status === 'CANCELED', `${accountNumber} is CANCELED`);
  const kept = await loser.clerk.get<Draft>(`/drafts/${loser.form.body.draftId}`);
  const corrected = await fill(loser.clerk, kept, { startDate: await today(people) });
  t.answered(corrected, 200, `the refused form is ${loser.clerk.username}'s again, who has it start today`);
  await checkActive(t, people, await save(t, loser.clerk, corrected));
}

interface Refused {
  details?: { caseId?: string };
}

async function addLocation(t: Teller, clerk: Caller): Promise<string> {
  const line1 = `${Date.now() % 100_000} Foxglove Terrace`;
  t.typed.add(line1);
  const address = { line1, city: 'Millbrook', state: 'CO', postalCode: '80000' };
  const added = await clerk.post<{ locationNumber: string }>('/locations', { address });
  const { locationNumber } = added.body;
  t.answered(added, 201, `${clerk.username} adds the location ${locationNumber}`);
  return locationNumber;
}

/** A form for a refuse cart alone: it needs no meter, so only the place is in the way. */
async function cartForm(
  t: Teller,
  clerk: Caller,
  about: { locationNumber: string; startDate: string; name: [first: string, last: string] },
): Promise<Answer<Draft>> {
  const { locationNumber, startDate, name } = about;
  const blank = await clerk.post<Draft>('/drafts', {});
  const services = blank.body.content.services.filter(({ serviceCode }) => serviceCode === 'REFUSE');
  const customer = newCustomer(t, ...name);
  const fields = { customer, location: { existing: locationNumber }, startDate, services, deposits: [] };
  const filled = await fill(clerk, blank, fields);
  t.answered(filled, 200, `${clerk.username} fills in a form for ${locationNumber} from ${startDate}`);
  return filled;
}
